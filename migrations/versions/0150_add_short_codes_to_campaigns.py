"""Give campaigns a short code: the address that stands on paper, and that people type."""

import sqlalchemy as sa
from alembic import op

revision = "0150"
down_revision = "0149"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("campaigns", sa.Column("short_code", sa.String()))
    op.create_unique_constraint(op.f("uq_campaigns_short_code"), "campaigns", ["short_code"])


def downgrade() -> None:
    op.drop_column("campaigns", "short_code")
