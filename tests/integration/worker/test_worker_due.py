"""Letting a moment come: ``run_due`` and the command ``voorjebuurt due``."""

from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.jobs import QUEUE, TASKS, Runtime, Task
from voorjebuurt.local.cli.due import command
from voorjebuurt.worker.due import run_due

AT = datetime(2027, 1, 31, 11, 0, tzinfo=UTC)


@pytest.fixture
def world(monkeypatch):
    """Only two tasks exist: a sweep that finds one thing to do, once, and the job that does it."""
    deeds = []

    def sweep(runtime: Runtime):
        with runtime.database.writing() as session:
            if clock.now() >= AT and "close" not in [name for name, _ in deeds]:
                jobs.defer(session, "test.close", number=1)
        deeds.append(("sweep", clock.now()))

    def close(runtime: Runtime, number: int):
        deeds.append(("close", clock.now()))
        with runtime.database.writing() as session:
            jobs.defer(session, "test.remind", at=clock.now() + timedelta(days=3))

    def fail(runtime: Runtime):
        raise RuntimeError("broken")

    def remind(runtime: Runtime):
        deeds.append(("remind", clock.now()))

    for name in list(TASKS):
        monkeypatch.delitem(TASKS, name)
    tasks = (("sweep", sweep, "* * * * *"), ("close", close, None), ("fail", fail, None))
    for name, function, cron in (*tasks, ("remind", remind, None)):
        monkeypatch.setitem(TASKS, f"test.{name}", Task(f"test.{name}", function, cron, 3))
    return deeds


def waiting(database):
    with database.reading() as session:
        statement = "SELECT task_name, queue_name, scheduled_at FROM procrastinate_jobs"
        return session.execute(text(f"{statement} WHERE status = 'todo' ORDER BY id")).all()


def test_sweeps_and_what_follows_from_them_run_at_that_moment(fresh_database, settings, world):
    ran = run_due(Runtime(fresh_database, settings), AT)
    assert [job.what for job in ran] == ["test.sweep()", "test.close(number=1)"]
    assert {moment for _, moment in world} == {AT}
    assert [name for name, _ in world] == ["sweep", "close", "sweep"]


def test_what_is_planned_for_later_stays_planned(fresh_database, settings, world):
    run_due(Runtime(fresh_database, settings), AT)
    assert waiting(fresh_database) == [("test.remind", QUEUE, AT + timedelta(days=3))]
    ran = run_due(Runtime(fresh_database, settings), AT + timedelta(days=3))
    assert "test.remind()" in [job.what for job in ran]


def test_jobs_that_waited_already_are_taken_along_and_the_rest_is_left(
    fresh_database, settings, world
):
    with fresh_database.writing() as session:
        jobs.defer(session, "test.remind", at=AT - timedelta(hours=1))
        jobs.defer(session, "test.remind", at=AT + timedelta(hours=1))
    ran = run_due(Runtime(fresh_database, settings), AT - timedelta(minutes=1))
    assert [job.what for job in ran] == ["test.sweep()", "test.remind()"]
    assert [job.scheduled_at for job in waiting(fresh_database)] == [AT + timedelta(hours=1)]


def test_a_worker_leaves_jobs_of_a_moved_clock_alone(fresh_database, settings, world):
    with clock.at(AT), fresh_database.writing() as session:
        jobs.defer(session, "test.remind")
    with fresh_database.reading() as session:
        queue = session.execute(text("SELECT queue_name FROM procrastinate_jobs")).scalar()
    assert queue != QUEUE


def test_a_failure_is_told_and_tried_again_soon_in_the_present(fresh_database, settings, world):
    with fresh_database.writing() as session:
        jobs.defer(session, "test.fail")
    ran = run_due(Runtime(fresh_database, settings), AT)
    [failure] = [job for job in ran if job.error is not None]
    assert (failure.task, str(failure.error), failure.again) == ("test.fail", "broken", True)
    retry = next(job for job in waiting(fresh_database) if job.task_name == "test.fail")
    assert retry.queue_name == QUEUE
    assert abs(retry.scheduled_at - clock.now()) < timedelta(minutes=1)


@pytest.fixture
def run(fresh_database_url, tmp_path):
    """Runs the command against this test's database, as in ``make run``."""

    def invoke(*arguments, **environment):
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


def test_the_command_tells_what_was_done(run, world):
    result = run("--at", "2027-01-31T12:00+01:00")
    assert result.exit_code == 0, result.output
    assert "1 × test.close" in result.output
    assert world[0] == ("sweep", AT)


def test_the_command_fails_when_a_job_fails(run, fresh_database, world):
    with fresh_database.writing() as session:
        jobs.defer(session, "test.fail")
    result = run("--at", "2027-01-31T12:00+01:00")
    assert result.exit_code == 1
    assert "FAILED test.fail(): RuntimeError: broken" in result.output


@pytest.mark.parametrize("moment", ["2027-01-31T12:00", "tomorrow", "2027-02-30T12:00+01:00"])
def test_the_command_wants_a_moment_with_an_offset(run, moment):
    assert run("--at", moment).exit_code == 2


def test_the_command_is_only_for_the_sandbox(run, world):
    result = run("--at", "2027-01-31T12:00+01:00", MOLLIE_API_KEY="test_abcdefghijklmnop")
    assert result.exit_code == 1
    assert "only for the payment sandbox" in str(result.exception)
    assert world == []


def test_the_sandbox_lives_at_that_moment_too_and_comes_back(run, world, sandbox, monkeypatch):
    result = run("--at", "2027-01-31T12:00+01:00", VJB_SANDBOX_URL=sandbox.url)
    assert result.exit_code == 0, result.output
    answer = [
        entry for entry in sandbox.control("clock", {"now": None}).items() if entry[0] == "now"
    ]
    assert answer[0][1].startswith(str(datetime.now(UTC).year))
