"""Create day visits: how often a page was opened on a day."""

import sqlalchemy as sa
from alembic import op

revision = "0181"
down_revision = "0180"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "day_visits",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("visits", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "day", "source", name=op.f("pk_day_visits")),
        sa.CheckConstraint(
            "source IN ('page','short','widget')", name=op.f("ck_day_visits_source")
        ),
        sa.CheckConstraint("visits > 0", name=op.f("ck_day_visits_visits")),
    )
    op.create_index(op.f("ix_day_visits_day"), "day_visits", ["day"])


def downgrade() -> None:
    op.drop_table("day_visits")
