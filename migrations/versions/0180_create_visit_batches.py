"""Create visit batches: numbers of visits as the processes of the site write them."""

import sqlalchemy as sa
from alembic import op

revision = "0180"
down_revision = "0179"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visit_batches",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("visits", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_batches")),
        sa.CheckConstraint(
            "source IN ('page','short','widget')", name=op.f("ck_visit_batches_source")
        ),
        sa.CheckConstraint("visits > 0", name=op.f("ck_visit_batches_visits")),
    )


def downgrade() -> None:
    op.drop_table("visit_batches")
