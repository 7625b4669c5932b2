"""Add to decisions up to which day one lays interest down."""

import sqlalchemy as sa
from alembic import op

revision = "0122"
down_revision = "0121"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decisions", sa.Column("interest_until", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("decisions", "interest_until")
