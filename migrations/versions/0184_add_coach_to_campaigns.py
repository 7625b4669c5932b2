"""Add to campaigns which coach looks at the plan, and since when."""

import sqlalchemy as sa
from alembic import op

revision = "0184"
down_revision = "0183"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("campaigns", sa.Column("coach_id", sa.Uuid(), nullable=True))
    op.add_column("campaigns", sa.Column("coach_since", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("campaigns", "coach_since")
    op.drop_column("campaigns", "coach_id")
