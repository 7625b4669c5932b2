"""What the start page of a campaign shows once it is, or was, live."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import url_for
from sqlalchemy.orm import Session

from voorjebuurt.advice.queries import (
    AccountingRow,
    OpenIntention,
    accountings_of_campaign,
    day_of,
    intention_of_campaign,
    situation_of,
)
from voorjebuurt.advice.rules import Advice, Situation, advice_for
from voorjebuurt.campaigns.pages import PageRow
from voorjebuurt.campaigns.rules import PUBLIC, CampaignStatus
from voorjebuurt.campaigns.visits.queries import VisitsOfDays, visits_of
from voorjebuurt.kernel import clock
from voorjebuurt.pledges.comparison.queries import Comparison, comparison_of
from voorjebuurt.pledges.gift_lists.queries import ListedGift, listed_gifts
from voorjebuurt.pledges.queries import CrowdTotal
from voorjebuurt.web.words.advice_labels import ADVICE, waiting_line

LATEST_GIFTS = 3
CHART_DAYS = 14


@dataclass(frozen=True)
class AdviceLink:
    """A thing to do, how many wait for it, and where it is done."""

    advice: Advice
    number: str
    href: str


@dataclass(frozen=True)
class Running:
    """See above. ``comparison`` is there while the campaign runs and has enough like it."""

    situation: Situation
    links: list[AdviceLink]
    gifts: list[ListedGift]
    visits: VisitsOfDays
    comparison: Comparison | None
    accountings: list[AccountingRow]


@dataclass(frozen=True)
class Destinations:
    """What the links of advice lead to."""

    campaign_id: UUID
    accountings: list[AccountingRow]
    intention: OpenIntention | None


def running_of(session: Session, campaign: PageRow | None, total: CrowdTotal) -> Running | None:
    """What the page shows; None for a campaign that was never live."""
    if campaign is None or CampaignStatus(campaign.status) not in PUBLIC:
        return None
    accountings = list(accountings_of_campaign(session, campaign.id))
    intention = intention_of_campaign(session, campaign.id)
    situation = situation_of(session, campaign, total, accountings, intention)
    to_read = Destinations(campaign.id, accountings, intention)
    return Running(
        situation=situation,
        links=[_link(each, situation, to_read) for each in advice_for(situation)],
        gifts=list(listed_gifts(session, campaign.id, limit=LATEST_GIFTS)),
        visits=_visits(session, campaign),
        comparison=_comparison(session, campaign),
        accountings=accountings,
    )


def _link(advice: Advice, situation: Situation, to_read: Destinations) -> AdviceLink:
    of_case: dict[Advice, dict[str, Any]] = {}
    if to_read.accountings:
        of_case[Advice.ACCOUNTING] = {"application_id": to_read.accountings[0].application_id}
    if to_read.intention is not None:
        of_case[Advice.VIEWS] = {"intention_id": to_read.intention.intention_id}
    values = of_case.get(advice, {"campaign_id": to_read.campaign_id})
    href = url_for(ADVICE[advice].endpoint, **values)
    return AdviceLink(advice, waiting_line(advice, situation), href)


def _visits(session: Session, campaign: PageRow) -> VisitsOfDays:
    """The last days, from the first one of the campaign on; once it is over, its last ones."""
    today = clock.today()
    is_live = campaign.status == CampaignStatus.LIVE
    last = today if is_live or campaign.deadline_on is None else min(today, campaign.deadline_on)
    opened_on = clock.local(campaign.opened_at).date() if campaign.opened_at else last
    first = min(last, max(opened_on, last - timedelta(days=CHART_DAYS - 1)))
    return visits_of(session, campaign.id, first=first, last=last)


def _comparison(session: Session, campaign: PageRow) -> Comparison | None:
    if campaign.status != CampaignStatus.LIVE or not campaign.goal_cents:
        return None
    return comparison_of(
        session,
        kind=campaign.kind,
        goal_cents=campaign.goal_cents,
        municipality_id=campaign.municipality_id,
        day=day_of(campaign),
    )
