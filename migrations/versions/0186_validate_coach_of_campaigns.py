"""Validate the coaches of the campaigns that were there before."""

from alembic import op

revision = "0186"
down_revision = "0185"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # In a transaction of its own: it reads the whole table, while gifts go on.
    op.execute("ALTER TABLE campaigns VALIDATE CONSTRAINT fk_campaigns_coach_id_persons")
    op.execute("ALTER TABLE campaigns VALIDATE CONSTRAINT ck_campaigns_coach")


def downgrade() -> None:
    """A validated constraint holds for the rows that are not valid, too: nothing to undo."""
