"""Check the kinds of ledger transactions anew: money of funds can be taken back or go back."""

from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None

BEFORE = (
    "'arrears_received','campaign_succeeded','chargeback','chargeback_reversed',"
    "'clawback_received','fund_prepaid','match_clawback_undone','match_clawed_back',"
    "'match_committed','match_lowered','match_released','match_reserved','payment_paid',"
    "'payment_unexplained','payout_executed','payout_exported','payout_returned',"
    "'refund_asked','refund_done','refund_failed'"
)
NEW = (
    "'arrears_reversed','clawback_reversed','fund_prepaid_reversed',"
    "'fund_return_executed','fund_return_exported','fund_return_refused'"
)


def upgrade() -> None:
    _check(f"{BEFORE},{NEW}")


def downgrade() -> None:
    _check(BEFORE)


def _check(kinds: str) -> None:
    op.drop_constraint(op.f("ck_ledger_transactions_kind"), "ledger_transactions")
    # What stands there satisfied a narrower check: without validation nothing is read.
    op.create_check_constraint(
        op.f("ck_ledger_transactions_kind"),
        "ledger_transactions",
        f"kind IN ({kinds})",
        postgresql_not_valid=True,
    )
