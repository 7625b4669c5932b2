"""Every five minutes officers are mailed what is new, without reading all work each time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.support.certain import certain
from tests.support.factories.base import building_in
from tests.support.factories.towns import Town, town, town_divided
from tests.support.statements import statements
from voorjebuurt.decisions import tasks
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.mail.cadences import Cadence
from voorjebuurt.mail.choices import choose_cadences
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.settings import Settings

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
FIVE = timedelta(minutes=5)


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def runtime(fresh_database: Database, settings: Settings) -> Runtime:
    return Runtime(fresh_database, settings)


@pytest.fixture
def case(fresh_database: Database) -> Town:
    with fresh_database.writing() as session, building_in(session):
        return town_divided(session)


def sweep(runtime: Runtime, turn: int) -> list[str]:
    """The sweep of so many times five minutes after the beginning: what it asked the database."""
    with clock.at(NOW + turn * FIVE), statements() as texts:
        tasks.mail_officers(runtime)
    return texts


def reads_work(texts: list[str]) -> bool:
    return any("FROM applications" in text for text in texts)


def mailed(database: Database) -> int:
    with database.reading() as session:
        statement = select(MailMessage.id).where(MailMessage.template == "officer_news")
        return len(session.scalars(statement).all())


def test_work_is_read_once_when_nothing_happens_and_again_within_an_hour(
    runtime: Runtime, case: Town
) -> None:
    assert reads_work(sweep(runtime, 1))
    quiet = [sweep(runtime, turn) for turn in range(2, 12)]
    assert not any(map(reads_work, quiet))
    assert max(map(len, quiet)) <= 8, "however many officers and municipalities there are"
    assert reads_work(sweep(runtime, 14)), "for what no event tells"


def test_what_happened_just_now_is_looked_at_once_more(runtime: Runtime, case: Town) -> None:
    """A transaction that began earlier may have written another event, and commit later."""
    assert reads_work(sweep(runtime, 0))
    assert reads_work(sweep(runtime, 1))
    assert not reads_work(sweep(runtime, 2))


def test_a_proposal_is_mailed_by_the_next_sweep(
    runtime: Runtime, case: Town, fresh_database: Database
) -> None:
    for turn in (1, 2):
        sweep(runtime, turn)
    with clock.at(NOW + 3 * FIVE), fresh_database.writing() as session, building_in(session):
        case.propose(session, "award", 50_000)
    assert mailed(fresh_database) == 0
    assert reads_work(sweep(runtime, 4))
    assert mailed(fresh_database) == 1


def test_who_was_mailed_or_wants_nothing_at_once_costs_no_look(
    runtime: Runtime, case: Town, fresh_database: Database
) -> None:
    with fresh_database.writing() as session, building_in(session):
        case.propose(session, "award", 50_000)
        for actor in (case.olga, case.piet):
            choose_cadences(
                session,
                person_id=certain(actor.person_id),
                cadences={"proposal": Cadence.DAILY},
                actor=actor,
            )
    assert not reads_work(sweep(runtime, 1))
    with fresh_database.writing() as session, building_in(session):
        town(session)
    assert reads_work(sweep(runtime, 2)), "officers of another municipality"
