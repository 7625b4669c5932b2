"""What needs in kind are called, and what is said when something of one can't be."""

from collections.abc import Callable, Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from voorjebuurt.campaigns.needs.rules import NeedKind, OfferState

_l = lazy_gettext

KINDS: Mapping[NeedKind, LazyString] = {
    NeedKind.HANDS: _l("Hands"),
    NeedKind.MATERIAL: _l("Material"),
    NeedKind.SPACE: _l("Space"),
    NeedKind.KNOWLEDGE: _l("Knowledge"),
}

OFFER_STATES: Mapping[OfferState, tuple[LazyString, str]] = {
    OfferState.ATTEMPT: (_l("Not confirmed yet"), "neutral"),
    OfferState.OFFER: (_l("Waits for an answer"), "warning"),
    OfferState.ACCEPTANCE: (_l("Accepted"), "positive"),
    OfferState.THANKS: (_l("Thanked"), "neutral"),
    OfferState.WITHDRAWAL: (_l("Taken back"), "neutral"),
}

NEED_MESSAGES: Mapping[str, LazyString] = {
    "hours_out_of_bounds": _l("Enter whole hours, %(maximum)s at most."),
    "need_day_over": _l("Choose a day that is not over."),
    "need_full": _l("There is more in this offer than you still ask for: %(left)s. Thank them."),
    "need_not_found": _l("We can't find this question for help."),
    "need_number_out_of_bounds": _l("Enter a number from 1 up to %(maximum)s."),
    "need_title_missing": _l("Enter what you need."),
    "need_too_many": _l("You can ask for %(maximum)s things at most."),
    "offer_done": _l("The initiators wrote down that you came. This can't be taken back now."),
    "offer_not_found": _l("We can't find this offer."),
    "offer_number_out_of_bounds": _l("Enter a number from 1 up to %(left)s: so many are needed."),
    "offer_over": _l("This link does not work any more."),
}


def need_kind(code: str) -> str:
    """What is asked for."""
    return str(KINDS[NeedKind(code)])


def offer_state(code: str) -> tuple[str, str]:
    """Where an offer stands, and the tone of its badge."""
    label, tone = OFFER_STATES[OfferState(code)]
    return str(label), tone


FILTERS: Mapping[str, Callable[..., object]] = {
    "need_kind": need_kind,
    "offer_state": offer_state,
}
