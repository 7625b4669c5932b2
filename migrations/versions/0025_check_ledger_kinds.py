"""Check the kind of every new ledger transaction; what is booked already is checked by the next."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Without validation this needs no scan of the table, so bookings wait only a moment.
    op.create_check_constraint(
        op.f("ck_ledger_transactions_kind"),
        "ledger_transactions",
        "kind IN ('arrears_received','campaign_succeeded','chargeback','chargeback_reversed',"
        "'clawback_received','fund_prepaid','match_clawback_undone','match_clawed_back',"
        "'match_committed','match_lowered','match_released','match_reserved','payment_paid',"
        "'payment_unexplained','payout_executed','payout_exported','payout_returned',"
        "'refund_asked','refund_done','refund_failed')",
        postgresql_not_valid=True,
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_ledger_transactions_kind"), "ledger_transactions")
