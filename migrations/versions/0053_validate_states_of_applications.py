"""Validate the states of the applications that were there before an award could expire."""

from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # In a transaction of its own: it reads the whole table, while officers go on.
    op.execute("ALTER TABLE applications VALIDATE CONSTRAINT ck_applications_status")


def downgrade() -> None:
    """A validated constraint holds for the rows that are not valid, too: nothing to undo."""
