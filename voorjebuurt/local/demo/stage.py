"""What every part of the demo works with, and how it moves through time."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.local.demo.album import Album
from voorjebuurt.local.demo.provider import SandboxPage
from voorjebuurt.payments.gateway import Gateway

RunJobs = Callable[[], None]
"""Runs the jobs that wait until ``clock.now()``; raises ``DemoError`` when one fails."""


class DemoError(Exception):
    """The demo data can't be loaded; the message says why, in a line for people."""


@dataclass(frozen=True)
class Cast:
    """Who does what; the lists are in the order of the file, officers go by their name."""

    coaches: tuple[Actor, ...]
    staff: tuple[Actor, ...]
    officers: Mapping[str, Actor]

    def coach(self, number: int) -> Actor:
        """The first coach is number 1."""
        return self.coaches[number - 1]


@dataclass(frozen=True)
class Stage:
    """One load of the demo: for a day, from a seed."""

    runtime: Runtime
    gateway: Gateway
    sandbox: SandboxPage
    album: Album
    run_jobs: RunJobs
    cast: Cast
    today: date
    seed: int

    def moment(self, days: int, hour: int, minute: int) -> datetime:
        """A time on the clocks of Amsterdam, ``days`` after today."""
        day = self.today + timedelta(days)
        return datetime.combine(day, time(hour, minute), clock.AMSTERDAM)

    @contextmanager
    def at(self, days: int, hour: int, minute: int) -> Iterator[None]:
        """Let it be that time; never later than it really is."""
        with clock.at(min(self.moment(days, hour, minute), datetime.now(clock.AMSTERDAM))):
            yield

    @contextmanager
    def scene(self, days: int, hour: int, minute: int) -> Iterator[Session]:
        """One transaction at that time, and the jobs that follow from it."""
        with self.at(days, hour, minute):
            with self.runtime.database.writing() as session:
                yield session
            self.run_jobs()
