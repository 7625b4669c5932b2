"""Create appeals at the court, and notices of default with their penalty."""

import sqlalchemy as sa
from alembic import op

revision = "0096"
down_revision = "0095"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appeals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ruling_id", sa.Uuid(), nullable=False),
        sa.Column("objection_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("court", sa.String(), nullable=False),
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("lodged_on", sa.Date(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_by", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("judged_on", sa.Date(), nullable=True),
        sa.Column("judgment", sa.String(), server_default="", nullable=False),
        sa.Column("decide_by", sa.Date(), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("judged_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "decide_by IS NULL OR outcome = 'annulment'", name=op.f("ck_appeals_decide_by")
        ),
        sa.CheckConstraint(
            "outcome IN ('unfounded','inadmissible','annulment','effects','retraction')",
            name=op.f("ck_appeals_outcome"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(outcome, judged_on, judged_at, judged_by) IN (0, 4)",
            name=op.f("ck_appeals_judgment"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_appeals_application_id")
        ),
        sa.ForeignKeyConstraint(["judged_by"], ["persons.id"], name=op.f("fk_appeals_judged_by")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_appeals_municipality_id")
        ),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objections.id"], name=op.f("fk_appeals_objection_id")
        ),
        sa.ForeignKeyConstraint(
            ["registered_by"], ["persons.id"], name=op.f("fk_appeals_registered_by")
        ),
        sa.ForeignKeyConstraint(
            ["ruling_id"], ["objection_rulings.id"], name=op.f("fk_appeals_ruling_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
    )
    op.create_index(
        "uq_appeals_open",
        "appeals",
        ["ruling_id"],
        unique=True,
        postgresql_where=sa.text("outcome IS NULL"),
    )
    op.create_table(
        "default_notices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("objection_id", sa.Uuid(), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_by", sa.Uuid(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("days", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("penalty_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("ground", sa.String(), server_default="", nullable=False),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        sa.Column("snapshot", sa.String(), server_default="", nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("letter", sa.LargeBinary(), nullable=True),
        sa.Column("letter_sha256", sa.String(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("paid_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "paid_on IS NULL OR status = 'sent'", name=op.f("ck_default_notices_paid")
        ),
        sa.CheckConstraint(
            "status <> 'sent' OR (letter IS NOT NULL AND sent_at IS NOT NULL AND approved_by IS NOT NULL)",
            name=op.f("ck_default_notices_sent"),
        ),
        sa.CheckConstraint(
            "status IN ('received','proposed','sent')", name=op.f("ck_default_notices_status")
        ),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> proposed_by",
            name=op.f("ck_default_notices_four_eyes"),
        ),
        sa.CheckConstraint(
            "days BETWEEN 0 AND 42 AND penalty_cents >= 0", name=op.f("ck_default_notices_penalty")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_default_notices_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["persons.id"], name=op.f("fk_default_notices_approved_by")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_default_notices_municipality_id"),
        ),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objections.id"], name=op.f("fk_default_notices_objection_id")
        ),
        sa.ForeignKeyConstraint(
            ["paid_by"], ["persons.id"], name=op.f("fk_default_notices_paid_by")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["persons.id"], name=op.f("fk_default_notices_proposed_by")
        ),
        sa.ForeignKeyConstraint(
            ["registered_by"], ["persons.id"], name=op.f("fk_default_notices_registered_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_default_notices")),
        sa.UniqueConstraint("number", name=op.f("uq_default_notices_number")),
    )
    op.create_index(
        "uq_default_notices_open",
        "default_notices",
        ["application_id"],
        unique=True,
        postgresql_where=sa.text("status <> 'sent'"),
    )


def downgrade() -> None:
    op.drop_table("default_notices")
    op.drop_table("appeals")
