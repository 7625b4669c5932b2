"""Add to payments by which mandate they are collected, or which one they begin."""

import sqlalchemy as sa
from alembic import op

revision = "0234"
down_revision = "0233"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "payments", sa.Column("sequence", sa.String(), server_default="oneoff", nullable=False)
    )
    for name in ("customer_id", "mandate_id"):
        op.add_column("payments", sa.Column(name, sa.String(), nullable=True))
    op.create_check_constraint(
        op.f("ck_payments_sequence"),
        "payments",
        "(sequence = 'oneoff' AND customer_id IS NULL)"
        " OR (sequence = 'first' AND customer_id IS NOT NULL)"
        " OR (sequence = 'recurring' AND num_nonnulls(customer_id, mandate_id) = 2)",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_payments_sequence"), "payments")
    for name in ("mandate_id", "customer_id", "sequence"):
        op.drop_column("payments", name)
