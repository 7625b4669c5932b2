"""Confirm the addresses of who signed in or paid before addresses were confirmed.

Without them, people who are known already would get none of the mails that carry words of others.
"""

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

CONFIRM = """
    INSERT INTO confirmed_addresses (email, means, confirmed_at)
    SELECT email, min(means), min(confirmed_at) FROM (
        SELECT email, 'sign_in' AS means, verified_at AS confirmed_at
        FROM persons WHERE verified_at IS NOT NULL
        UNION ALL
        SELECT lower(trim(email)), 'payment', booked_at
        FROM pledges WHERE booked_at IS NOT NULL AND email IS NOT NULL
    ) AS known GROUP BY email
    ON CONFLICT (email) DO NOTHING
"""


def upgrade() -> None:
    op.execute(CONFIRM)


def downgrade() -> None:
    """What is confirmed stays so for as long as there is a table of it."""
