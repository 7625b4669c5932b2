"""Add to payments and pledges who paid, and from where, for matching."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("payments", sa.Column("payer_key", sa.String(), nullable=True))
    op.add_column("pledges", sa.Column("donor_key", sa.String(), nullable=True))
    op.add_column("pledges", sa.Column("local_code", sa.String(), nullable=True))
    op.add_column(
        "pledges",
        sa.Column("matchable", sa.Boolean(), server_default=sa.text("true"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("pledges", "matchable")
    op.drop_column("pledges", "local_code")
    op.drop_column("pledges", "donor_key")
    op.drop_column("payments", "payer_key")
