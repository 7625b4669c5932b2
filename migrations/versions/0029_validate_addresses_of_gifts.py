"""Validate the addresses of the gifts that came before there was a check."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # In a transaction of its own: it reads the whole table, while gifts go on.
    op.execute("ALTER TABLE pledges VALIDATE CONSTRAINT ck_pledges_email")


def downgrade() -> None:
    """A validated constraint holds for the rows that are not valid, too: nothing to undo."""
