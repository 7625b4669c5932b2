"""Add the name that a guest gave with a draft, to campaigns that nobody confirmed yet."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("campaigns", sa.Column("guest_name", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("campaigns", "guest_name")
