"""Many gifts and several allocators at one pot, with real commits."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from tests.support.at_once import at_once
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, open_fund
from tests.support.giving import attempt, pledge, tell
from tests.support.jobs import run_jobs
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.matching import tasks
from voorjebuurt.matching.live import allocator
from voorjebuurt.matching.models import Fund
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.settings import Settings

WORKERS, EACH = 8, 25
GIFTS = WORKERS * EACH


@pytest.fixture
def scene(fresh_database: Database) -> tuple[UUID, list[UUID]]:
    """A live fund of € 1,000, and four campaigns with an admitted application each."""
    with fresh_database.writing() as session, building_in(session):
        fund = open_fund({"ceiling_cents": 100_000})
        campaigns = [CampaignFactory(status="live") for _ in range(4)]
        for campaign in campaigns:
            ApplicationFactory(fund=fund, campaign=campaign)
    return fund.id, [campaign.id for campaign in campaigns]


def paid_gifts(database: Database, campaign_ids: list[UUID], number: int, cents: int) -> list[UUID]:
    """Payments that are paid and wait for their booking."""
    ids = []
    with database.writing() as session:
        campaigns = [session.get_one(Campaign, campaign_id) for campaign_id in campaign_ids]
        for index in range(number):
            gift = pledge(
                session,
                campaigns[index % len(campaigns)],
                amount_cents=cents,
                tip_cents=0,
                email=f"gever{index}@voorbeeld.example",
            )
            ids.append(tell(session, attempt(session, gift)).id)
        session.execute(text("DELETE FROM procrastinate_jobs"))
    return ids


def book(database: Database, payments: list[UUID]) -> int:
    for payment_id in payments:
        with database.writing() as session:
            book_payment(session, payment_id=payment_id)
    return len(payments)


def state(database: Database, sql: str) -> Any:
    with database.reading() as session:
        return session.scalar(text(sql))


def check_whole(database: Database, *, ceiling: int, gifts: int, cents: int) -> None:
    """The pot, its moves, the matches and the steps tell one story, to the cent."""
    whole = min(ceiling, gifts * cents)
    assert state(database, "SELECT count(*) FROM match_claims") == gifts
    assert state(database, "SELECT count(*) FROM match_steps") == gifts
    assert state(database, "SELECT max(position) FROM match_steps") == gifts
    assert state(database, "SELECT count(DISTINCT accepted_at) FROM match_steps") == gifts
    for sql in (
        "SELECT taken_cents FROM fund_pots",
        "SELECT sum(cents) FROM pot_moves",
        "SELECT sum(match_cents) FROM campaign_matches",
        "SELECT sum(match_cents) FROM match_steps",
    ):
        assert state(database, sql) == whole, sql


def test_two_hundred_gifts_at_once_get_each_cent_once_and_never_pass_the_ceiling(
    fresh_database: Database, settings: Settings, scene: tuple[UUID, list[UUID]]
) -> None:
    """Booked by eight at a time while two allocators run: € 1,000 for € 1,400 of gifts."""
    fund_id, campaign_ids = scene
    payments = paid_gifts(fresh_database, campaign_ids, GIFTS, 700)
    runtime = Runtime(fresh_database, settings)

    def follow() -> str:
        for _ in range(10):
            tasks.allocate(runtime, fund_id=str(fund_id))
        return "followed"

    booking = [
        lambda n=n: book(fresh_database, payments[n * EACH : (n + 1) * EACH])
        for n in range(WORKERS - 2)
    ]
    results = at_once(*booking, follow, follow)
    assert results == [EACH] * (WORKERS - 2) + ["followed"] * 2
    assert book(fresh_database, payments[(WORKERS - 2) * EACH :]) == 2 * EACH
    tasks.allocate(runtime, fund_id=str(fund_id))
    check_whole(fresh_database, ceiling=100_000, gifts=GIFTS, cents=700)


def test_several_allocators_take_each_claim_once(
    fresh_database: Database, settings: Settings, scene: tuple[UUID, list[UUID]]
) -> None:
    fund_id, campaign_ids = scene
    book(fresh_database, paid_gifts(fresh_database, campaign_ids, 40, 500))
    numbers: list[int] = []

    def once() -> str:
        with fresh_database.writing() as session:
            numbers.append(allocator.allocate(session, fund_id=fund_id, limit=15))
        return "done"

    assert at_once(*[once] * 5) == ["done"] * 5
    assert sorted(numbers) == [0, 0, 10, 15, 15]
    check_whole(fresh_database, ceiling=100_000, gifts=40, cents=500)


def test_a_crash_in_the_middle_is_gone_on_with_and_nothing_is_doubled(
    fresh_database: Database, settings: Settings, scene: tuple[UUID, list[UUID]]
) -> None:
    fund_id, campaign_ids = scene
    book(fresh_database, paid_gifts(fresh_database, campaign_ids, 12, 500))

    def crash() -> None:
        with fresh_database.session() as session:
            assert allocator.allocate(session, fund_id=fund_id, limit=5) == 5
            session.flush()
            session.connection().invalidate()  # the process died before its commit

    crash()
    assert state(fresh_database, "SELECT count(*) FROM match_steps") == 0
    with fresh_database.writing() as session:
        allocator.allocate(session, fund_id=fund_id, limit=5)
    crash()
    tasks.allocate(Runtime(fresh_database, settings), fund_id=str(fund_id))
    check_whole(fresh_database, ceiling=100_000, gifts=12, cents=500)


def test_each_booking_brings_its_own_job(
    fresh_database: Database, settings: Settings, scene: tuple[UUID, list[UUID]]
) -> None:
    _, campaign_ids = scene
    book(fresh_database, paid_gifts(fresh_database, campaign_ids, 3, 500))
    assert run_jobs(fresh_database, settings).count("matching.allocate") == 3
    check_whole(fresh_database, ceiling=100_000, gifts=3, cents=500)


def test_a_sweep_makes_up_for_lost_jobs(
    fresh_database: Database, settings: Settings, scene: tuple[UUID, list[UUID]]
) -> None:
    _, campaign_ids = scene
    book(fresh_database, paid_gifts(fresh_database, campaign_ids, 3, 500))
    with fresh_database.writing() as session:
        session.execute(text("DELETE FROM procrastinate_jobs"))
    tasks.sweep_match_claims(Runtime(fresh_database, settings))
    check_whole(fresh_database, ceiling=100_000, gifts=3, cents=500)


def test_gifts_of_a_long_transaction_elsewhere_hold_nobody_up(
    fresh_database: Database, settings: Settings, scene: tuple[UUID, list[UUID]]
) -> None:
    """Somebody's transaction, as one that speaks with the provider, stays open meanwhile."""
    fund_id, campaign_ids = scene
    with fresh_database.session() as other:
        other.scalar(select(Fund.id).where(Fund.id == fund_id).with_for_update(key_share=True))
        other.execute(text("SELECT pg_current_xact_id()"))
        book(fresh_database, paid_gifts(fresh_database, campaign_ids, 3, 500))
        tasks.allocate(Runtime(fresh_database, settings), fund_id=str(fund_id))
        check_whole(fresh_database, ceiling=100_000, gifts=3, cents=500)
        other.rollback()
