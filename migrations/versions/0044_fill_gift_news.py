"""Fill up to when initiators were mailed about gifts: what came before was never mailed.

Without it the next gift of a campaign that runs would be called its first.
"""

from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

FILL = """
    INSERT INTO gift_news (campaign_id, through_at)
    SELECT campaign_id, max(booked_at) FROM pledges WHERE booked_at IS NOT NULL
    GROUP BY campaign_id
    ON CONFLICT (campaign_id) DO NOTHING
"""


def upgrade() -> None:
    op.execute(FILL)


def downgrade() -> None:
    """What is filled goes with the table."""
