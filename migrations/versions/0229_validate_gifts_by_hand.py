"""Validate the checks on gifts of who has no address of mail."""

from alembic import op

revision = "0229"
down_revision = "0228"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # In a transaction of its own: it reads the whole table, while gifts go on.
    op.execute("ALTER TABLE pledges VALIDATE CONSTRAINT ck_pledges_erased")
    op.execute("ALTER TABLE pledges VALIDATE CONSTRAINT ck_pledges_by_hand")


def downgrade() -> None:
    """A validated constraint holds for the rows that are not valid, too: nothing to undo."""
