"""The background work on payments: what makes up for lost jobs, and what is tried again when."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.fake_provider import FakeProvider
from tests.support.giving import alerts, attempt, give_back, jobs_of, paid, pledge, tell
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import RetryLaterError, Runtime
from voorjebuurt.payments import tasks
from voorjebuurt.payments.gateway import (
    GatewayBusyError,
    GatewayError,
    GatewayNotFoundError,
    GatewayUnauthorizedError,
)
from voorjebuurt.payments.models import Payment
from voorjebuurt.settings import Settings


@pytest.fixture
def runtime(fresh_database: Database, settings: Settings) -> Runtime:
    return Runtime(fresh_database, settings)


def lose_all_jobs(database: Database) -> None:
    with database.writing() as session:
        session.execute(text("DELETE FROM procrastinate_events"))
        session.execute(text("DELETE FROM procrastinate_jobs"))


@contextmanager
def later(**delay: float) -> Iterator[None]:
    with clock.at(clock.now() + timedelta(**delay)):
        yield


def waiting(database: Database, task: str) -> int:
    with database.reading() as session:
        return jobs_of(session, task)


def test_a_payment_whose_booking_was_lost_is_booked_by_the_sweep(runtime: Runtime) -> None:
    database = runtime.database
    with database.writing() as session, building_in(session):
        tell(session, attempt(session, pledge(session, CampaignFactory(status="live"))))
    lose_all_jobs(database)
    with later(minutes=9):
        tasks.sweep(runtime)
    assert waiting(database, "pledges.book_payment") == 0
    with later(minutes=11):
        tasks.sweep(runtime)
        tasks.sweep(runtime)
    assert waiting(database, "pledges.book_payment") == 1


def test_a_refund_whose_sending_was_lost_is_sent_by_the_sweep(runtime: Runtime) -> None:
    database = runtime.database
    with database.writing() as session, building_in(session):
        gift, _ = paid(session, CampaignFactory(status="live"))
        give_back(session, gift)
    lose_all_jobs(database)
    with later(minutes=29):
        tasks.sweep(runtime)
    assert waiting(database, "payments.send_refund") == 0
    with later(minutes=31):
        tasks.sweep(runtime)
        tasks.sweep(runtime)
    assert waiting(database, "payments.send_refund") == 1


@pytest.mark.parametrize(
    ("error", "seconds", "kinds"),
    [
        (GatewayBusyError("429 Too Many Requests", seconds=7), 7, []),
        (GatewayUnauthorizedError("401 Unauthorized"), 600, ["gateway_unauthorized"]),
        (GatewayNotFoundError("404 No payment exists"), None, []),
    ],
)
def test_what_the_provider_can_not_do_now_is_tried_again(
    runtime: Runtime,
    monkeypatch: pytest.MonkeyPatch,
    error: GatewayError,
    seconds: int | None,
    kinds: list[str],
) -> None:
    with runtime.database.writing() as session, building_in(session):
        _, payment = paid(session, CampaignFactory(status="live"))
    provider = FakeProvider()

    def fail(_: str) -> None:
        raise error

    def gateway_of(_: Settings, __: Payment) -> FakeProvider:
        return provider

    monkeypatch.setattr(provider, "payment", fail)
    monkeypatch.setattr(tasks, "gateway_of", gateway_of)
    for _ in range(2):
        with pytest.raises(RetryLaterError) as retry:
            tasks.sync(runtime, payment_id=str(payment.id))
        assert retry.value.seconds == seconds
    with runtime.database.reading() as session:
        assert alerts(session) == kinds, "told once a day"
