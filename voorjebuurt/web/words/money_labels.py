"""What the codes of payouts, alerts, bookings and deeds are called on the screens."""

from collections.abc import Callable, Mapping

from flask_babel import get_locale, lazy_gettext
from flask_babel.speaklater import LazyString

from voorjebuurt.kernel.catalogues import DUTCH
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.payouts.iban import grouped, masked
from voorjebuurt.people.address_change_states import ChangeState

_l = lazy_gettext
NamesAndTones = Mapping[str, tuple[LazyString, str]]
"""A code's name, and the tone of its badge."""

PAYEE_STATES: NamesAndTones = {
    "submitted": (_l("To be checked"), "info"),
    "verified": (_l("Checked"), "positive"),
    "refused": (_l("Turned down"), "negative"),
    "replaced": (_l("Replaced"), "neutral"),
}

PAYOUT_STATES: NamesAndTones = {
    "proposed": (_l("Proposed"), "info"),
    "released": (_l("Released"), "info"),
    "exported": (_l("In a bank file"), "warning"),
    "executed": (_l("Paid out"), "positive"),
    "cancelled": (_l("Cancelled"), "neutral"),
    "returned": (_l("Came back"), "negative"),
}

GIFT_STATES: NamesAndTones = {
    "open": (_l("Not paid"), "neutral"),
    "booked": (_l("Received"), "positive"),
    "refunding": (_l("Going back"), "info"),
    "refunded": (_l("Paid back"), "neutral"),
    "unclaimed": (_l("Could not be paid back"), "warning"),
    "charged_back": (_l("Taken back by the bank"), "negative"),
}

REFUND_STATES: Mapping[str, LazyString] = {
    "asked": _l("not sent yet"),
    "queued": _l("waits for money at the provider"),
    "pending": _l("at the provider"),
    "processing": _l("at the bank"),
    "refunded": _l("done"),
    "failed": _l("failed"),
    "canceled": _l("cancelled"),
}

REMARKS: Mapping[str, LazyString] = {
    "payee_changed": _l("The initiator gave another account."),
}
"""What the system itself writes with a payout."""

ROLES: Mapping[str, LazyString] = {
    "coach": _l("Coach"),
    "officer": _l("Officer of a municipality"),
    "staff": _l("Staff"),
    "auditor": _l("Auditor"),
}

ADDRESS_CHANGE_STATES: Mapping[str, LazyString] = {
    ChangeState.WAITS: _l("Waits for the new address"),
    ChangeState.CONFIRMED: _l("Changed"),
    ChangeState.STOPPED: _l("Stopped"),
    ChangeState.EXPIRED: _l("Not confirmed in time"),
}

CHECKS: Mapping[str, LazyString] = {
    "transactions_sum_to_zero": _l("Every posting sums to zero"),
    "entries_are_as_posted": _l("The entries are as they were posted"),
    "balances_equal_entries": _l("Balances equal their entries"),
    "accounts_follow_the_chart": _l("Accounts follow the chart of accounts"),
    "money_covers_what_is_owed": _l("There is money for everything we owe"),
    "payments_are_booked": _l("Payments are booked as the provider reports them"),
    "news_is_booked_in_time": _l("News of payments is booked within the hour"),
    "campaigns_hold_their_gifts": _l("Campaigns hold what they were given"),
    "refunds_in_flight": _l("Refunds on their way"),
    "payouts_in_flight": _l("Payouts on their way"),
    "nothing_flies_too_long": _l("Nothing stays on its way too long"),
    "suspense_is_empty": _l("Nothing waits for an explanation"),
    "pots_follow_their_moves": _l("Pots of funds equal their moves and matches"),
    "matches_follow_their_moves": _l("Matches equal the moves of their pot"),
    "steps_are_moved": _l("What funds gave per gift is moved in their pots"),
    "reserved_money_is_promised": _l("Reserved money of funds is promised to campaigns"),
    "paid_in_money_is_there": _l("What municipalities paid in is free, reserved or owed"),
    "municipalities_owe_what_was_committed": _l("Municipalities owe what their funds granted"),
}

ACCOUNTS: Mapping[str, LazyString] = {
    "mollie": _l("At the payment provider"),
    "settling": _l("Between provider and bank"),
    "bank": _l("Bank account"),
    "municipal_receivable": _l("Due from municipalities"),
    "chargeback_receivable": _l("Recoverable after chargebacks"),
    "held": _l("Held for campaigns"),
    "payable": _l("To be paid to initiators"),
    "tips_deferred": _l("Tips of campaigns that still run"),
    "refunds_in_flight": _l("Refunds on their way"),
    "payouts_in_flight": _l("Payouts on their way"),
    "unclaimed": _l("Owed to donors we could not pay back"),
    "fund_free": _l("Funds, free"),
    "fund_reserved": _l("Funds, reserved"),
    "clawback_receivable": _l("Match money to be paid back"),
    "suspense": _l("Not explained"),
    "own_funds": _l("Own money of the platform"),
    "tips": _l("Tips"),
    "fee": _l("Fees"),
    "psp_fee": _l("Costs of the payment provider"),
    "chargeback_loss": _l("Losses by chargebacks"),
    "rounding": _l("Rounding"),
}

BOOKINGS: Mapping[str, LazyString] = {
    BookingKind.PAYMENT_PAID: _l("Gift received"),
    BookingKind.PAYMENT_UNEXPLAINED: _l("Money received that nothing explains"),
    BookingKind.CAMPAIGN_SUCCEEDED: _l("Campaign succeeded"),
    BookingKind.REFUND_ASKED: _l("Refund ordered"),
    BookingKind.REFUND_DONE: _l("Refund done"),
    BookingKind.REFUND_FAILED: _l("Refund failed"),
    BookingKind.CHARGEBACK: _l("Taken back by a bank"),
    BookingKind.CHARGEBACK_REVERSED: _l("Chargeback reversed"),
    BookingKind.MATCH_RESERVED: _l("Match reserved"),
    BookingKind.MATCH_RELEASED: _l("Match let go"),
    BookingKind.MATCH_COMMITTED: _l("Match owed to the initiator"),
    BookingKind.MATCH_LOWERED: _l("Match lowered"),
    BookingKind.MATCH_CLAWBACK_UNDONE: _l("Claim to pay back withdrawn"),
    BookingKind.MATCH_CLAWED_BACK: _l("Match claimed back"),
    BookingKind.CLAWBACK_RECEIVED: _l("Match paid back"),
    BookingKind.FUND_PREPAID: _l("Money of a municipality for its fund"),
    BookingKind.ARREARS_RECEIVED: _l("Money of a municipality for match that was granted"),
    BookingKind.PAYOUT_EXPORTED: _l("Payout put in a bank file"),
    BookingKind.PAYOUT_EXECUTED: _l("Payout left the bank"),
    BookingKind.PAYOUT_RETURNED: _l("Payout came back"),
}


def state_name(code: str, states: NamesAndTones) -> str:
    """A state's name; an unknown code as it is."""
    return str(states[code][0]) if code in states else code


def state_badge_tone(code: str, states: NamesAndTones) -> str:
    """The tone of a state's badge."""
    return states[code][1] if code in states else "neutral"


def name_in(names: Mapping[str, LazyString]) -> Callable[[str], str]:
    """A filter that names a code of ``names``, and leaves other codes as they are."""
    return lambda code: str(names.get(code, code))


def account_name(code: str) -> str:
    """An account's name: of ``held:<id>`` that of ``held``."""
    return str(ACCOUNTS.get(code.partition(":")[0], code))


FILTERS: dict[str, Callable[..., object]] = {
    "account_name": account_name,
    "booking_name": name_in(BOOKINGS),
    "check_line": lambda line: line.in_language(str(get_locale() or DUTCH)),
    "check_name": name_in(CHECKS),
    "gift_state": lambda code: state_name(code, GIFT_STATES),
    "gift_tone": lambda code: state_badge_tone(code, GIFT_STATES),
    "iban_grouped": grouped,
    "iban_masked": masked,
    "payee_state": lambda code: state_name(code, PAYEE_STATES),
    "payee_tone": lambda code: state_badge_tone(code, PAYEE_STATES),
    "payout_remark": name_in(REMARKS),
    "payout_state": lambda code: state_name(code, PAYOUT_STATES),
    "payout_tone": lambda code: state_badge_tone(code, PAYOUT_STATES),
    "refund_state": name_in(REFUND_STATES),
    "role_name": name_in(ROLES),
    "address_change_state": name_in(ADDRESS_CHANGE_STATES),
}
"""What the templates of staff, officers and residents may call."""
