"""Keep with a step of a match the goal of the smaller plan that held."""

import sqlalchemy as sa
from alembic import op

revision = "0136"
down_revision = "0135"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("match_steps", sa.Column("goal_cents", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("match_steps", "goal_cents")
