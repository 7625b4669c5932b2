"""Validate the parts of the words that were hidden before dedications."""

from alembic import op

revision = "0233"
down_revision = "0232"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # In a transaction of its own: it reads the whole table.
    op.execute("ALTER TABLE hidden_words VALIDATE CONSTRAINT ck_hidden_words_part")


def downgrade() -> None:
    """A validated constraint holds for the rows that are not valid, too: nothing to undo."""
