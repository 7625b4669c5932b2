"""Create the steps of objections, and the decisions on them by two officers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0095"
down_revision = "0094"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "objection_steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("objection_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("detail", sa.String(), server_default="", nullable=False),
        sa.Column("place", sa.String(), server_default="", nullable=False),
        sa.Column("body", sa.String(), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('question','completion','lapse','committee','advice','invitation','waiver','hearing','extension','consent','excuse','costs')",
            name=op.f("ck_objection_steps_kind"),
        ),
        sa.CheckConstraint(
            "kind NOT IN ('question','invitation','consent') OR until IS NOT NULL",
            name=op.f("ck_objection_steps_until"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_objection_steps_application_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["persons.id"], name=op.f("fk_objection_steps_by")),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_objection_steps_municipality_id"),
        ),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objections.id"], name=op.f("fk_objection_steps_objection_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_steps")),
    )
    op.create_index(
        "ix_objection_steps_objection_id", "objection_steps", ["objection_id", "at"], unique=False
    )
    op.create_index(
        "uq_objection_steps_extension",
        "objection_steps",
        ["objection_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'extension'"),
    )
    op.create_table(
        "objection_rulings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("objection_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column(
            "joined", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False
        ),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("public_reason", sa.String(), server_default="", nullable=False),
        sa.Column("deviation", sa.String(), server_default="", nullable=False),
        sa.Column("court", sa.String(), nullable=False),
        sa.Column("costs_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("extra_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("extra_reason", sa.String(), server_default="", nullable=False),
        sa.Column("stake_cents", sa.BigInteger(), nullable=False),
        sa.Column("replacement", sa.String(), server_default="", nullable=False),
        sa.Column("replacement_id", sa.Uuid(), nullable=True),
        sa.Column("snapshot", sa.String(), nullable=False),
        sa.Column("snapshot_sha256", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_by", sa.Uuid(), nullable=True),
        sa.Column("return_reason", sa.String(), server_default="", nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appeal_until", sa.Date(), nullable=True),
        sa.Column("letter", sa.LargeBinary(), nullable=True),
        sa.Column("letter_sha256", sa.String(), nullable=True),
        sa.Column("announcement", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint(
            "extra_cents >= 0 AND (extra_cents = 0 OR extra_reason <> '')",
            name=op.f("ck_objection_rulings_extra"),
        ),
        sa.CheckConstraint(
            "outcome IN ('upheld','partly_upheld') OR (replacement = '' AND extra_cents = 0)",
            name=op.f("ck_objection_rulings_replacement"),
        ),
        sa.CheckConstraint(
            "outcome IN ('upheld','partly_upheld','rejected','inadmissible')",
            name=op.f("ck_objection_rulings_outcome"),
        ),
        sa.CheckConstraint(
            "reason <> '' AND court <> ''", name=op.f("ck_objection_rulings_reason")
        ),
        sa.CheckConstraint(
            "status <> 'sent' OR (letter IS NOT NULL AND sent_at IS NOT NULL AND appeal_until IS NOT NULL)",
            name=op.f("ck_objection_rulings_sent"),
        ),
        sa.CheckConstraint(
            "status IN ('proposed','dismissed','approved','recalled','sent')",
            name=op.f("ck_objection_rulings_status"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('approved','recalled','sent') OR (approved_by IS NOT NULL AND approved_at IS NOT NULL)",
            name=op.f("ck_objection_rulings_approved"),
        ),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> proposed_by",
            name=op.f("ck_objection_rulings_four_eyes"),
        ),
        sa.CheckConstraint("costs_cents >= 0", name=op.f("ck_objection_rulings_costs")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_objection_rulings_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["persons.id"], name=op.f("fk_objection_rulings_approved_by")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_objection_rulings_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_objection_rulings_municipality_id"),
        ),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objections.id"], name=op.f("fk_objection_rulings_objection_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["persons.id"], name=op.f("fk_objection_rulings_proposed_by")
        ),
        sa.ForeignKeyConstraint(
            ["replacement_id"], ["decisions.id"], name=op.f("fk_objection_rulings_replacement_id")
        ),
        sa.ForeignKeyConstraint(
            ["returned_by"], ["persons.id"], name=op.f("fk_objection_rulings_returned_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_rulings")),
        sa.UniqueConstraint("number", name=op.f("uq_objection_rulings_number")),
    )
    op.create_index(
        "ix_objection_rulings_application_id",
        "objection_rulings",
        ["application_id", "proposed_at"],
        unique=False,
    )
    op.create_index(
        "uq_objection_rulings_open",
        "objection_rulings",
        ["objection_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('proposed','approved')"),
    )


def downgrade() -> None:
    op.drop_table("objection_rulings")
    op.drop_table("objection_steps")
