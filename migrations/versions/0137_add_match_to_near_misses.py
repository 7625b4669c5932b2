"""Keep with a near miss the match of its changed plan when donors were asked."""

import sqlalchemy as sa
from alembic import op

revision = "0137"
down_revision = "0136"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("near_misses", sa.Column("asked_match_cents", sa.BigInteger(), nullable=True))
    op.create_check_constraint(
        op.f("ck_near_misses_asked_match"), "near_misses", "asked_match_cents >= 0"
    )


def downgrade() -> None:
    op.drop_column("near_misses", "asked_match_cents")
