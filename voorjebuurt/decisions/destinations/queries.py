"""Rows behind the figures across funds: one statement each, however much there is."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, bindparam, case, column, func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.rules.kinds import GRANTS, DecisionStatus
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.pledges.models import CampaignMatch, Pledge
from voorjebuurt.pledges.queries import COUNTS, DONORS
from voorjebuurt.pledges.rules import DECIDED_MATCH


class AwardedRow(NamedTuple):
    """An application that an award was sent for (eurocents).

    ``net_cents`` is what holds of it now: nothing where it was revoked, lowered to nothing, or
    ended with its campaign, also when it was opened again since and nobody decided yet. ``areas``
    are shares as exact text by code. ``awarded_at``: when the last award was sent.
    """

    application_id: UUID
    campaign_id: UUID
    fund_id: UUID
    fund: str
    awarded_at: datetime
    net_cents: int
    match: str
    campaign: str
    areas: Mapping[str, str]


class Gifts(NamedTuple):
    """The gifts that count of some campaigns: how many, of how many donors, and the middle one."""

    gifts: int
    donors: int
    median_cents: int


_last_awards = (
    select(Decision.application_id, func.max(Decision.sent_at).label("at"))
    .where(
        Decision.status == DecisionStatus.SENT,
        Decision.kind.in_([kind.value for kind in GRANTS]),
    )
    .group_by(Decision.application_id)
)


def awarded_rows(
    session: Session, *, municipality_id: UUID, fund_id: UUID | None = None
) -> Sequence[AwardedRow]:
    """Everything that was awarded in a municipality or by one fund of it, the earliest first."""
    awards = _last_awards.where(Decision.municipality_id == municipality_id)
    if fund_id is not None:
        awards = awards.where(Decision.fund_id == fund_id)
    last = awards.subquery()
    is_decided = CampaignMatch.status.in_(sorted(DECIDED_MATCH))
    statement = (
        select(
            Application.id,
            Application.campaign_id,
            Application.fund_id,
            Fund.name,
            last.c.at,
            case((is_decided, CampaignMatch.net_cents), else_=0),
            CampaignMatch.status,
            Campaign.status,
            Application.areas,
        )
        .join(last, last.c.application_id == Application.id)
        .join(CampaignMatch, CampaignMatch.application_id == Application.id)
        .join(Campaign, Campaign.id == Application.campaign_id)
        .join(Fund, Fund.id == Application.fund_id)
        .order_by(last.c.at, Application.id)
    )
    return [AwardedRow._make(row) for row in session.execute(statement)]


def crowd_of(session: Session, campaign_ids: Collection[UUID]) -> dict[UUID, int]:
    """What residents gave to each of these campaigns and did not get back (eurocents)."""
    statement = (
        select(Pledge.campaign_id, func.sum(Pledge.amount_cents))
        .where(COUNTS, Pledge.campaign_id == func.any(_ids(campaign_ids)))
        .group_by(Pledge.campaign_id)
    )
    return {key: int(cents) for key, cents in session.execute(statement)}


def gifts_of(session: Session, groups: Mapping[str, Collection[UUID]]) -> dict[str, Gifts]:
    """By group of campaigns; a group without a gift is left out. Who gave twice is one donor."""
    pairs = [(key, campaign_id) for key, ids in groups.items() for campaign_id in ids]
    if not pairs:
        return {}
    keys = bindparam("keys", [key for key, _ in pairs], type_=ARRAY(Text))
    members = (
        func.unnest(keys, _ids([campaign_id for _, campaign_id in pairs]))
        .table_valued(column("key", Text), column("campaign_id", Uuid), name="members")
        .render_derived()
    )
    middle = func.percentile_disc(0.5).within_group(Pledge.amount_cents)
    statement = (
        select(members.c.key, func.count(), DONORS, middle)
        .join(Pledge, Pledge.campaign_id == members.c.campaign_id)
        .where(COUNTS)
        .group_by(members.c.key)
    )
    return {key: Gifts(*numbers) for key, *numbers in session.execute(statement)}


def _ids(campaign_ids: Collection[UUID]) -> object:
    """As one value: a statement with a name for each of thousands is slow to make."""
    return bindparam(None, list(campaign_ids), type_=ARRAY(Uuid), unique=True)
