"""Add the sealed content to bank files, which is full of account numbers; new rows need no plain one."""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

CHECKS = {
    "content_kept": "num_nonnulls(content, sealed_content) = 1",
    "content_sealed": "sealed_content LIKE 'gAAAA%'",
}


def upgrade() -> None:
    op.add_column("bank_files", sa.Column("sealed_content", sa.String(), nullable=True))
    op.alter_column("bank_files", "content", nullable=True)
    for name, condition in CHECKS.items():
        op.create_check_constraint(
            op.f(f"ck_bank_files_{name}"), "bank_files", condition, postgresql_not_valid=True
        )


def downgrade() -> None:
    # First, so that nothing is dropped while a file is kept sealed only.
    op.alter_column("bank_files", "content", nullable=False)
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_bank_files_{name}"), "bank_files")
    op.drop_column("bank_files", "sealed_content")
