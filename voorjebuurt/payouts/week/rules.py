"""Weeks as people count them, from Monday to Sunday in Amsterdam. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from voorjebuurt.kernel.clock import end_of_day

_AS_WRITTEN = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
FIRST_YEAR, LAST_YEAR = 2000, 2199


@dataclass(frozen=True)
class Week:
    """A week by its number (ISO 8601)."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The week that a day is in."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The week that ``str`` writes; None for anything else."""
        match = _AS_WRITTEN.fullmatch(text)
        if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
            return None
        year, number = int(match[1]), int(match[2])
        return cls(year, number) if 1 <= number <= _weeks_in(year) else None

    @property
    def first_day(self) -> date:
        """Monday."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """Sunday."""
        return date.fromisocalendar(self.year, self.number, 7)

    @property
    def start(self) -> datetime:
        """The midnight that begins it in Amsterdam."""
        return end_of_day(self.first_day - timedelta(days=1))

    @property
    def end(self) -> datetime:
        """The midnight that ends it."""
        return end_of_day(self.last_day)

    def moved(self, number: int) -> "Week":
        """So many weeks later; earlier when it is below zero."""
        return Week.of(self.first_day + timedelta(days=7 * number))

    @property
    def year_before(self) -> "Week":
        """The week with the same number; the last one of a year that has no week 53."""
        year = self.year - 1
        return Week(year, min(self.number, _weeks_in(year)))

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


def _weeks_in(year: int) -> int:
    return date(year, 12, 28).isocalendar().week
