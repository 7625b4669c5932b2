"""The time, from one place, so that it can move in a test or a demonstration.

Moments are aware datetimes in UTC. Deadlines are days in Europe/Amsterdam: they end at the
midnight that closes the day, whatever daylight saving time does that night.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

_travelled_to: ContextVar[datetime | None] = ContextVar("frozen_time", default=None)


def now() -> datetime:
    """The current moment, in UTC; the moment travelled to inside ``at``."""
    return _travelled_to.get() or datetime.now(UTC)


def travelling() -> bool:
    """Whether this code runs inside ``at``, at another time than the rest of the world."""
    return _travelled_to.get() is not None


def today() -> date:
    """Today's date in Amsterdam."""
    return now().astimezone(AMSTERDAM).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let ``now()`` be ``moment`` (aware) inside the block."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    token = _travelled_to.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _travelled_to.reset(token)


def end_of_day(day: date) -> datetime:
    """The moment (UTC) at which ``day`` is over in Amsterdam: the next local midnight."""
    return datetime.combine(day + timedelta(days=1), time(), AMSTERDAM).astimezone(UTC)


def last_day(moment: datetime) -> date:
    """The day in Amsterdam that ``moment`` ends, as ``end_of_day`` made it."""
    return (moment - timedelta(microseconds=1)).astimezone(AMSTERDAM).date()


def noon(day: date) -> datetime:
    """The middle of ``day`` in Amsterdam: a moment that no other time zone of Europe moves to
    another day. For a day in a mail's context, and for one that becomes a moment.
    """
    return datetime.combine(day, time(12), AMSTERDAM)


def local(moment: datetime) -> datetime:
    """``moment`` on the clocks of Amsterdam."""
    return moment.astimezone(AMSTERDAM)
