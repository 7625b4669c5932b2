"""Say with a deposit that it is part of a line of the bank statement, and how large that is."""

import sqlalchemy as sa
from alembic import op

revision = "0138"
down_revision = "0137"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("fund_deposits", sa.Column("line_cents", sa.BigInteger(), nullable=True))
    op.create_check_constraint(op.f("ck_fund_deposits_line"), "fund_deposits", "line_cents > cents")


def downgrade() -> None:
    op.drop_column("fund_deposits", "line_cents")
