"""Every kind of alert: what needs the eye of a member of staff. Pure."""

from enum import StrEnum


class AlertKind(StrEnum):
    """Why somebody must look; the screens say what to do about each."""

    ATTACHMENT_REFUSED = "attachment_refused"
    CAMPAIGN_FELL_SHORT = "campaign_fell_short"
    CHARGEBACK = "chargeback"
    DECISION_NOT_SENT = "decision_not_sent"
    GATEWAY_UNAUTHORIZED = "gateway_unauthorized"
    JOB_FAILED = "job_failed"
    LEDGER_DIFFERENCE = "ledger_difference"
    MAIL_SERVER_SILENT = "mail_server_silent"
    MAIL_UNDELIVERABLE = "mail_undeliverable"
    MATCH_AFTER_DECISION = "match_after_decision"
    MONEY_UNEXPLAINED = "money_unexplained"
    PAYMENT_AMOUNT = "payment_amount"
    PAYMENT_CURRENCY = "payment_currency"
    PAYMENT_FOREIGN = "payment_foreign"
    PAYMENT_METADATA = "payment_metadata"
    PAYMENT_MODE = "payment_mode"
    PAYMENT_REFUSED = "payment_refused"
    PAYMENT_STATUS_UNKNOWN = "payment_status_unknown"
    PAYMENT_UNKNOWN = "payment_unknown"
    REFUND_FAILED = "refund_failed"
    REFUND_REFUSED = "refund_refused"
    REFUND_STATUS_UNKNOWN = "refund_status_unknown"
    REFUND_STUCK = "refund_stuck"
    SCANNER_SILENT = "scanner_silent"
