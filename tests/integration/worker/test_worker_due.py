"""Letting a moment come: ``run_due`` and the command ``voorjebuurt due``."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from tests.support.sandbox_process import SandboxProcess
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import QUEUE, TASKS, Runtime, Task
from voorjebuurt.local.cli.due import command
from voorjebuurt.settings import Settings
from voorjebuurt.worker.due import run_due
from voorjebuurt.worker.due_lock import DueError, due_lock

AT = datetime(2027, 1, 31, 11, 0, tzinfo=UTC)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, datetime]]:
    """Only two tasks exist: a sweep that finds one thing to do, once, and the job that does it."""
    deeds: list[tuple[str, datetime]] = []

    def sweep(runtime: Runtime) -> None:
        with runtime.database.writing() as session:
            if clock.now() >= AT and "close" not in [name for name, _ in deeds]:
                jobs.defer(session, "test.close", number=1)
        deeds.append(("sweep", clock.now()))

    def close(runtime: Runtime, number: int) -> None:
        deeds.append(("close", clock.now()))
        with runtime.database.writing() as session:
            jobs.defer(session, "test.remind", at=clock.now() + timedelta(days=3))

    def fail(runtime: Runtime) -> None:
        raise RuntimeError("broken")

    def remind(runtime: Runtime) -> None:
        deeds.append(("remind", clock.now()))

    for name in list(TASKS):
        monkeypatch.delitem(TASKS, name)
    tasks = (("sweep", sweep, "* * * * *"), ("close", close, None), ("fail", fail, None))
    for name, function, cron in (*tasks, ("remind", remind, None)):
        monkeypatch.setitem(TASKS, f"test.{name}", Task(f"test.{name}", function, cron, 3))
    return deeds


class Waiting(NamedTuple):
    """A job that was not begun."""

    task_name: str
    queue_name: str
    scheduled_at: datetime


def waiting(database: Database) -> list[Waiting]:
    with database.reading() as session:
        statement = "SELECT task_name, queue_name, scheduled_at FROM procrastinate_jobs"
        rows = session.execute(text(f"{statement} WHERE status = 'todo' ORDER BY id"))
        return [Waiting(*row) for row in rows]


def test_the_books_are_checked_when_all_else_is_done(
    fresh_database: Database,
    settings: Settings,
    world: list[tuple[str, datetime]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else money whose arrival is heard of in the same leap is on its way for weeks."""

    def check(runtime: Runtime) -> None:
        world.append(("check", clock.now()))

    name = "payouts.check_books"
    monkeypatch.setitem(TASKS, name, Task(name, check, "* * * * *", 3))
    ran = run_due(Runtime(fresh_database, settings), AT)
    assert [name for name, _ in world] == ["sweep", "close", "sweep", "check"]
    assert ran[-1].what == "payouts.check_books()"


def test_sweeps_and_what_follows_from_them_run_at_that_moment(
    fresh_database: Database, settings: Settings, world: list[tuple[str, datetime]]
) -> None:
    ran = run_due(Runtime(fresh_database, settings), AT)
    assert [job.what for job in ran] == ["test.sweep()", "test.close(number=1)"]
    assert {moment for _, moment in world} == {AT}
    assert [name for name, _ in world] == ["sweep", "close", "sweep"]


def test_what_waits_in_the_present_is_done_before_the_timetable_looks(
    fresh_database: Database, settings: Settings, world: list[tuple[str, datetime]]
) -> None:
    """Else news of a minute ago is a month late in the eyes of a check, and alarms."""
    with fresh_database.writing() as session:
        jobs.defer(session, "test.close", number=2)
    run_due(Runtime(fresh_database, settings), AT)
    assert [name for name, _ in world][:2] == ["close", "sweep"]


def test_what_is_planned_for_later_stays_planned(
    fresh_database: Database, settings: Settings, world: list[tuple[str, datetime]]
) -> None:
    run_due(Runtime(fresh_database, settings), AT)
    assert waiting(fresh_database) == [("test.remind", QUEUE, AT + timedelta(days=3))]
    ran = run_due(Runtime(fresh_database, settings), AT + timedelta(days=3))
    assert "test.remind()" in [job.what for job in ran]


def test_jobs_that_waited_already_are_taken_along_and_the_rest_is_left(
    fresh_database: Database, settings: Settings, world: list[tuple[str, datetime]]
) -> None:
    with fresh_database.writing() as session:
        jobs.defer(session, "test.remind", at=AT - timedelta(hours=1))
        jobs.defer(session, "test.remind", at=AT + timedelta(hours=1))
    ran = run_due(Runtime(fresh_database, settings), AT - timedelta(minutes=1))
    assert [job.what for job in ran] == ["test.sweep()", "test.remind()"]
    assert [job.scheduled_at for job in waiting(fresh_database)] == [AT + timedelta(hours=1)]


def test_a_worker_leaves_jobs_of_a_moved_clock_alone(
    fresh_database: Database, settings: Settings, world: list[tuple[str, datetime]]
) -> None:
    with clock.at(AT), fresh_database.writing() as session:
        jobs.defer(session, "test.remind")
    with fresh_database.reading() as session:
        queue = session.execute(text("SELECT queue_name FROM procrastinate_jobs")).scalar()
    assert queue != QUEUE


def test_a_failure_is_told_and_tried_again_soon_in_the_present(
    fresh_database: Database, settings: Settings, world: list[tuple[str, datetime]]
) -> None:
    with fresh_database.writing() as session:
        jobs.defer(session, "test.fail")
    ran = run_due(Runtime(fresh_database, settings), AT)
    [failure] = [job for job in ran if job.error is not None]
    assert (failure.task, str(failure.error), failure.again) == ("test.fail", "broken", True)
    retry = next(job for job in waiting(fresh_database) if job.task_name == "test.fail")
    assert retry.queue_name == QUEUE
    assert abs(retry.scheduled_at - clock.now()) < timedelta(minutes=1)


def test_what_was_killed_is_taken_up_by_the_next_run(
    fresh_database: Database, settings: Settings, world: list[tuple[str, datetime]]
) -> None:
    """Its job counts as begun, its lock is held, and its worker was heard of a moment ago."""
    with clock.at(AT), fresh_database.writing() as session:
        jobs.defer(session, "test.remind", lock="one")
        jobs.defer(session, "test.close", lock="one", number=1)
    with fresh_database.writing() as session:
        worker = session.execute(text("SELECT procrastinate_register_worker_v1()")).scalar()
        fetch = text("SELECT id FROM procrastinate_fetch_job_v2(NULL, :worker)")
        assert session.execute(fetch, {"worker": worker}).scalar() is not None
    ran = run_due(Runtime(fresh_database, settings), AT)
    assert {"test.remind()", "test.close(number=1)"} <= {job.what for job in ran}


def test_two_runs_do_not_move_one_clock(
    fresh_database: Database, settings: Settings, world: list[tuple[str, datetime]]
) -> None:
    with due_lock(Runtime(fresh_database, settings)), pytest.raises(DueError, match="at work"):
        run_due(Runtime(fresh_database, settings), AT)
    assert world == []
    run_due(Runtime(fresh_database, settings), AT)


@pytest.fixture
def run(fresh_database_url: str, tmp_path: Path) -> Callable[..., Result]:
    """Runs the command against this test's database, as in ``make run``."""

    def invoke(*arguments: str, **environment: Any) -> Result:
        variables = {
            "VJB_ENV": "test",
            "VJB_HOME": str(tmp_path),
            "DATABASE_URL": fresh_database_url,
            "MOLLIE_API_KEY": "",
            "VJB_SANDBOX_URL": "",
            **environment,
        }
        return CliRunner(env=variables).invoke(command, arguments)

    return invoke


def test_the_command_tells_what_was_done(
    run: Callable[..., Result], world: list[tuple[str, datetime]]
) -> None:
    result = run("--at", "2027-01-31T12:00+01:00")
    assert result.exit_code == 0, result.output
    assert "1 × test.close" in result.output
    assert world[0] == ("sweep", AT)


def test_the_command_fails_when_a_job_fails(
    run: Callable[..., Result], fresh_database: Database, world: list[tuple[str, datetime]]
) -> None:
    with fresh_database.writing() as session:
        jobs.defer(session, "test.fail")
    result = run("--at", "2027-01-31T12:00+01:00")
    assert result.exit_code == 1
    assert "FAILED test.fail(): RuntimeError: broken" in result.output


@pytest.mark.parametrize("moment", ["2027-01-31T12:00", "tomorrow", "2027-02-30T12:00+01:00"])
def test_the_command_wants_a_moment_with_an_offset(run: Callable[..., Result], moment: str) -> None:
    assert run("--at", moment).exit_code == 2


def test_the_command_is_only_for_the_sandbox(
    run: Callable[..., Result], world: list[tuple[str, datetime]]
) -> None:
    result = run("--at", "2027-01-31T12:00+01:00", MOLLIE_API_KEY="test_abcdefghijklmnop")
    assert result.exit_code == 1
    assert "only for the payment sandbox" in str(result.exception)
    assert world == []


def test_the_sandbox_lives_at_that_moment_too_and_comes_back(
    run: Callable[..., Result],
    world: list[tuple[str, datetime]],
    sandbox: SandboxProcess,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    result = run("--at", "2027-01-31T12:00+01:00", VJB_SANDBOX_URL=sandbox.url)
    assert result.exit_code == 0, result.output
    answer = [
        entry for entry in sandbox.control("clock", {"now": None}).items() if entry[0] == "now"
    ]
    assert answer[0][1].startswith(str(datetime.now(UTC).year))
