"""Fill the short codes of campaigns that are public already: the trigger makes them."""

from alembic import op

revision = "0152"
down_revision = "0151"
branch_labels = None
depends_on = None

FILL = """
    UPDATE campaigns SET status = status
    WHERE short_code IS NULL AND status IN (
        'live','closing','near_miss','succeeded','failed','cancelled','paid_out'
    )
"""


def upgrade() -> None:
    op.execute(FILL)


def downgrade() -> None:
    """What is filled goes with the column."""
