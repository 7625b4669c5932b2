"""Index campaigns by what is new: the last that went live, and the last that succeeded."""

import sqlalchemy as sa
from alembic import op

revision = "0201"
down_revision = "0200"
branch_labels = None
depends_on = None

LIVE = sa.text("status = 'live' AND pledges_stopped_at IS NULL")
WON = sa.text("status IN ('paid_out','succeeded')")
INDEXES = (
    ("ix_campaigns_newest", ["opened_at"], LIVE),
    ("ix_campaigns_newest_in_town", ["municipality_id", "opened_at"], LIVE),
    ("ix_campaigns_won", ["decided_at"], WON),
    ("ix_campaigns_won_in_town", ["municipality_id", "decided_at"], WON),
)


def upgrade() -> None:
    for name, columns, condition in INDEXES:
        op.create_index(name, "campaigns", columns, postgresql_where=condition)


def downgrade() -> None:
    for name, _columns, _condition in INDEXES:
        op.drop_index(name, "campaigns")
