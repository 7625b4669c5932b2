"""Add whether an account was written knowing that donors read its story.

What was sent before was meant for the municipality alone.
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "accountings",
        sa.Column("for_donors", sa.Boolean(), server_default="false", nullable=False),
    )


def downgrade() -> None:
    op.drop_column("accountings", "for_donors")
