"""Create the numbers of receipts."""

import sqlalchemy as sa
from alembic import op

revision = "0154"
down_revision = "0153"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gift_receipts",
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("pledge_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("tip_cents", sa.BigInteger(), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("numbered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "amount_cents > 0 AND tip_cents >= 0", name=op.f("ck_gift_receipts_amounts")
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_gift_receipts_number")),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_gift_receipts_payment_id")
        ),
        sa.ForeignKeyConstraint(
            ["pledge_id"], ["pledges.id"], name=op.f("fk_gift_receipts_pledge_id")
        ),
        sa.PrimaryKeyConstraint("payment_id", name=op.f("pk_gift_receipts")),
        sa.UniqueConstraint("pledge_id", name=op.f("uq_gift_receipts_pledge_id")),
        sa.UniqueConstraint("year", "number", name="uq_gift_receipts_year_number"),
    )


def downgrade() -> None:
    op.drop_table("gift_receipts")
