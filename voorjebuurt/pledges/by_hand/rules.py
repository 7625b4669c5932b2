"""How somebody gives at a desk, and how they are told of it. Pure."""

from enum import StrEnum

RECIPIENT_MAX_LENGTH = 80
STREET_MAX_LENGTH = 100
TOWN_MAX_LENGTH = 60
POSTCODE_MAX_LENGTH = 20


class DeskWay(StrEnum):
    """With a bank app or card on the payment page, or cash into the tin."""

    CHECKOUT = "checkout"
    CASH = "cash"


class Telling(StrEnum):
    """How somebody was told: in person, by a letter, or not at all, for it had no use any more."""

    HAND = "hand"
    LETTER = "letter"
    NOBODY = "nobody"
