"""Jobs in this process: with the facts they follow from, in order, again after a failure."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from tests.support.jobs import run_and_report, run_jobs
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import TASKS, RetryLaterError, Runtime, Task
from voorjebuurt.settings import Settings


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The arguments of every call of the tasks ``test.note``, ``test.fail`` and ``test.later``."""
    calls: list[Any] = []

    def note(runtime: Runtime, **arguments: Any) -> None:
        calls.append((clock.now(), arguments))
        if arguments.get("chain"):
            with runtime.database.writing() as session:
                jobs.defer(session, "test.note", number=arguments["chain"])

    def fail(runtime: Runtime) -> None:
        calls.append("fail")
        raise RuntimeError("broken")

    def later(runtime: Runtime) -> None:
        calls.append("later")
        raise RetryLaterError("busy", seconds=600)

    for name, function, attempts in (("note", note, 3), ("fail", fail, 2), ("later", later, 2)):
        monkeypatch.setitem(TASKS, f"test.{name}", Task(f"test.{name}", function, None, attempts))
    return calls


def test_a_job_exists_only_when_its_transaction_commits(
    fresh_database: Database, settings: Settings, calls: list[Any]
) -> None:
    with pytest.raises(ValueError, match="no"), fresh_database.writing() as session:
        jobs.defer(session, "test.note", number=1)
        raise ValueError("no")
    assert run_jobs(fresh_database, settings) == []
    with fresh_database.writing() as session:
        jobs.defer(session, "test.note", number=2)
    assert run_jobs(fresh_database, settings) == ["test.note"]
    assert [arguments for _, arguments in calls] == [{"number": 2}]


def test_what_a_job_defers_runs_too(
    fresh_database: Database, settings: Settings, calls: list[Any]
) -> None:
    with fresh_database.writing() as session:
        jobs.defer(session, "test.note", chain=7)
    assert run_jobs(fresh_database, settings) == ["test.note", "test.note"]


def test_a_job_for_later_waits_for_its_moment_and_sees_the_moved_clock(
    fresh_database: Database, settings: Settings, calls: list[Any]
) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    with fresh_database.writing() as session:
        jobs.defer(session, "test.note", at=tomorrow, number=3)
    assert run_jobs(fresh_database, settings) == []
    with clock.at(tomorrow):
        assert run_jobs(fresh_database, settings) == ["test.note"]
    assert calls == [(tomorrow, {"number": 3})]


def test_a_queueing_lock_lets_one_wait_and_leaves_the_transaction_whole(
    fresh_database: Database, settings: Settings
) -> None:
    with fresh_database.writing() as session:
        assert jobs.defer(session, "mail.sweep", queueing_lock="one")
        assert not jobs.defer(session, "mail.sweep", queueing_lock="one")
        assert session.execute(text("SELECT count(*) FROM procrastinate_jobs")).scalar() == 1


def test_a_failed_job_is_tried_again_and_then_raises_an_alert(
    fresh_database: Database, settings: Settings, calls: list[Any]
) -> None:
    with fresh_database.writing() as session:
        jobs.defer(session, "test.fail")
    with pytest.raises(RuntimeError, match="broken"):
        run_jobs(fresh_database, settings)
    assert run_jobs(fresh_database, settings) == []
    with clock.at(clock.now() + timedelta(seconds=6)):
        [last] = run_and_report(fresh_database, settings)
    assert (last.task, last.again) == ("test.fail", False)
    with fresh_database.reading() as session:
        kind, detail = session.execute(text("SELECT kind, detail FROM alerts")).one()
        status = session.execute(text("SELECT status FROM procrastinate_jobs")).scalar()
    assert (kind, detail["task"], status) == ("job_failed", "test.fail", "failed")
    assert calls == ["fail", "fail"]


def test_asked_to_come_back_later_is_no_failure(
    fresh_database: Database, settings: Settings, calls: list[Any]
) -> None:
    with fresh_database.writing() as session:
        jobs.defer(session, "test.later")
    [first] = run_and_report(fresh_database, settings)
    assert first.again
    with clock.at(clock.now() + timedelta(seconds=599)):
        assert run_and_report(fresh_database, settings) == []
    with clock.at(clock.now() + timedelta(seconds=602)):
        [second] = run_and_report(fresh_database, settings)
    assert second.again
    with fresh_database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM alerts")).scalar() == 0


def test_little_work_takes_little_time(
    fresh_database: Database, settings: Settings, calls: list[Any]
) -> None:
    with fresh_database.writing() as session:
        for number in range(5):
            jobs.defer(session, "test.note", number=number)
    run_jobs(fresh_database, settings)
    assert [arguments["number"] for _, arguments in calls] == [0, 1, 2, 3, 4]
