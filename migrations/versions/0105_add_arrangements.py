"""Add how subsidies of each size are accounted for, to funds, their versions and applications.

What was published before keeps what held then: everything by costs. An application without one was
not awarded yet, or before there were any: then costs too.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0105"
down_revision = "0104"
branch_labels = None
depends_on = None

BY_COSTS = sa.text("""'[{"from_cents": 0, "way": "costs"}]'::jsonb""")


def upgrade() -> None:
    op.add_column(
        "funds", sa.Column("draft_arrangements", JSONB, nullable=False, server_default=BY_COSTS)
    )
    op.add_column(
        "fund_versions", sa.Column("arrangements", JSONB, nullable=False, server_default=BY_COSTS)
    )
    op.add_column("applications", sa.Column("arrangement", sa.String(), nullable=True))
    op.add_column("applications", sa.Column("arrangement_weeks", sa.BigInteger(), nullable=True))
    op.alter_column("accountings", "spent_cents", existing_type=sa.BigInteger(), nullable=True)


def downgrade() -> None:
    op.drop_column("applications", "arrangement_weeks")
    op.drop_column("applications", "arrangement")
    op.drop_column("fund_versions", "arrangements")
    op.drop_column("funds", "draft_arrangements")
