"""Add the sealed number of an account to payees, and what is shown of it; new rows need no plain one.

The key is the operator's, so that it is the application that seals the numbers of before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

CHECKS = {
    "iban_kept": "num_nonnulls(iban, sealed_iban) = 1 AND num_nonnulls(sealed_iban, iban_mask) <> 1",
    "iban_sealed": "sealed_iban LIKE 'gAAAA%'",
    "iban_masked": "iban_mask LIKE '____ •••• ____'",
}


def upgrade() -> None:
    op.add_column("payees", sa.Column("sealed_iban", sa.String(), nullable=True))
    op.add_column("payees", sa.Column("iban_mask", sa.String(), nullable=True))
    op.alter_column("payees", "iban", nullable=True)
    for name, condition in CHECKS.items():
        op.create_check_constraint(
            op.f(f"ck_payees_{name}"), "payees", condition, postgresql_not_valid=True
        )


def downgrade() -> None:
    # First, so that nothing is dropped while a number is kept sealed only.
    op.alter_column("payees", "iban", nullable=False)
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_payees_{name}"), "payees")
    op.drop_column("payees", "iban_mask")
    op.drop_column("payees", "sealed_iban")
