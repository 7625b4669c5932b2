"""Writing down what was changed on a live page, for everybody to read."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign, PageCorrection
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.ids import new_id

STAFF, INITIATOR = "staff", "initiator"
MOST_A_DAY = 10
"""How often in a day an initiator changes the words of a live page."""
MOST_PICTURES_A_DAY = 40
"""The same for pictures and video: each of eight may be added, and some taken off again."""
PICTURE_PARTS = ("pictures", "video")


class PageChange(NamedTuple):
    """A part of a page, and what it said before and after."""

    part: str
    before: str
    after: str


def check_changes_of_today(session: Session, campaign_id: UUID, *, of_pictures: bool) -> None:
    """Raise ``DomainError`` when an initiator changed the page too often since midnight."""
    is_picture = PageCorrection.part.in_(PICTURE_PARTS)
    times = session.scalar(
        select(func.count(PageCorrection.corrected_at.distinct())).where(
            PageCorrection.campaign_id == campaign_id,
            PageCorrection.source == INITIATOR,
            PageCorrection.corrected_at >= clock.end_of_day(clock.today() - timedelta(days=1)),
            is_picture if of_pictures else ~is_picture,
        )
    )
    most = MOST_PICTURES_A_DAY if of_pictures else MOST_A_DAY
    if (times or 0) >= most:
        raise DomainError("too_many_changes", maximum=most)


def write_changes(
    session: Session,
    campaign: Campaign,
    changes: Iterable[PageChange],
    *,
    source: str,
    actor: Actor,
) -> None:
    """Write the trace of what was changed at this moment on a page that is held."""
    at = clock.now()
    session.add_all(
        PageCorrection(
            id=new_id(),
            campaign_id=campaign.id,
            part=change.part,
            before=change.before,
            after=change.after,
            corrected_at=at,
            corrected_by=actor.person_id,
            source=source,
        )
        for change in changes
    )
    session.flush()
