"""Create intentions, and on which of them a decision rests."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0101"
down_revision = "0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "intentions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("grounds", postgresql.JSONB(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("extension", sa.String(), server_default="", nullable=False),
        sa.Column("snapshot", sa.String(), nullable=False),
        sa.Column("letter", sa.LargeBinary(), nullable=False),
        sa.Column("letter_sha256", sa.String(), nullable=False),
        sa.Column("announcement", sa.String(), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stated_by", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(), server_default="", nullable=False),
        sa.Column("channel", sa.String(), server_default="", nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("dropped_by", sa.Uuid(), nullable=True),
        sa.Column("drop_reason", sa.String(), server_default="", nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('partial_award','refusal','withdrawal','lower_determination','clawback',"
            "'award_change','determination_change')",
            name=op.f("ck_intentions_kind"),
        ),
        sa.CheckConstraint(
            "status IN ('open','answered','waived','dropped')", name=op.f("ck_intentions_status")
        ),
        sa.CheckConstraint(
            "channel IN ('','online','letter','phone','desk')", name=op.f("ck_intentions_channel")
        ),
        sa.CheckConstraint(
            "amount_cents >= 0 AND reason <> ''", name=op.f("ck_intentions_content")
        ),
        sa.CheckConstraint(
            "num_nonnulls(answered_at, answered_by, received_on) = "
            "CASE WHEN channel = '' THEN 0 ELSE 3 END",
            name=op.f("ck_intentions_reply"),
        ),
        sa.CheckConstraint(
            "CASE status WHEN 'open' THEN channel = '' AND answer = '' "
            "WHEN 'answered' THEN channel <> '' AND answer <> '' "
            "WHEN 'waived' THEN channel <> '' AND answer = '' ELSE true END",
            name=op.f("ck_intentions_answer"),
        ),
        sa.CheckConstraint(
            "status <> 'dropped' OR (closed_at IS NOT NULL AND dropped_by IS NOT NULL AND "
            "drop_reason <> '')",
            name=op.f("ck_intentions_dropped"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["persons.id"], name=op.f("fk_intentions_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_intentions_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["dropped_by"], ["persons.id"], name=op.f("fk_intentions_dropped_by")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_intentions_municipality_id")
        ),
        sa.ForeignKeyConstraint(
            ["stated_by"], ["persons.id"], name=op.f("fk_intentions_stated_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intentions")),
        sa.UniqueConstraint("number", name=op.f("uq_intentions_number")),
    )
    op.create_index(
        "uq_intentions_open",
        "intentions",
        ["application_id"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("ix_intentions_application_id", "intentions", ["application_id", "stated_at"])
    op.create_table(
        "decision_views",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("intention_id", sa.Uuid(), nullable=True),
        sa.Column("weighing", sa.String(), server_default="", nullable=False),
        sa.Column("exception", sa.String(), server_default="", nullable=False),
        sa.Column("exception_reason", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint(
            "exception IN ('','urgency','before','purpose')",
            name=op.f("ck_decision_views_exception"),
        ),
        sa.CheckConstraint(
            "(intention_id IS NULL) = (exception <> '')", name=op.f("ck_decision_views_basis")
        ),
        sa.CheckConstraint(
            "(exception = '') = (exception_reason = '')",
            name=op.f("ck_decision_views_exception_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_decision_views_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_decision_views_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["intention_id"], ["intentions.id"], name=op.f("fk_decision_views_intention_id")
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_decision_views")),
    )
    op.create_index("ix_decision_views_intention_id", "decision_views", ["intention_id"])


def downgrade() -> None:
    op.drop_table("decision_views")
    op.drop_table("intentions")
