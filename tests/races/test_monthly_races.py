"""A monthly gift, when two workers collect at once, and its donor acts at the same moment."""

from collections.abc import Callable
from datetime import date
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.at_once import at_once
from tests.support.deeds_at_once import Alone, Build, no_deadlock
from tests.support.factories.campaigns import CampaignFactory
from tests.support.giving import BOUNDS
from tests.support.monthly import SITE, begun, planned
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.db import Database
from voorjebuurt.payments.models import Payment
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.pledges.monthly import changing
from voorjebuurt.pledges.monthly.collecting import advance, make_collection
from voorjebuurt.pledges.monthly.models import MonthlyCollection, MonthlyGift

JANUARY, FEBRUARY = date(2027, 1, 31), date(2027, 2, 28)


def on(day: date, deed: Callable[[], object]) -> Callable[[], object]:
    """The deed, done on a day: threads have clocks of their own."""

    def run() -> object:
        with clock.at(clock.noon(day)):
            return deed()

    return run


def scene(session: Session) -> tuple[UUID, str, UUID]:
    with clock.at(clock.noon(JANUARY)):
        campaign = CampaignFactory(status="live", deadline_on=date(2027, 6, 30))
        monthly = begun(session, campaign)
        return monthly.id, monthly.token, planned(session, monthly, FEBRUARY).id


def collections(session: Session) -> int:
    statement = select(func.count()).where(Payment.sequence == "recurring")
    return session.scalar(statement) or 0


def test_two_workers_collect_a_month_once(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    monthly_id, _, collection_id = build(scene)
    collect = partial(make_collection, collection_id=collection_id, base_url=SITE, no_answer="back")
    deeds = [alone(collect), alone(collect), alone(partial(advance, monthly_id=monthly_id))]
    results = [*at_once(*[on(FEBRUARY, deed) for deed in (*deeds, *deeds)])]
    no_deadlock(results)
    assert not [result for result in results if isinstance(result, Exception)]
    with fresh_database.reading() as session:
        assert collections(session) == 1
        assert len({result for result in results if result is not None}) == 1


def test_two_workers_announce_a_month_once(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    def begin(session: Session) -> UUID:
        with clock.at(clock.noon(JANUARY)):
            campaign = CampaignFactory(status="live", deadline_on=date(2027, 6, 30))
            return begun(session, campaign).id

    monthly_id = build(begin)
    deed = on(date(2027, 2, 23), alone(partial(advance, monthly_id=monthly_id)))
    assert not [result for result in at_once(deed, deed, deed) if result is not None]
    with fresh_database.reading() as session:
        states = session.scalars(select(MonthlyCollection.state)).all()
        assert sorted(states) == ["arrival", "plan"]


@pytest.mark.parametrize("way", ["stop", "pause", "lower"])
def test_its_donor_acts_while_it_is_collected(
    fresh_database: Database, build: Build, alone: Alone, way: str
) -> None:
    _, token, collection_id = build(scene)
    collect = alone(
        partial(make_collection, collection_id=collection_id, base_url=SITE, no_answer="back")
    )
    acts = {
        "stop": partial(changing.stop, token=token, actor=GUEST),
        "pause": partial(changing.pause, token=token, actor=GUEST),
        "lower": partial(_lower, token=token),
    }
    results = [*at_once(on(FEBRUARY, collect), on(FEBRUARY, alone(acts[way])))]
    no_deadlock(results)
    assert not [result for result in results if isinstance(result, Exception)]
    with fresh_database.snapshot() as session:
        payments = session.scalars(select(Payment).where(Payment.sequence == "recurring")).all()
        row = session.scalars(
            select(MonthlyCollection).where(MonthlyCollection.id == collection_id)
        )
        collection = row.one()
        assert collection.state == ("way" if payments else "skip")
        assert all(
            payment.amount_cents == collection.amount_cents + collection.tip_cents
            for payment in payments
        )
        assert session.scalars(select(MonthlyGift.status)).one() != "first"
        assert all(each.passed for each in check_books(session, in_flight_max_days=10))


def _lower(session: Session, *, token: str) -> None:
    changing.change_amount(
        session,
        token=token,
        amount_cents=1000,
        tip_cents=0,
        consent=False,
        bounds=BOUNDS,
        actor=GUEST,
    )
