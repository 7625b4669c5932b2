"""What half of the campaigns that made it had on a day: computed at night, from enough of them."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.places import MunicipalityFactory, NeighbourhoodFactory
from tests.support.factories.pledges import PledgeFactory
from voorjebuurt.kernel import clock
from voorjebuurt.places.models import Municipality
from voorjebuurt.pledges.comparison.models import ComparisonPoint
from voorjebuurt.pledges.comparison.queries import Comparison, comparison_of
from voorjebuurt.pledges.comparison.rules import FEWEST, Size, size_of
from voorjebuurt.pledges.comparison.service import renew_comparison

GOAL = 100_000


@pytest.fixture
def town(session: Session) -> Municipality:
    return MunicipalityFactory()


def winner(
    town: Municipality, gifts: dict[int, int], *, goal: int = GOAL, days: int = 30, **fields: object
) -> None:
    """A campaign that made it; ``gifts`` are cents by its day."""
    opened_at = clock.now() - timedelta(days=days + 10)
    neighbourhood = NeighbourhoodFactory(municipality=town)
    values = {"status": "succeeded", "decided_at": clock.now() - timedelta(days=5), **fields}
    campaign = CampaignFactory(
        neighbourhood=neighbourhood,
        opened_at=opened_at,
        deadline_on=clock.local(opened_at).date() + timedelta(days=days - 1),
        goal_cents=goal,
        minimum_cents=goal // 2,
        **values,
    )
    for day, cents in gifts.items():
        PledgeFactory(campaign=campaign, amount_cents=cents, booked_at=on_day(opened_at, day))


def on_day(opened_at: datetime, day: int) -> datetime:
    return clock.noon(clock.local(opened_at).date() + timedelta(days=day - 1))


def comparison_in(
    session: Session, town: Municipality, day: int, goal: int = GOAL
) -> Comparison | None:
    return comparison_of(
        session, kind="all_or_nothing", goal_cents=goal, municipality_id=town.id, day=day
    )


def test_the_middle_one_of_enough_campaigns_alike(session: Session, town: Municipality) -> None:
    for cents in (10_000, 20_000, 41_900, 60_000, 90_000):
        winner(town, {1: cents // 2, 10: cents - cents // 2, 11: 1_000})
    renew_comparison(session)
    assert comparison_in(session, town, 10) == Comparison(10, 5, 41, is_near=True, is_alike=True)
    assert comparison_in(session, town, 9) == Comparison(9, 5, 20, is_near=True, is_alike=True)
    assert comparison_in(session, town, 30) == Comparison(30, 5, 42, is_near=True, is_alike=True)
    assert comparison_in(session, town, 31) is None


def test_too_few_say_nothing(session: Session, town: Municipality) -> None:
    for _ in range(FEWEST - 1):
        winner(town, {1: 50_000})
    renew_comparison(session)
    assert comparison_in(session, town, 1) is None


def test_with_too_few_alike_it_looks_further_and_says_so(
    session: Session, town: Municipality
) -> None:
    for _ in range(2):
        winner(town, {1: 50_000})
    for _ in range(3):
        winner(MunicipalityFactory(), {1: 30_000})
    for _ in range(2):
        winner(town, {1: 900_000}, goal=1_000_000)
    renew_comparison(session)
    alike = comparison_in(session, town, 1)
    assert alike == Comparison(1, 5, 30, is_near=False, is_alike=True)
    any_size = comparison_in(session, town, 1, goal=2_000_000)
    assert any_size == Comparison(1, 7, 50, is_near=False, is_alike=False)


def test_what_did_not_make_it_or_is_long_ago_or_went_back_does_not_count(
    session: Session, town: Municipality
) -> None:
    for _ in range(FEWEST):
        winner(town, {1: 50_000})
    renew_comparison(session)
    first = comparison_in(session, town, 1)
    winner(town, {1: 100_000}, status="failed")
    winner(town, {1: 100_000}, decided_at=clock.now() - timedelta(days=4 * 365))
    winner(town, {1: 100_000}, kind="keep_what_comes")
    renew_comparison(session)
    assert comparison_in(session, town, 1) == first
    opened_at = clock.now() - timedelta(days=40)
    campaign = CampaignFactory(
        neighbourhood=NeighbourhoodFactory(municipality=town),
        status="paid_out",
        opened_at=opened_at,
        decided_at=clock.now(),
        goal_cents=GOAL,
        minimum_cents=1,
    )
    PledgeFactory(
        campaign=campaign,
        amount_cents=100_000,
        booked_at=on_day(opened_at, 1),
        status="refunded",
        refund_reason="donor",
    )
    renew_comparison(session)
    point = comparison_in(session, town, 1)
    assert point is not None
    assert (point.campaigns, point.percent) == (6, 50)


def test_computing_it_again_leaves_nothing_double(session: Session, town: Municipality) -> None:
    for _ in range(FEWEST):
        winner(town, {1: 50_000})
    numbers = []
    for _ in range(2):
        renew_comparison(session)
        numbers.append(session.scalar(select(func.count(ComparisonPoint.id))))
    assert numbers == [90, 90]


def test_another_town_is_not_this_one(session: Session, town: Municipality) -> None:
    for _ in range(FEWEST):
        winner(town, {1: 50_000})
    renew_comparison(session)
    elsewhere = comparison_of(
        session, kind="all_or_nothing", goal_cents=GOAL, municipality_id=uuid4(), day=1
    )
    assert elsewhere is not None
    assert not elsewhere.is_near


@pytest.mark.parametrize(
    ("cents", "size"),
    [
        (249_999, Size.SMALL),
        (250_000, Size.MIDDLE),
        (999_999, Size.MIDDLE),
        (1_000_000, Size.LARGE),
    ],
)
def test_sizes_have_their_bounds(cents: int, size: Size) -> None:
    assert size_of(cents) is size
