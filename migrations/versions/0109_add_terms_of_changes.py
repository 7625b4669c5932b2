"""Add what a change of an award or a determination says beside its amount."""

import sqlalchemy as sa
from alembic import op

revision = "0109"
down_revision = "0108"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decisions", sa.Column("effect_on", sa.Date(), nullable=True))
    op.add_column(
        "decisions",
        sa.Column("compensation_cents", sa.BigInteger(), server_default="0", nullable=False),
    )
    op.add_column("decisions", sa.Column("breach_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("decisions", "breach_on")
    op.drop_column("decisions", "compensation_cents")
    op.drop_column("decisions", "effect_on")
