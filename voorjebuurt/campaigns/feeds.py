"""Campaigns of a town, a neighbourhood or a theme, for feeds: no word of who gave."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import WON, CampaignStatus
from voorjebuurt.places.models import Municipality, Neighbourhood

TOLD = frozenset({CampaignStatus.LIVE, CampaignStatus.CLOSING, CampaignStatus.NEAR_MISS}) | WON
"""States that are news; that one failed or was stopped is told on its page."""
MOST_ENTRIES = 30


class FeedRow(NamedTuple):
    """A campaign as a feed tells it."""

    slug: str
    title: str
    summary: str
    opened_at: datetime
    changed_at: datetime


def feed_campaigns(
    session: Session, *, town: str | None = None, area: str | None = None, theme: str | None = None
) -> Sequence[FeedRow]:
    """The campaigns that went live last, of a town (its slug), a buurt (its code) or a theme."""
    statement = (
        select(
            Campaign.slug,
            Campaign.title,
            Campaign.summary,
            Campaign.opened_at,
            func.greatest(Campaign.opened_at, Campaign.decided_at),
        )
        .where(Campaign.status.in_(sorted(TOLD)))
        .order_by(Campaign.opened_at.desc(), Campaign.id.desc())
        .limit(MOST_ENTRIES)
    )
    if town is not None:
        towns = select(Municipality.id).where(Municipality.slug == town)
        statement = statement.where(Campaign.municipality_id.in_(towns))
    if area is not None:
        areas = select(Neighbourhood.id).where(Neighbourhood.code == area)
        statement = statement.where(Campaign.neighbourhood_id.in_(areas))
    if theme is not None:
        statement = statement.where(Campaign.theme == theme)
    return [FeedRow._make(row) for row in session.execute(statement)]
