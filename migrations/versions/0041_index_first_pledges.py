"""Index pledges by the first one of the same gift."""

from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_pledges_first_id", "pledges", ["first_id"])


def downgrade() -> None:
    op.drop_index("ix_pledges_first_id", table_name="pledges")
