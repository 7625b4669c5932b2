"""Fill the members of campaigns that there are already: who began one is its first."""

import sqlalchemy as sa
from alembic import op

revision = "0190"
down_revision = "0189"
branch_labels = None
depends_on = None

# So many at once: no statement runs long, and none twice over the same campaign.
FILL = sa.text(
    """
    INSERT INTO campaign_members (id, campaign_id, person_id, joined_at)
    SELECT gen_random_uuid(), id, initiator_id, created_at FROM campaigns
    WHERE NOT EXISTS (SELECT FROM campaign_members WHERE campaign_id = campaigns.id)
    ORDER BY id LIMIT 2000
    """
)


def upgrade() -> None:
    connection = op.get_bind()
    while connection.execute(FILL).rowcount:
        pass


def downgrade() -> None:
    """What is filled goes with the table."""
