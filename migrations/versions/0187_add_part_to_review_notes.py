"""Add to what is said in review which part of the plan it is about."""

import sqlalchemy as sa
from alembic import op

revision = "0187"
down_revision = "0186"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("review_notes", sa.Column("part", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("review_notes", "part")
