"""Create needs: what a campaign asks for beside money."""

import sqlalchemy as sa
from alembic import op

revision = "0160"
down_revision = "0159"
branch_labels = None
depends_on = None

CHECKS = {
    "kind": "kind IN ('hands','material','space','knowledge')",
    # A trigger on the offers counts what was accepted.
    "number": "number > 0 AND taken >= 0 AND taken <= number",
    "title": "title <> ''",
    "stopped": "stopped_by IS NULL OR stopped_at IS NOT NULL",
}


def upgrade() -> None:
    op.create_table(
        "needs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), server_default="", nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("taken", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs")),
        *[
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_needs_{column}"))
            for column, target in (
                ("campaign_id", "campaigns.id"),
                ("added_by", "persons.id"),
                ("stopped_by", "persons.id"),
            )
        ],
        *[
            sa.CheckConstraint(condition, name=op.f(f"ck_needs_{name}"))
            for name, condition in CHECKS.items()
        ],
    )
    op.create_index("ix_needs_campaign_id", "needs", ["campaign_id"])


def downgrade() -> None:
    op.drop_table("needs")
