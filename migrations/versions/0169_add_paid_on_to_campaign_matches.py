"""Add to matches on which day the bank paid them out."""

import sqlalchemy as sa
from alembic import op

revision = "0169"
down_revision = "0168"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("campaign_matches", sa.Column("paid_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("campaign_matches", "paid_on")
