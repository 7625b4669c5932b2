"""What a monthly gift and its months are called."""

from collections.abc import Callable, Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from voorjebuurt.pledges.monthly.rules import CollectionState, OverReason

REASONS: Mapping[OverReason, LazyString] = {
    OverReason.DONOR: _l("You stopped it."),
    OverReason.FAILURES: _l(
        "It did not succeed twice in a row, so we don’t try any more. Perhaps there was too little "
        "on your account."
    ),
    OverReason.MANDATE: _l("Your bank does not let us take it any more."),
    OverReason.CAMPAIGN: _l("The campaign has ended."),
    OverReason.COMPLETE: _l("You gave as often as you had agreed to."),
    OverReason.ERASURE: _l("We no longer keep who these gifts are from."),
    OverReason.UNPAID: _l("The first payment did not come."),
}
STATES: Mapping[CollectionState, tuple[LazyString, str]] = {
    CollectionState.PLAN: (_l("Announced"), "info"),
    CollectionState.WAY: (_l("At the bank"), "info"),
    CollectionState.ARRIVAL: (_l("Received"), "positive"),
    CollectionState.FAILURE: (_l("Did not succeed"), "warning"),
    CollectionState.SKIP: (_l("Passed over"), "neutral"),
}
MONTHLY_MESSAGES: Mapping[str, LazyString] = {
    "monthly_not_found": _l("We can't find what you give each month."),
    "monthly_over": _l(
        "Nothing is taken from your account any more, so there is nothing to change."
    ),
    "monthly_raise_not_agreed": _l("It is more than before. Tick that you agree to that."),
    "monthly_too_late": _l("The campaign ends too soon to give each month. Choose once."),
}


def monthly_reason(code: str) -> str:
    """Why nothing is collected any more."""
    return str(REASONS[OverReason(code)])


def month_state(code: str) -> str:
    """How a month is going."""
    return str(STATES[CollectionState(code)][0])


def month_tone(code: str) -> str:
    """The tone of that state's badge."""
    return STATES[CollectionState(code)][1]


FILTERS: Mapping[str, Callable[..., object]] = {
    "month_state": month_state,
    "month_tone": month_tone,
    "monthly_reason": monthly_reason,
}
