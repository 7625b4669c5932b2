"""Awards that were sent, with what holds of them now: one statement, however many there are."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.rules.kinds import GRANTS, DecisionStatus
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.pledges.models import CampaignMatch
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
