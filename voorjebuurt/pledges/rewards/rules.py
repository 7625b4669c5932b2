"""The states of a donor's choice of a reward. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class ChoiceState(StrEnum):
    """What a choice is worth.

    ``wish``: chosen, and nothing is kept for it yet; ``hold``: kept while its donor pays;
    ``grant``: the gift counts and the reward is theirs; ``shortage``: the gift counts, and nothing
    was left; ``release``: the payment or the gift came to nothing, and the reward is free again.
    """

    WISH = "wish"
    HOLD = "hold"
    GRANT = "grant"
    SHORTAGE = "shortage"
    RELEASE = "release"


@dataclass(frozen=True)
class Address:
    """Where a reward is sent to; all empty for one that is picked up."""

    street: str = ""
    postcode: str = ""
    town: str = ""


@dataclass(frozen=True)
class RewardWish:
    """Which reward a donor chooses, in whose name, and where it may be sent."""

    reward_id: UUID
    recipient: str
    address: Address = Address()


MAX_LENGTHS = {"street": 100, "town": 80}
"""Characters that fit in each part of an address."""
