"""Add which pledge of the same gift came first, to pledges that were corrected."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pledges", sa.Column("first_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_pledges_first_id"), "pledges", "pledges", ["first_id"], ["id"])


def downgrade() -> None:
    op.drop_column("pledges", "first_id")
