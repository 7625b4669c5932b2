"""Validate the checks on seals for the payees and bank files that were there before them."""

from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

CHECKS = {
    "payees": ("iban_kept", "iban_sealed", "iban_masked"),
    "bank_files": ("content_kept", "content_sealed"),
}


def upgrade() -> None:
    # In a transaction of its own: it reads the whole tables, while payouts go on.
    for table, names in CHECKS.items():
        for name in names:
            op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT ck_{table}_{name}")


def downgrade() -> None:
    """A validated constraint holds for the rows that are not valid, too: nothing to undo."""
