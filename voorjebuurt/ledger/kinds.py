"""The kinds of transaction in the ledger. Pure.

The database refuses any other (``ck_ledger_transactions_kind``): a new kind needs a migration.
"""

from enum import StrEnum


class BookingKind(StrEnum):
    """Why money was booked; stored with the transaction, so a value never changes."""

    ARREARS_RECEIVED = "arrears_received"
    ARREARS_REVERSED = "arrears_reversed"
    CAMPAIGN_FELL_BACK = "campaign_fell_back"
    CAMPAIGN_SUCCEEDED = "campaign_succeeded"
    CHARGEBACK = "chargeback"
    CHARGEBACK_REVERSED = "chargeback_reversed"
    CLAWBACK_RECEIVED = "clawback_received"
    CLAWBACK_REVERSED = "clawback_reversed"
    FUND_PREPAID = "fund_prepaid"
    FUND_PREPAID_REVERSED = "fund_prepaid_reversed"
    FUND_RETURN_EXECUTED = "fund_return_executed"
    FUND_RETURN_EXPORTED = "fund_return_exported"
    FUND_RETURN_REFUSED = "fund_return_refused"
    MATCH_CLAWBACK_UNDONE = "match_clawback_undone"
    MATCH_CLAWED_BACK = "match_clawed_back"
    MATCH_COMMITTED = "match_committed"
    MATCH_LOWERED = "match_lowered"
    MATCH_PROMISED_AGAIN = "match_promised_again"
    MATCH_RELEASED = "match_released"
    MATCH_RESERVED = "match_reserved"
    PAYMENT_PAID = "payment_paid"
    PAYMENT_UNEXPLAINED = "payment_unexplained"
    PAYOUT_EXECUTED = "payout_executed"
    PAYOUT_EXPORTED = "payout_exported"
    PAYOUT_RETURNED = "payout_returned"
    REFUND_ASKED = "refund_asked"
    REFUND_DONE = "refund_done"
    REFUND_FAILED = "refund_failed"
