"""Add to changes of address the second member of staff, who approves that of a role-holder."""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None

TABLE = "address_changes"
CHECKS = {
    "approval": "num_nonnulls(approved_at, approved_by) IN (0, 2)",
    "second_person": "approved_by <> asked_by AND approved_by <> person_id",
}


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(TABLE, sa.Column("approved_by", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f(f"fk_{TABLE}_approved_by"), TABLE, "persons", ["approved_by"], ["id"]
    )
    for name, condition in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_{TABLE}_{name}"), TABLE, condition)


def downgrade() -> None:
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_{TABLE}_{name}"), TABLE)
    op.drop_constraint(op.f(f"fk_{TABLE}_approved_by"), TABLE)
    op.drop_column(TABLE, "approved_by")
    op.drop_column(TABLE, "approved_at")
