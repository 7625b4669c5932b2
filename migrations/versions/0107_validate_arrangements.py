"""Validate the checks on how subsidies are accounted for, without keeping anybody waiting."""

from alembic import op

revision = "0107"
down_revision = "0106"
branch_labels = None
depends_on = None

CHECKS = (
    ("applications", "arrangement"),
    ("applications", "arrangement_weeks"),
    ("fund_versions", "arrangements"),
)


def upgrade() -> None:
    for table, name in CHECKS:
        op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT ck_{table}_{name}")


def downgrade() -> None:
    """Valid or not, the checks are the same."""
