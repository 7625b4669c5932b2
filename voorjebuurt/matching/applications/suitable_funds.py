"""Which funds fit a campaign, why others don't, and what one could mean for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.matching.applications.eligibility import campaign_area, current_version, why_not
from voorjebuurt.matching.funds.states import FundStatus
from voorjebuurt.matching.models import Fund, FundVersion
from voorjebuurt.places.figures import area_facts
from voorjebuurt.rulebook.evaluation import evaluate
from voorjebuurt.rulebook.values import jsontext
from voorjebuurt.rulebook.values.jsontext import Json

EXAMPLE_GIFT_CENTS = 2_500

MOST_EXAMPLE_DONORS = 1_000
"""An example needs no more: each is a gift that the engine reads while somebody waits."""


@dataclass(frozen=True)
class Fit:
    """A fund beside a campaign. ``refusal`` is the code of why it can't apply now.

    ``example_donors`` neighbours who each give ``EXAMPLE_GIFT_CENTS`` would make a claim of
    ``example_cents``: what could be claimed, before the pot is divided. Zero for a campaign
    that has no goal yet.
    """

    fund: Fund
    version: FundVersion
    refusal: str | None
    example_donors: int
    example_cents: int


def fits(session: Session, campaign_id: UUID) -> Sequence[Fit]:
    """The open funds of a campaign's municipality: those it can apply to first."""
    campaign = session.get_one(Campaign, campaign_id)
    if campaign.neighbourhood_id is None:
        return []
    funds = session.scalars(
        select(Fund)
        .where(Fund.municipality_id == campaign.municipality_id, Fund.status == FundStatus.OPEN)
        .order_by(Fund.closes_at, Fund.id)
    )
    results = [_fit(session, campaign, fund) for fund in funds]
    return sorted(results, key=lambda result: result.refusal is not None)


def fit(session: Session, *, campaign_id: UUID, fund_id: UUID) -> Fit | None:
    """One fund beside a campaign; None for one that is not open, or of another municipality."""
    return next(
        (result for result in fits(session, campaign_id) if result.fund.id == fund_id), None
    )


def _fit(session: Session, campaign: Campaign, fund: Fund) -> Fit:
    version = current_version(session, fund.id)
    half_of_goal = (campaign.goal_cents or 0) // 2
    donors = min(max(1, half_of_goal // EXAMPLE_GIFT_CENTS), MOST_EXAMPLE_DONORS)
    return Fit(
        fund=fund,
        version=version,
        refusal=why_not(session, campaign=campaign, fund=fund),
        example_donors=donors,
        example_cents=_example(session, campaign, jsontext.parse(version.rules), donors)
        if campaign.goal_cents
        else 0,
    )


def _example(session: Session, campaign: Campaign, rules: Json, donors: int) -> int:
    """The claim when neighbours give half of the goal, in eurocents, by the engine itself."""
    code = campaign_area(session, campaign).code
    indicator = (rules.get("equity") or {}).get("indicator")
    indicators = (indicator,) if indicator else ()
    now = clock.now()
    gifts: list[Json] = [
        {
            "donor": str(number),
            "amount_cents": EXAMPLE_GIFT_CENTS,
            "area": code,
            # A live rule wants to know when each gift was taken; any order will do here.
            "paid_at": now.replace(microsecond=number).isoformat(),
        }
        for number in range(donors)
    ]
    facts: Json = {
        "applications": [
            {
                "id": "example",
                "received_at": now.isoformat(),
                "goal_cents": campaign.goal_cents,
                "area": {code: 1},
                "theme": campaign.theme,
                "first_time": True,
                "contributions": gifts,
            }
        ],
        "areas": area_facts(session, codes=[code], indicators=indicators),
        "lottery_seed": "example",
    }
    return evaluate(rules, facts, indicators=indicators).claims["example"]


@dataclass(frozen=True)
class PaperFit:
    """A fund beside a campaign whose application came on paper. ``refusal`` as in ``Fit``."""

    fund: Fund
    refusal: str | None


def paper_fits(session: Session, campaign_id: UUID) -> Sequence[PaperFit]:
    """The funds that took applications and are not divided yet: those it can apply to first."""
    campaign = session.get_one(Campaign, campaign_id)
    if campaign.neighbourhood_id is None:
        return []
    states = [FundStatus.OPEN.value, FundStatus.CLOSED.value]
    funds = session.scalars(
        select(Fund)
        .where(Fund.municipality_id == campaign.municipality_id, Fund.status.in_(states))
        .order_by(Fund.closes_at, Fund.id)
    )
    results = [
        PaperFit(fund, why_not(session, campaign=campaign, fund=fund, came_at=fund.opens_at))
        for fund in funds
    ]
    return sorted(results, key=lambda result: result.refusal is not None)
