"""What the codes of payouts, alerts, bookings and deeds are called on the screens."""

from collections.abc import Callable, Mapping

from flask_babel import get_locale, lazy_gettext
from flask_babel.speaklater import LazyString

from voorjebuurt.kernel.catalogues import DUTCH
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.names import account_name, check_name
from voorjebuurt.payouts.iban import grouped
from voorjebuurt.payouts.look_kinds import LookKind
from voorjebuurt.people.address_change_states import ChangeState
from voorjebuurt.web.words.cash_labels import (
    ARRIVAL_STATES,
    CASH_DEPOSIT_STATES,
    CASH_STATES,
    GIVERS,
    RETURN_STATES,
    REVERSAL_STATES,
)

_l = lazy_gettext
NamesAndTones = Mapping[str, tuple[LazyString, str]]
"""A code's name, and the tone of its badge."""

PAYEE_STATES: NamesAndTones = {
    "submitted": (_l("To be checked"), "info"),
    "verified": (_l("Checked"), "positive"),
    "refused": (_l("Turned down"), "negative"),
    "replaced": (_l("Replaced"), "neutral"),
    "proposal": (_l("Waits for a second initiator"), "warning"),
    "lapse": (_l("Not agreed to"), "neutral"),
}

LOOKS: Mapping[LookKind, LazyString] = {
    LookKind.PAYEE: _l("Check an account"),
    LookKind.WAIVER: _l("Decide on a checklist that can't be done"),
    LookKind.PAYOUT: _l("Release a payout"),
    LookKind.FUND_RETURN: _l("Release money back to a municipality"),
    LookKind.DEPOSIT: _l("Look at money on the bank statement"),
    LookKind.CASH: _l("Look at a deposit of cash"),
    LookKind.ROLE: _l("Confirm a role"),
    LookKind.ADDRESS: _l("Approve another email address"),
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

DEPOSIT_STATES: NamesAndTones = {
    "entered": (_l("Waits for a second colleague"), "info"),
    "booked": (_l("Booked"), "positive"),
    "dismissed": (_l("Dismissed"), "neutral"),
    "disputed": (_l("Waits to be taken back"), "warning"),
    "reversed": (_l("Taken back"), "neutral"),
}

DEPOSIT_KINDS: Mapping[str, LazyString] = {
    "prepayment": _l("Paid beforehand by the municipality"),
    "arrears": _l("Paid by the municipality for match that was granted"),
    "clawback": _l("Match paid back by the initiator"),
}

REMARKS: Mapping[str, LazyString] = {
    "campaign_orphaned": _l("Nobody runs this campaign any more."),
    "payee_changed": _l("The initiator gave another account."),
    "payee_to_confirm": _l("Who runs the campaign now must confirm the account first."),
    "payee_unfit": _l("Something about the account was not right."),
}
"""What the system itself writes with a payout."""

ROLES: Mapping[str, LazyString] = {
    "coach": _l("Coach"),
    "officer": _l("Officer of a municipality"),
    "staff": _l("Staff"),
    "auditor": _l("Auditor"),
    "inspector": _l("Auditor of a municipality"),
}

ADDRESS_CHANGE_STATES: Mapping[str, LazyString] = {
    ChangeState.WAITS: _l("Waits for the new address"),
    ChangeState.CONFIRMED: _l("Changed"),
    ChangeState.STOPPED: _l("Stopped"),
    ChangeState.EXPIRED: _l("Not confirmed in time"),
}

BOOKINGS: Mapping[str, LazyString] = {
    BookingKind.PAYMENT_PAID: _l("Gift received"),
    BookingKind.PAYMENT_UNEXPLAINED: _l("Money received that nothing explains"),
    BookingKind.CAMPAIGN_SUCCEEDED: _l("Campaign succeeded"),
    BookingKind.CAMPAIGN_FELL_BACK: _l("Success taken back"),
    BookingKind.REFUND_ASKED: _l("Refund ordered"),
    BookingKind.REFUND_DONE: _l("Refund done"),
    BookingKind.REFUND_FAILED: _l("Refund failed"),
    BookingKind.CHARGEBACK: _l("Taken back by a bank"),
    BookingKind.CHARGEBACK_REVERSED: _l("Chargeback reversed"),
    BookingKind.MATCH_RESERVED: _l("Match reserved"),
    BookingKind.MATCH_RELEASED: _l("Match let go"),
    BookingKind.MATCH_COMMITTED: _l("Match owed to the initiator"),
    BookingKind.MATCH_PROMISED_AGAIN: _l("Match only reserved again"),
    BookingKind.MATCH_LOWERED: _l("Match lowered"),
    BookingKind.MATCH_CLAWBACK_UNDONE: _l("Claim to pay back withdrawn"),
    BookingKind.MATCH_CLAWED_BACK: _l("Match claimed back"),
    BookingKind.INTEREST_LAID_DOWN: _l("Interest determined"),
    BookingKind.INTEREST_OWED: _l("Interest that the municipality owes"),
    BookingKind.INTEREST_OWED_RECEIVED: _l("Interest of the municipality is here"),
    BookingKind.INTEREST_OWED_REVERSED: _l("Interest of the municipality isn’t here after all"),
    BookingKind.INTEREST_OWED_UNDONE: _l("Interest that the municipality owed, taken back"),
    BookingKind.INTEREST_WRITTEN_OFF: _l("Interest written off"),
    BookingKind.CLAWBACK_OFFSET: _l("Match paid back by a payout that came back"),
    BookingKind.CLAWBACK_RECEIVED: _l("Match paid back"),
    BookingKind.CLAWBACK_REVERSED: _l("Match paid back: taken back as a mistake"),
    BookingKind.FUND_PREPAID: _l("Money of a municipality for its fund"),
    BookingKind.FUND_RETURN_EXPORTED: _l("Rest of a fund put in a bank file"),
    BookingKind.FUND_RETURN_EXECUTED: _l("Rest of a fund left the bank"),
    BookingKind.FUND_RETURN_REFUSED: _l("Rest of a fund came back"),
    BookingKind.FUND_PREPAID_REVERSED: _l("Money of a municipality: taken back as a mistake"),
    BookingKind.ARREARS_RECEIVED: _l("Money of a municipality for match that was granted"),
    BookingKind.ARREARS_REVERSED: _l("Money for match that was granted: taken back as a mistake"),
    BookingKind.CASH_RECEIVED: _l("Cash deposited"),
    BookingKind.CASH_COUNTED: _l("Cash counts"),
    BookingKind.CASH_UNCOUNTED: _l("Cash counts no longer"),
    BookingKind.CASH_REVERSED: _l("Arrival of cash reversed"),
    BookingKind.CASH_RETURNED: _l("Cash transferred back"),
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


def _reader() -> str:
    return str(get_locale() or DUTCH)


FILTERS: dict[str, Callable[..., object]] = {
    "account_name": lambda code: account_name(code, _reader()),
    "arrival_state": lambda code: state_name(code, ARRIVAL_STATES),
    "arrival_tone": lambda code: state_badge_tone(code, ARRIVAL_STATES),
    "cash_deposit_state": lambda code: state_name(code, CASH_DEPOSIT_STATES),
    "cash_deposit_tone": lambda code: state_badge_tone(code, CASH_DEPOSIT_STATES),
    "cash_return_state": lambda code: state_name(code, RETURN_STATES),
    "cash_return_tone": lambda code: state_badge_tone(code, RETURN_STATES),
    "cash_reversal_state": lambda code: state_name(code, REVERSAL_STATES),
    "cash_reversal_tone": lambda code: state_badge_tone(code, REVERSAL_STATES),
    "cash_state": lambda code: state_name(code, CASH_STATES),
    "cash_tone": lambda code: state_badge_tone(code, CASH_STATES),
    "giver_name": name_in(GIVERS),
    "booking_name": name_in(BOOKINGS),
    "check_line": lambda line: line.in_language(_reader()),
    "check_name": lambda name: check_name(name, _reader()),
    "gift_state": lambda code: state_name(code, GIFT_STATES),
    "gift_tone": lambda code: state_badge_tone(code, GIFT_STATES),
    "iban_grouped": grouped,
    "look_kind": lambda code: str(LOOKS[LookKind(code)]),
    "payee_state": lambda code: state_name(code, PAYEE_STATES),
    "payee_tone": lambda code: state_badge_tone(code, PAYEE_STATES),
    "payout_remark": name_in(REMARKS),
    "payout_state": lambda code: state_name(code, PAYOUT_STATES),
    "payout_tone": lambda code: state_badge_tone(code, PAYOUT_STATES),
    "deposit_kind": name_in(DEPOSIT_KINDS),
    "deposit_state": lambda code: state_name(code, DEPOSIT_STATES),
    "deposit_tone": lambda code: state_badge_tone(code, DEPOSIT_STATES),
    "refund_state": name_in(REFUND_STATES),
    "role_name": name_in(ROLES),
    "address_change_state": name_in(ADDRESS_CHANGE_STATES),
}
"""What the templates of staff, officers and residents may call."""
