"""What a reward must say, and how many there may be. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from voorjebuurt.campaigns.rules import EDITABLE, CampaignStatus


class Delivery(StrEnum):
    """How a reward comes to its donor."""

    PICKUP = "pickup"
    POST = "post"


MAX_REWARDS = 12
MAX_STOCK = 10_000
MAX_LENGTHS = {"title": 80, "description": 300, "place": 200}
"""Characters that fit in each text of a reward."""

CHANGEABLE = EDITABLE | {CampaignStatus.LIVE}
"""In these states a reward can be added; in those of a plan it can be removed as well."""


@dataclass(frozen=True)
class RewardTerms:
    """What donors are promised for a gift from ``min_cents`` (eurocents) on.

    ``stock`` is how many there are, None without a limit. ``place`` says where and when it can be
    picked up; what comes by post has none.
    """

    title: str
    description: str
    min_cents: int
    stock: int | None
    delivery: Delivery
    place: str
    deliver_by: date


def fault_of(terms: RewardTerms, *, today: date, last_day: date | None) -> tuple[str, str] | None:
    """What is wrong with a reward: the field and the code of the error, if anything.

    It is delivered after ``last_day``, on which people can still give.
    """
    if not terms.title:
        return "title", "reward_title_missing"
    if terms.stock is not None and not 1 <= terms.stock <= MAX_STOCK:
        return "stock", "reward_stock_out_of_bounds"
    if terms.delivery is Delivery.PICKUP and not terms.place:
        return "place", "reward_place_missing"
    if terms.deliver_by <= max(today, last_day or today):
        return "deliver_by", "reward_too_soon"
    return None
