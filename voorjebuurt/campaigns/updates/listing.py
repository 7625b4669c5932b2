"""The updates that search engines may list: those that everybody may read."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import PUBLIC
from voorjebuurt.campaigns.updates.models import CampaignUpdate, UpdateCorrection
from voorjebuurt.campaigns.updates.queries import is_shown
from voorjebuurt.campaigns.updates.texts import Audience


class ListedUpdate(NamedTuple):
    """Where an update is, and when its text changed last."""

    slug: str
    number: int
    changed_at: datetime


_corrected_at = (
    select(func.max(UpdateCorrection.corrected_at))
    .where(UpdateCorrection.update_id == CampaignUpdate.id)
    .scalar_subquery()
)
_is_listed = (
    CampaignUpdate.audience == Audience.EVERYBODY.value,
    is_shown(),
    Campaign.status.in_(sorted(PUBLIC)),
)
_updates = (
    select(
        Campaign.slug,
        CampaignUpdate.number,
        func.greatest(CampaignUpdate.published_at, _corrected_at),
    )
    .join(Campaign, Campaign.id == CampaignUpdate.campaign_id)
    .where(*_is_listed)
    .order_by(CampaignUpdate.published_at, CampaignUpdate.id)
)


def listed_updates(session: Session, *, limit: int, offset: int = 0) -> Sequence[ListedUpdate]:
    """The oldest first, so that a full part of a list keeps what is in it."""
    rows = session.execute(_updates.limit(limit).offset(offset))
    return [ListedUpdate._make(row) for row in rows]


def number_of_updates(session: Session) -> int:
    """How many there are."""
    statement = (
        select(func.count(CampaignUpdate.id))
        .join(Campaign, Campaign.id == CampaignUpdate.campaign_id)
        .where(*_is_listed)
    )
    return session.scalar(statement) or 0
