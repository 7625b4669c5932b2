"""How long a failed job waits."""

from voorjebuurt.kernel.jobs import RetryLaterError, Task
from voorjebuurt.worker.job import pause_seconds


def task(*, cron: str | None = None, max_attempts: int = 12) -> Task:
    return Task("test.task", lambda runtime: None, cron, max_attempts)


def test_pauses_double_from_five_seconds_to_an_hour() -> None:
    pauses = [pause_seconds(task(max_attempts=100), ValueError(), n) for n in range(12)]
    assert pauses[:4] == [5, 10, 20, 40]
    assert pauses[-1] == 3600
    assert pause_seconds(task(max_attempts=5000), ValueError(), 3000) == 3600


def test_the_last_attempt_has_no_next() -> None:
    assert pause_seconds(task(max_attempts=3), ValueError(), 1) == 10
    assert pause_seconds(task(max_attempts=3), ValueError(), 2) is None


def test_the_other_sides_wish_is_respected_and_does_not_use_up_attempts() -> None:
    assert pause_seconds(task(max_attempts=3), RetryLaterError("429", seconds=77), 5) == 77
    assert pause_seconds(task(max_attempts=3), RetryLaterError("busy"), 2) == 20
    assert pause_seconds(task(max_attempts=3), RetryLaterError("429", seconds=77), 299) is None


def test_after_an_outage_nothing_waits_longer_than_it_takes_to_ask_again() -> None:
    """Even after hours in which the other side did not answer, and hours are waited for."""
    down = RetryLaterError("no answer")
    assert max(pause_seconds(task(), down, n) or 0 for n in range(1000)) == 120
    assert pause_seconds(task(), down, 1000) == 120


def test_sweeps_wait_for_the_timetable() -> None:
    assert pause_seconds(task(cron="* * * * *"), ValueError(), 0) is None


def test_an_unknown_task_is_not_tried_again() -> None:
    assert pause_seconds(None, KeyError("gone"), 0) is None
