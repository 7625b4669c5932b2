"""Create requests to change the plan of an award, and what was decided on them."""

import sqlalchemy as sa
from alembic import op

revision = "0213"
down_revision = "0212"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _requests()
    _rulings()


def downgrade() -> None:
    op.drop_table("plan_rulings")
    op.drop_table("plan_requests")


def _requests() -> None:
    op.create_table(
        "plan_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("before", sa.Date(), nullable=False),
        sa.Column("wish_on", sa.Date(), nullable=True),
        sa.Column("activities", sa.String(), nullable=False, server_default=""),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decide_by", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "channel IN ('online','letter','phone','desk')", name=op.f("ck_plan_requests_channel")
        ),
        sa.CheckConstraint(
            "status IN ('open','decision','withdrawal','end')", name=op.f("ck_plan_requests_status")
        ),
        sa.CheckConstraint(
            "(status = 'open') = (closed_at IS NULL)", name=op.f("ck_plan_requests_closed")
        ),
        sa.CheckConstraint(
            "reason <> '' AND (wish_on IS NOT NULL OR activities <> '')",
            name=op.f("ck_plan_requests_content"),
        ),
        sa.CheckConstraint(
            "received_on <= before AND wish_on > before", name=op.f("ck_plan_requests_days")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_plan_requests_{column}")
            )
            for column, table in (
                ("application_id", "applications"),
                ("municipality_id", "municipalities"),
                ("asked_by", "persons"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_requests")),
    )
    op.create_index(
        "uq_plan_requests_open",
        "plan_requests",
        ["application_id"],
        unique=True,
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_index(
        "ix_plan_requests_application_id", "plan_requests", ["application_id", "asked_at"]
    )


def _rulings() -> None:
    op.create_table(
        "plan_rulings",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("before", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("activities", sa.String(), nullable=False, server_default=""),
        sa.CheckConstraint(
            "outcome IN ('whole','part','refusal')", name=op.f("ck_plan_rulings_outcome")
        ),
        sa.CheckConstraint(
            "(outcome = 'refusal') = (until IS NULL AND activities = '')",
            name=op.f("ck_plan_rulings_content"),
        ),
        sa.CheckConstraint("until > before", name=op.f("ck_plan_rulings_until")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_plan_rulings_{column}")
            )
            for column, table in (
                ("decision_id", "decisions"),
                ("request_id", "plan_requests"),
                ("application_id", "applications"),
                ("municipality_id", "municipalities"),
            )
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_plan_rulings")),
    )
    op.create_index("ix_plan_rulings_application_id", "plan_rulings", ["application_id"])
    op.create_index("ix_plan_rulings_request_id", "plan_rulings", ["request_id"])
