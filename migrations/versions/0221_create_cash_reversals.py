"""Create reversals of cash that was booked wrongly: proposed by one, booked by another."""

import sqlalchemy as sa
from alembic import op

revision = "0221"
down_revision = "0220"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cash_reversals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("arrival_id", sa.Uuid(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_reversals")),
        sa.ForeignKeyConstraint(
            ["arrival_id"], ["cash_arrivals.id"], name=op.f("fk_cash_reversals_arrival_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["persons.id"], name=op.f("fk_cash_reversals_proposed_by")
        ),
        sa.ForeignKeyConstraint(
            ["released_by"], ["persons.id"], name=op.f("fk_cash_reversals_released_by")
        ),
        sa.CheckConstraint(
            "state IN ('proposal','booking','void')", name=op.f("ck_cash_reversals_state")
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_cash_reversals_amount")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_cash_reversals_reason")),
        sa.CheckConstraint("released_by <> proposed_by", name=op.f("ck_cash_reversals_eyes")),
        sa.CheckConstraint(
            "(state = 'booking') = (released_by IS NOT NULL)"
            " AND (released_by IS NULL) = (released_at IS NULL)",
            name=op.f("ck_cash_reversals_release"),
        ),
    )
    op.create_index(
        "uq_cash_reversals_arrival_id",
        "cash_reversals",
        ["arrival_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'void'"),
    )


def downgrade() -> None:
    op.drop_table("cash_reversals")
