"""Add to each alert how often it happened while it was open, when last, and what was told then."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("alerts", sa.Column("times", sa.BigInteger(), nullable=False, server_default="1"))
    op.add_column("alerts", sa.Column("last_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("alerts", sa.Column("recurrences", JSONB(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("alerts", "recurrences")
    op.drop_column("alerts", "last_at")
    op.drop_column("alerts", "times")
