"""Check the kinds of ledger transactions anew: cash comes to the bank."""

from alembic import op

revision = "0205"
down_revision = "0204"
branch_labels = None
depends_on = None

NAME = "ck_ledger_transactions_kind"
BEFORE = (
    "kind IN ('arrears_received','campaign_fell_back','campaign_succeeded','chargeback',"
    "'chargeback_reversed','clawback_offset','clawback_received','fund_prepaid','match_clawback_undone',"
    "'match_clawed_back','match_committed','match_lowered','match_promised_again',"
    "'match_released','match_reserved','payment_paid','payment_unexplained','payout_executed',"
    "'payout_exported','payout_returned','refund_asked','refund_done','refund_failed',"
    "'arrears_reversed','clawback_reversed','fund_prepaid_reversed','fund_return_executed',"
    "'fund_return_exported','fund_return_refused','interest_laid_down','interest_owed',"
    "'interest_owed_received','interest_owed_reversed','interest_owed_undone',"
    "'interest_written_off')"
)
NOW = BEFORE.replace(
    "'chargeback',", "'cash_counted','cash_received','cash_returned','cash_uncounted','chargeback',"
)


def upgrade() -> None:
    _check(NOW)


def downgrade() -> None:
    _check(BEFORE)


def _check(condition: str) -> None:
    # Without validation this needs no scan of the table, so bookings wait only a moment.
    op.drop_constraint(op.f(NAME), "ledger_transactions")
    op.create_check_constraint(
        op.f(NAME), "ledger_transactions", condition, postgresql_not_valid=True
    )
