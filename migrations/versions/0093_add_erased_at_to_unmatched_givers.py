"""Add since when somebody on a board wants their address gone, to unmatched_givers.

Empty for all of before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0093"
down_revision = "0092"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "unmatched_givers", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    op.drop_column("unmatched_givers", "erased_at")
