"""The pages of campaigns that search engines may list, with when each changed last."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign, PageCorrection
from voorjebuurt.campaigns.rules import PUBLIC


class ListedPage(NamedTuple):
    """A campaign's place in the site, and when its words or its state changed last."""

    slug: str
    changed_at: datetime


_public = Campaign.status.in_(sorted(PUBLIC))
_corrected_at = (
    select(func.max(PageCorrection.corrected_at))
    .where(PageCorrection.campaign_id == Campaign.id)
    .scalar_subquery()
)
_pages = (
    select(
        Campaign.slug,
        func.greatest(Campaign.opened_at, Campaign.decided_at, _corrected_at),
    )
    .where(_public)
    .order_by(Campaign.opened_at, Campaign.id)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_count = select(func.count()).select_from(Campaign).where(_public)


def listed_pages(session: Session, *, limit: int, offset: int = 0) -> Sequence[ListedPage]:
    """Public campaigns, the oldest first, so that those of a full part stay in it."""
    rows = session.execute(_pages, {"limit": limit, "offset": offset})
    return [ListedPage._make(row) for row in rows]


def number_of_pages(session: Session) -> int:
    """How many campaigns are public."""
    return session.scalar(_count) or 0
