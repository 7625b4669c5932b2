"""Which funds fit a campaign, why others don't, and what one could mean for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import fund_free
from voorjebuurt.matching.applications.eligibility import (
    campaign_area,
    current_version,
    is_first_time,
    why_not,
)
from voorjebuurt.matching.facts.gifts import counted_gifts
from voorjebuurt.matching.funds.ceilings import left_below
from voorjebuurt.matching.funds.states import FundStatus
from voorjebuurt.matching.models import Fund, FundPot, FundVersion
from voorjebuurt.places.figures import area_facts
from voorjebuurt.pledges.closing import raised
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import MatchStatus
from voorjebuurt.rulebook.evaluation import evaluate
from voorjebuurt.rulebook.facts import Gift
from voorjebuurt.rulebook.values import jsontext
from voorjebuurt.rulebook.values.jsontext import Json

EXAMPLE_GIFT_CENTS = 2_500

MOST_EXAMPLE_DONORS = 1_000
"""An example needs no more: each is a gift that the engine reads while somebody waits."""


@dataclass(frozen=True)
class Fit:
    """A fund beside a campaign (eurocents). ``refusal`` is the code of why it can't apply now.

    The campaign has ``given_cents`` of the crowd. ``example_donors`` more neighbours who each give
    ``EXAMPLE_GIFT_CENTS`` would make a claim of ``example_cents``, at most ``left_cents``, which is
    what the fund can still give: what could be claimed now, before the pot is divided. Zero for a
    campaign that has no goal yet.
    """

    fund: Fund
    version: FundVersion
    refusal: str | None
    given_cents: int
    example_donors: int
    example_cents: int
    left_cents: int


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
    gifts = [gift for _, gift in counted_gifts(session, campaign.id).values()]
    given_cents = sum(gift.amount_cents for gift in gifts)
    half_of_rest = max(0, (campaign.goal_cents or 0) - given_cents) // 2
    donors = min(max(1, half_of_rest // EXAMPLE_GIFT_CENTS), MOST_EXAMPLE_DONORS)
    left_cents = _left(session, campaign, fund)
    claim_cents = _claim(session, campaign, fund, version, gifts, donors)
    return Fit(
        fund=fund,
        version=version,
        refusal=why_not(session, campaign=campaign, fund=fund),
        given_cents=given_cents,
        example_donors=donors,
        example_cents=min(claim_cents, left_cents),
        left_cents=left_cents,
    )


def _left(session: Session, campaign: Campaign, fund: Fund) -> int:
    """What the fund could give to who applies now: under its ceiling, paid in, and to the goal."""
    pot = session.get_one(FundPot, fund.id)
    left_cents = left_below(session, pot, pot.ceiling_cents)
    if fund.prepaid and fund.live:
        # One that divides later may be paid in before that.
        left_cents = min(left_cents, balance(session, fund_free(fund.id)))
    others = select(func.coalesce(func.sum(CampaignMatch.match_cents), 0)).where(
        CampaignMatch.campaign_id == campaign.id,
        CampaignMatch.status != MatchStatus.RELEASED,
        CampaignMatch.fund_id != fund.id,
    )
    if other_cents := session.scalar(others):
        room_cents = (campaign.goal_cents or 0) - raised(session, campaign.id) - int(other_cents)
        left_cents = min(left_cents, room_cents)
    return max(0, left_cents)


def _claim(
    session: Session,
    campaign: Campaign,
    fund: Fund,
    version: FundVersion,
    gifts_so_far: Sequence[Gift],
    donors: int,
) -> int:
    """The claim when so many more neighbours give, in eurocents, by the engine itself."""
    if not campaign.goal_cents:
        return 0
    rules: Json = jsontext.parse(version.rules)
    code = campaign_area(session, campaign).code
    indicator = (rules.get("equity") or {}).get("indicator")
    indicators = (indicator,) if indicator else ()
    now = clock.now()
    more = [Gift(f"example:{number}", EXAMPLE_GIFT_CENTS, code) for number in range(donors)]
    gifts: list[Json] = [
        {
            "donor": gift.donor,
            "amount_cents": gift.amount_cents,
            "matchable": gift.matchable,
            # A live rule wants to know when each gift was taken; any order will do here.
            "paid_at": (now + timedelta(microseconds=number)).isoformat(),
            **({"area": gift.area} if gift.area else {}),
        }
        for number, gift in enumerate((*gifts_so_far, *more))
    ]
    facts: Json = {
        "applications": [
            {
                "id": "example",
                "received_at": now.isoformat(),
                "goal_cents": campaign.goal_cents,
                "area": {code: 1},
                "theme": campaign.theme,
                "first_time": is_first_time(session, campaign, fund),
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
