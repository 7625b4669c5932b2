"""What holds for funders who look along at a plan. Pure."""

from datetime import date, timedelta
from enum import StrEnum

from voorjebuurt.campaigns.rules import CampaignStatus

MOST_OPEN, MOST_REMARKS = 10, 30
"""Links of one plan that are open at a time; remarks by one link."""
NAME_MAX_LENGTH, REMARK_MAX_LENGTH, ANSWER_MAX_LENGTH = 100, 2_000, 2_000
MOST_DAYS, USUAL_DAYS, KEPT_DAYS = 180, 30, 365
S = CampaignStatus
IN_MAKING = frozenset({S.DRAFT, S.SUBMITTED, S.RETURNED})
"""A plan that is not live yet: from then on everybody can look."""
PURPOSE = "funder link"
"""Of the key that tokens are derived with: none is kept, and each can be shown again."""


class LinkState(StrEnum):
    """What a link opens: the plan, its public page, or nothing any more."""

    OPEN = "open"
    LIVE = "live"
    REVOKED = "revoked"
    ENDED = "ended"
    GONE = "gone"


def last_day_fault(day: date, *, today: date) -> str | None:
    """The code of what is wrong with the last day of a link; None when nothing is."""
    if day < today:
        return "funder_day_past"
    return "funder_day_far" if day > today + timedelta(days=MOST_DAYS) else None
