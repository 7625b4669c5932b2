"""A municipality's past campaigns as facts for a rehearsal: what they raised, from whom, where.

A donor is an opaque key here, with an amount and an area. Nobody verified groups or scores for
these campaigns, so the facts have none: what a rule gives for those can't be rehearsed on them.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from voorjebuurt.campaigns.members.models import CampaignMember
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.people.models import Person
from voorjebuurt.places.figures import area_facts, population
from voorjebuurt.places.models import Neighbourhood
from voorjebuurt.pledges.donor_keys import address_key
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.queries import COUNTS

PAST = (
    CampaignStatus.NEAR_MISS,
    CampaignStatus.SUCCEEDED,
    CampaignStatus.FAILED,
    CampaignStatus.PAID_OUT,
)
"""Over, and decided by what they raised; who was stopped halfway tells nothing about a rule."""
LOTTERY_SEED = "rehearsal"
"""Past campaigns drew no lots: a rule that does draws them with this, the same every time."""
_TICK = timedelta(microseconds=1)


class PastFacts(NamedTuple):
    """Facts as JSON text, its sha256, the campaigns in it, and their areas' codes."""

    text: str
    sha256: str
    campaigns: int
    areas: tuple[str, ...]


class _Gift(NamedTuple):
    id: UUID
    campaign_id: UUID
    donor_key: str | None
    email: str | None
    amount_cents: int
    area: str | None
    matchable: bool
    booked_at: datetime


_earlier = aliased(Campaign)
_first_time: ColumnElement[bool] = ~(
    select(_earlier.id)
    .where(_earlier.initiator_id == Campaign.initiator_id, _earlier.opened_at < Campaign.opened_at)
    .exists()
)
_past = and_(
    Campaign.municipality_id == bindparam("municipality_id"),
    Campaign.status.in_([status.value for status in PAST]),
)
_campaigns = (
    select(
        Campaign.id,
        Campaign.slug,
        Campaign.opened_at,
        Campaign.goal_cents,
        Campaign.theme,
        Neighbourhood.code.label("area"),
        _first_time.label("first_time"),
    )
    .join(Neighbourhood, Neighbourhood.id == Campaign.neighbourhood_id)
    .where(_past)
    .order_by(Campaign.opened_at, Campaign.slug)
)
_number = select(func.count()).select_from(Campaign).where(_past)
_member = aliased(Person)
_initiators_own = exists().where(
    CampaignMember.campaign_id == Campaign.id,
    _member.id == CampaignMember.person_id,
    or_(Pledge.donor_id == _member.id, Pledge.email == _member.email),
)
_gifts = (
    select(
        Pledge.id,
        Pledge.campaign_id,
        Pledge.donor_key,
        Pledge.email,
        Pledge.amount_cents,
        Pledge.local_code,
        case((_initiators_own, false()), else_=Pledge.matchable),
        Pledge.booked_at,
    )
    .join(Campaign, Campaign.id == Pledge.campaign_id)
    .where(_past, COUNTS)
    .order_by(Pledge.booked_at, Pledge.id)
)


def past_campaigns(session: Session, municipality_id: UUID) -> int:
    """How many past campaigns a municipality has."""
    return session.scalar(_number, {"municipality_id": municipality_id}) or 0


def past_facts(
    session: Session, *, municipality_id: UUID, indicators: Collection[str], secret: str
) -> PastFacts:
    """The facts of all past campaigns, and of every neighbourhood with its figures as they are now.

    ``secret`` keys the donors that have no key of their own. The same rows give the same text.
    """
    parameters = {"municipality_id": municipality_id}
    campaigns = session.execute(_campaigns, parameters).all()
    gifts = _by_campaign((_Gift(*row) for row in session.execute(_gifts, parameters)), secret)
    codes = {row.area for row in campaigns} | population(session, municipality_id).keys()
    areas = area_facts(session, codes=codes, indicators=indicators)
    facts = {
        "applications": [
            {
                "id": row.slug,
                "received_at": _instant(row.opened_at),
                "goal_cents": row.goal_cents,
                "area": {row.area: "1"},
                "theme": row.theme,
                "first_time": row.first_time,
                "contributions": gifts.get(row.id, []),
            }
            for row in campaigns
        ],
        "areas": areas,
        "lottery_seed": LOTTERY_SEED,
    }
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=str)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return PastFacts(text, digest, len(campaigns), tuple(sorted(areas)))


def _by_campaign(gifts: Iterable[_Gift], secret: str) -> dict[UUID, list[dict[str, Any]]]:
    """Gifts in the order in which they were booked, each at an instant of its own.

    Gifts that were booked in the same instant follow each other by a microsecond: a live rule
    takes them one by one.
    """
    by_campaign: dict[UUID, list[dict[str, Any]]] = {}
    last: datetime | None = None
    for gift in gifts:
        last = gift.booked_at if last is None else max(gift.booked_at, last + _TICK)
        contribution = {
            "donor": gift.donor_key or _key(gift, secret),
            "amount_cents": gift.amount_cents,
            "matchable": gift.matchable,
            "paid_at": _instant(last),
        }
        by_campaign.setdefault(gift.campaign_id, []).append(
            contribution if gift.area is None else {**contribution, "area": gift.area}
        )
    return by_campaign


def _key(gift: _Gift, secret: str) -> str:
    """One address is one donor. A gift whose donor was erased is one of its own."""
    return address_key(secret, gift.email) if gift.email else f"gift:{gift.id}"


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def past_titles(session: Session, slugs: Sequence[str]) -> dict[str, str]:
    """What the campaigns are called, by their id in the facts."""
    titles = select(Campaign.slug, Campaign.title).where(Campaign.slug.in_(slugs))
    return {row.slug: row.title for row in session.execute(titles)}
