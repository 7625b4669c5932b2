"""Add the announced award, its maximum and what it came to, to matches of campaigns."""

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None

COLUMNS = ("granted_at", "maximum_cents", "fixed_cents", "kept_before_award")


def upgrade() -> None:
    op.add_column(
        "campaign_matches", sa.Column("granted_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("campaign_matches", sa.Column("maximum_cents", sa.BigInteger(), nullable=True))
    op.add_column("campaign_matches", sa.Column("fixed_cents", sa.BigInteger(), nullable=True))
    op.add_column(
        "campaign_matches",
        sa.Column("kept_before_award", sa.Boolean(), server_default="false", nullable=False),
    )


def downgrade() -> None:
    for column in COLUMNS:
        op.drop_column("campaign_matches", column)
