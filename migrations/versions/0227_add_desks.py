"""Add who is told by hand, cash that was asked back, and helpers of a day."""

import sqlalchemy as sa
from alembic import op

revision = "0227"
down_revision = "0226"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column(
        "pledges", sa.Column("by_hand", sa.Boolean(), server_default="false", nullable=False)
    )
    op.add_column("cash_gifts", sa.Column("back_asked_at", WHEN, nullable=True))
    op.add_column("cash_helpers", sa.Column("helps_until", WHEN, nullable=True))


def downgrade() -> None:
    op.drop_column("cash_helpers", "helps_until")
    op.drop_column("cash_gifts", "back_asked_at")
    op.drop_column("pledges", "by_hand")
