"""Keep refusals of the reminder of terms as choices of officers."""

from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

KEEP = """
    INSERT INTO mail_choices (person_id, kind, cadence, chosen_at)
    SELECT persons.id, 'term', 'never', refusal.unsubscribed_at
    FROM mail_unsubscriptions AS refusal
    JOIN persons ON persons.email = refusal.email
    WHERE refusal.template = 'officer_reminder'
    ON CONFLICT (person_id, kind) DO NOTHING
"""


def upgrade() -> None:
    op.execute(KEEP)


def downgrade() -> None:
    """What was refused stays in its old table too."""
