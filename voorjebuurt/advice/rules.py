"""From how a campaign stands to what its initiator can best do now. Pure.

The order is the advice: what somebody waits for, then what has a last day, then what helps most at
this point, then what is kind. Nothing is asked that can't be done on the site at that moment.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from voorjebuurt.campaigns.rules import WON, CampaignStatus


class Advice(StrEnum):
    """Something that an initiator can do."""

    PLAN = "plan"
    """Send the changed plan of a second chance."""
    VIEWS = "views"
    """Answer the municipality before it decides against the campaign."""
    ANSWER = "answer"
    """Answer questions."""
    OFFER = "offer"
    """Answer offers of help."""
    PAYEE = "payee"
    """Tell to which account the money goes."""
    ACCOUNTING = "accounting"
    """Account for match money."""
    FINISH = "finish"
    """Ask again in the last days."""
    START = "start"
    """Ask ten people oneself."""
    UPDATE = "update"
    """Tell how it goes."""
    THANKS = "thanks"
    """Thank donors."""
    REWARD = "reward"
    """Hand over rewards."""
    SHARE = "share"
    """Tell more people of it."""


FIRST_DONORS = 10
"""Below so many donors it is people whom the initiator knows that must come first."""
LAST_DAYS = 7
QUIET_DAYS = 14
"""After so many days without an update it is time for one."""
FIRST_UPDATE_DAYS = 3
MOST_UNTHANKED = 5
"""While a campaign runs, donors are thanked when so many wait for it."""
EARLY_PERCENT = 80
"""From this part of the minimum on an account can better be given already."""
STORY_DAYS, STORY_YEAR = 90, 365
"""After so many days without an update there is something to tell, in the year after the end."""


@dataclass(frozen=True)
class Situation:
    """How a campaign stands on a day.

    ``days_open`` counts from 1; ``days_left`` is None once it is over. ``percent`` of the minimum,
    ``goal_percent`` what neighbours gave of the goal, both rounded down.
    ``update_days``: since the last update, or None without one. ``end_days``: since it was decided.
    ``questions``, ``offers``, ``gifts`` and ``deliveries`` are those that wait: for an answer, for
    thanks, to be handed over. ``accounting_by``: until when match money is accounted for.
    ``views_by``: until when the municipality waits for views on what it intends.
    ``has_plan``: the plan of a second chance is not waited for.
    """

    status: CampaignStatus
    takes_gifts: bool
    days_open: int
    days_left: int | None
    end_days: int | None
    donors: int
    percent: int
    goal_percent: int
    questions: int
    offers: int
    update_days: int | None
    gifts: int
    deliveries: int
    has_payee: bool
    has_plan: bool
    accounting_by: date | None
    views_by: date | None = None


def advice_for(situation: Situation) -> list[Advice]:
    """What can best be done, the first thing on top; empty when there is nothing to do but wait."""
    status = situation.status
    first = [Advice.VIEWS] if situation.views_by is not None else []
    advice: Iterator[Advice] = iter(())
    if status is CampaignStatus.LIVE:
        advice = _while_live(situation)
    elif status in WON:
        advice = _after_success(situation)
    elif status is CampaignStatus.NEAR_MISS:
        advice = _in_second_chance(situation)
    elif status in {CampaignStatus.CLOSING, CampaignStatus.FAILED}:
        advice = _after_the_end(situation)
    return [*first, *advice]


def _somebody_waits(situation: Situation) -> Iterator[Advice]:
    if situation.questions:
        yield Advice.ANSWER
    if situation.offers:
        yield Advice.OFFER


def _while_live(situation: Situation) -> Iterator[Advice]:
    yield from _somebody_waits(situation)
    is_open = situation.takes_gifts
    days_left = situation.days_left if situation.days_left is not None else LAST_DAYS
    if is_open and days_left < LAST_DAYS and situation.percent < 100:
        yield Advice.FINISH
    if is_open and situation.donors < FIRST_DONORS:
        yield Advice.START
    if _is_quiet(situation):
        yield Advice.UPDATE
    if situation.percent >= EARLY_PERCENT and not situation.has_payee:
        yield Advice.PAYEE
    if situation.gifts >= MOST_UNTHANKED:
        yield Advice.THANKS
    if is_open:
        yield Advice.SHARE


def _after_success(situation: Situation) -> Iterator[Advice]:
    if not situation.has_payee:
        yield Advice.PAYEE
    yield from _somebody_waits(situation)
    if situation.accounting_by is not None:
        yield Advice.ACCOUNTING
    if situation.gifts:
        yield Advice.THANKS
    if situation.deliveries:
        yield Advice.REWARD
    if _is_untold(situation):
        yield Advice.UPDATE


def _in_second_chance(situation: Situation) -> Iterator[Advice]:
    if not situation.has_plan:
        yield Advice.PLAN
    yield from _somebody_waits(situation)
    if situation.takes_gifts:
        yield Advice.SHARE


def _after_the_end(situation: Situation) -> Iterator[Advice]:
    yield from _somebody_waits(situation)
    if situation.status is CampaignStatus.FAILED and _is_untold(situation):
        yield Advice.UPDATE


def _is_quiet(situation: Situation) -> bool:
    """Whether nothing was told for a while."""
    if situation.update_days is None:
        return situation.days_open > FIRST_UPDATE_DAYS
    return situation.update_days >= QUIET_DAYS


def _is_untold(situation: Situation) -> bool:
    """Whether nothing was told since the end, or for long."""
    if situation.end_days is None:
        return False
    if situation.update_days is None or situation.update_days > situation.end_days:
        return True
    return situation.update_days >= STORY_DAYS and situation.end_days <= STORY_YEAR
