"""What a need must say, and the states of an offer. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from voorjebuurt.campaigns.rules import EDITABLE, CampaignStatus
from voorjebuurt.kernel.transitions import Transitions


class NeedKind(StrEnum):
    """What is asked for, beside money."""

    HANDS = "hands"
    MATERIAL = "material"
    SPACE = "space"
    KNOWLEDGE = "knowledge"


class OfferState(StrEnum):
    """``attempt``: its address was not confirmed yet, and nobody reads it; ``offer``: it waits for
    the initiator, who accepts it or says thanks; ``withdrawal``: whoever offered took it back.
    """

    ATTEMPT = "attempt"
    OFFER = "offer"
    ACCEPTANCE = "acceptance"
    THANKS = "thanks"
    WITHDRAWAL = "withdrawal"


S = OfferState
OFFER_TRANSITIONS: Transitions[OfferState] = Transitions(
    {
        "confirm": ({S.ATTEMPT}, S.OFFER),
        "accept": ({S.OFFER}, S.ACCEPTANCE),
        "thank": ({S.OFFER}, S.THANKS),
        "withdraw": ({S.ATTEMPT, S.OFFER, S.ACCEPTANCE}, S.WITHDRAWAL),
    }
)

MAX_NEEDS = 20
MAX_NUMBER = 1_000
MAX_HOURS = 500
MAX_LENGTHS = {"title": 80, "description": 300, "message": 500, "text": 500}
"""Characters that fit in each text of a need and of an offer."""
UNCONFIRMED_DAYS = 7
KEPT_DAYS = 180
"""So long after an offer was accepted its helper's name and address are kept."""

CHANGEABLE = EDITABLE | {
    CampaignStatus.LIVE,
    CampaignStatus.CLOSING,
    CampaignStatus.NEAR_MISS,
    CampaignStatus.SUCCEEDED,
    CampaignStatus.PAID_OUT,
}
"""In these states a need can be added: help is welcome after the money is there, too."""
TAKES_OFFERS = CHANGEABLE - EDITABLE


@dataclass(frozen=True)
class NeedTerms:
    """What is needed: how many pairs of hands, pieces, rooms or people, and on which day if any."""

    kind: NeedKind
    title: str
    description: str
    number: int
    on_day: date | None


@dataclass(frozen=True)
class OfferTerms:
    """How many of them somebody offers, who that is, and a word to the initiator."""

    number: int
    name: str
    email: str
    message: str


def fault_of(terms: NeedTerms, *, today: date) -> tuple[str, str] | None:
    """What is wrong with a need: the field and the code of the error, if anything."""
    if not terms.title:
        return "title", "need_title_missing"
    if not 1 <= terms.number <= MAX_NUMBER:
        return "number", "need_number_out_of_bounds"
    if terms.on_day is not None and terms.on_day < today:
        return "on_day", "need_day_over"
    return None
