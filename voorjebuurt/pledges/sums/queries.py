"""What the front pages show, read from kept sums and indexes: their cost is that of what they show.

The order in which campaigns come is that of the last count; the amounts on their cards are those
of this moment.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import WON, CampaignStatus
from voorjebuurt.campaigns.updates.models import CampaignUpdate
from voorjebuurt.campaigns.updates.queries import is_shown
from voorjebuurt.campaigns.updates.texts import Audience
from voorjebuurt.kernel import clock
from voorjebuurt.places.models import Municipality, Neighbourhood
from voorjebuurt.pledges.discovery import CardRow, cards_of
from voorjebuurt.pledges.sums.models import CampaignSum, TownSum

HALF, WHOLE = 5_000, 10_000
_SPARE = 3
"""Campaigns read more than asked for: some changed since they were counted."""


class Figures(NamedTuple):
    """What was given, by the last count (eurocents); ``counted_at`` is None before the first."""

    open_campaigns: int
    won_campaigns: int
    crowd_cents: int
    match_cents: int
    open_cents: int
    gifts: int
    hands: int
    hours: int
    goods: int
    counted_at: datetime | None


class TownRow(NamedTuple):
    """A municipality with how many campaigns one can give to, by the last count."""

    id: UUID
    slug: str
    name: str
    open_campaigns: int
    won_campaigns: int


class StoryRow(NamedTuple):
    """An update that a campaign wrote after it succeeded; its picture, or else the campaign's."""

    slug: str
    campaign: str
    theme: str | None
    neighbourhood: str | None
    number: int
    title: str
    body: str
    published_at: datetime
    picture_key: str | None


class Sections(NamedTuple):
    """The campaigns of a front page, none of them twice."""

    almost: Sequence[CardRow]
    newest: Sequence[CardRow]
    won: Sequence[CardRow]


def sections(session: Session, *, town_id: UUID | None = None, limit: int) -> Sections:
    """The live campaigns past half that lack least, the newest, and the latest that succeeded."""
    near = session.scalars(_almost(town_id).limit(limit + _SPARE)).all()
    new = session.scalars(_newest(town_id).limit(2 * limit)).all()
    successes = session.scalars(_succeeded(town_id).limit(limit)).all()
    cards = {card.id: card for card in cards_of(session, {*near, *new, *successes})}
    almost = sorted(filter(_lacks_little, _found(cards, near)), key=_lack)[:limit]
    near_ids = {card.id for card in almost}
    newest = [card for card in _found(cards, new) if card.id not in near_ids][:limit]
    return Sections(almost, newest, list(_found(cards, successes)))


def figures(session: Session, *, town_id: UUID | None = None) -> Figures:
    """What was given in one municipality, or in all of them."""
    sums = (
        func.coalesce(func.sum(getattr(TownSum, name)), 0)
        for name in Figures._fields
        if name != "counted_at"
    )
    statement = select(*sums, func.min(TownSum.counted_at))
    if town_id is not None:
        statement = statement.where(TownSum.municipality_id == town_id)
    *numbers, counted_at = session.execute(statement).one()
    return Figures._make([*map(int, numbers), counted_at])


def busiest_towns(session: Session, *, limit: int) -> Sequence[TownRow]:
    """The municipalities with campaigns, those with most open ones first."""
    statement = (
        select(
            Municipality.id,
            Municipality.slug,
            Municipality.name,
            TownSum.open_campaigns,
            TownSum.won_campaigns,
        )
        .join(TownSum, TownSum.municipality_id == Municipality.id)
        .where(TownSum.open_campaigns + TownSum.won_campaigns > 0)
        .order_by(TownSum.open_campaigns.desc(), func.lower(Municipality.name), Municipality.id)
        .limit(limit)
    )
    return [TownRow._make(row) for row in session.execute(statement)]


def stories(session: Session, *, town_id: UUID | None = None, limit: int) -> Sequence[StoryRow]:
    """The last that campaigns told since they succeeded, one of each, the latest first."""
    last = (
        select(CampaignUpdate)
        .where(
            CampaignUpdate.campaign_id == Campaign.id,
            CampaignUpdate.audience == Audience.EVERYBODY.value,
            CampaignUpdate.published_at >= Campaign.decided_at,
            is_shown(),
        )
        .order_by(CampaignUpdate.published_at.desc())
        .limit(1)
        .correlate(Campaign)
        .lateral("story")
    )
    statement = (
        select(
            Campaign.slug,
            Campaign.title,
            Campaign.theme,
            Neighbourhood.name,
            *(last.c[name] for name in ("number", "title", "body", "published_at")),
            func.coalesce(last.c.picture_key, Campaign.picture_key),
        )
        .select_from(CampaignSum)
        .join(Campaign, Campaign.id == CampaignSum.campaign_id)
        .join(last, true())
        .outerjoin(Neighbourhood, Neighbourhood.id == Campaign.neighbourhood_id)
        .where(CampaignSum.story_at.is_not(None), Campaign.status.in_(sorted(WON)))
        .order_by(CampaignSum.story_at.desc())
        .limit(limit)
    )
    if town_id is not None:
        statement = statement.where(CampaignSum.municipality_id == town_id)
    return [StoryRow._make(row) for row in session.execute(statement)]


def _almost(town_id: UUID | None) -> Any:
    statement = select(CampaignSum.campaign_id).where(
        CampaignSum.running, CampaignSum.reached >= HALF, CampaignSum.reached < WHOLE
    )
    return _in_town(statement, CampaignSum.municipality_id, town_id).order_by(
        CampaignSum.reached.desc()
    )


def _newest(town_id: UUID | None) -> Any:
    statement = select(Campaign.id).where(
        Campaign.status == CampaignStatus.LIVE.value,
        Campaign.pledges_stopped_at.is_(None),
    )
    return _in_town(statement, Campaign.municipality_id, town_id).order_by(
        Campaign.opened_at.desc()
    )


def _succeeded(town_id: UUID | None) -> Any:
    statement = select(Campaign.id).where(Campaign.status.in_(sorted(WON)))
    return _in_town(statement, Campaign.municipality_id, town_id).order_by(
        Campaign.decided_at.desc().nulls_last()
    )


def _in_town(statement: Any, column: ColumnElement[UUID] | Any, town_id: UUID | None) -> Any:
    return statement if town_id is None else statement.where(column == town_id)


def _found(cards: dict[UUID, CardRow], ids: Iterable[UUID]) -> Iterable[CardRow]:
    return (cards[each] for each in ids if each in cards)


def _lacks_little(card: CardRow) -> bool:
    together = card.crowd_cents + card.match_cents
    is_running = card.status == CampaignStatus.LIVE and card.closes_at > clock.now()
    return is_running and card.goal_cents <= 2 * together < 2 * card.goal_cents


def _lack(card: CardRow) -> tuple[Fraction, datetime, UUID]:
    together = int(card.crowd_cents + card.match_cents)
    return -Fraction(together, card.goal_cents), card.closes_at, card.id
