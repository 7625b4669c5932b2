"""Keep refusals of the daily mail about gifts as choices of initiators."""

from alembic import op

revision = "0148"
down_revision = "0147"
branch_labels = None
depends_on = None

KEEP = """
    INSERT INTO mail_choices (person_id, kind, cadence, chosen_at)
    SELECT persons.id, 'gift', 'never', refusal.unsubscribed_at
    FROM mail_unsubscriptions AS refusal
    JOIN persons ON persons.email = refusal.email
    WHERE refusal.template = 'gift_digest'
    ON CONFLICT (person_id, kind) DO NOTHING
"""


def upgrade() -> None:
    op.execute(KEEP)


def downgrade() -> None:
    """What was refused stays in its old table too."""
