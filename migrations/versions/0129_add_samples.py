"""Add of how many cases proof is asked by lot, to funds and their versions.

What was published before draws nobody.
"""

import sqlalchemy as sa
from alembic import op

revision = "0129"
down_revision = "0128"
branch_labels = None
depends_on = None

CHECK = "ck_fund_versions_sample"


def upgrade() -> None:
    op.add_column(
        "funds",
        sa.Column("draft_sample_percent", sa.BigInteger(), nullable=False, server_default="0"),
    )
    op.add_column(
        "fund_versions",
        sa.Column("sample_percent", sa.BigInteger(), nullable=False, server_default="0"),
    )
    condition = "sample_percent BETWEEN 0 AND 100"
    op.create_check_constraint(op.f(CHECK), "fund_versions", condition, postgresql_not_valid=True)
    op.execute(f"ALTER TABLE fund_versions VALIDATE CONSTRAINT {CHECK}")


def downgrade() -> None:
    op.drop_constraint(op.f(CHECK), "fund_versions")
    op.drop_column("fund_versions", "sample_percent")
    op.drop_column("funds", "draft_sample_percent")
