"""By when money is paid that a decision makes due, either way (Awb 4:87). Pure."""

from datetime import date

from voorjebuurt.kernel.legal_days import last_day

PAYMENT_WEEKS = 6
NOTICE_WEEKS = 2


def pay_until(announced_on: date) -> date:
    """The last day to pay: six weeks from the day after the announcement (Awb 4:87, Atw 1)."""
    return last_day(announced_on, weeks=PAYMENT_WEEKS)


def notice_until(sent_on: date) -> date:
    """The last day that a formal notice gives: two weeks from the day after it (Awb 4:112)."""
    return last_day(sent_on, weeks=NOTICE_WEEKS)
