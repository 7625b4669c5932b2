"""Validate the kinds of the ledger transactions that were booked before owed interest."""

from alembic import op

revision = "0174"
down_revision = "0173"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # In a transaction of its own: it reads the whole table, while bookings go on.
    op.execute("ALTER TABLE ledger_transactions VALIDATE CONSTRAINT ck_ledger_transactions_kind")


def downgrade() -> None:
    """A validated constraint holds for the rows that are not valid, too: nothing to undo."""
