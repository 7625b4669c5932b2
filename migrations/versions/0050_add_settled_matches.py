"""Add what a campaign may keep by the last determination or withdrawal, to its matches."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("campaign_matches", sa.Column("settled_cents", sa.BigInteger(), nullable=True))
    op.create_check_constraint(
        op.f("ck_campaign_matches_settled"), "campaign_matches", "settled_cents >= 0"
    )


def downgrade() -> None:
    op.drop_column("campaign_matches", "settled_cents")
