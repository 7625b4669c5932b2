"""How a subsidy is accounted for and determined, by its amount: the bands of a fund. Pure.

A fund publishes bands; the amount that is awarded says which one holds. A band is kept as
``{"from_cents": …, "way": …}`` (eurocents), the lowest first, from 0 on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.money import MAX_CENTS

MAX_BANDS = 6
TERM_WEEKS = 26
"""Weeks to carry out the plan, and to account for it, from when the money is the applicant's."""


class Way(StrEnum):
    """A way of accounting. ``direct``: the award determines the subsidy at once (Awb 4:29, 4:42);
    ``ex_officio``: the municipality determines it by itself after a term (4:47); ``activities``:
    the applicant tells what was done; ``costs``: and shows what it cost, with receipts (4:45).
    """

    DIRECT = "direct"
    EX_OFFICIO = "ex_officio"
    ACTIVITIES = "activities"
    COSTS = "costs"


REPORTED = frozenset({Way.ACTIVITIES, Way.COSTS})
"""The applicant must account; of the others nothing is asked."""
SMALL = frozenset({Way.DIRECT, Way.EX_OFFICIO})
"""Cases that are checked and decided on together."""


@dataclass(frozen=True)
class Band:
    """From an amount (eurocents) on, up to the next band, subsidies are accounted for this way."""

    from_cents: int
    way: Way


@dataclass(frozen=True)
class Arrangement:
    """What holds for one award. ``weeks``: to carry out the plan and account for it, from when the
    money is the applicant's (0: nothing is waited for); ``decide_weeks``: then to determine.
    """

    way: Way
    weeks: int
    decide_weeks: int

    def as_json(self) -> dict[str, Any]:
        """As a snapshot keeps it."""
        return {**asdict(self), "way": self.way.value}


EVERYTHING_BY_COSTS: list[dict[str, Any]] = [{"from_cents": 0, "way": Way.COSTS.value}]
"""What held before there were bands."""
USUAL: tuple[Band, ...] = (
    Band(0, Way.DIRECT),
    Band(100_000, Way.EX_OFFICIO),
    Band(500_000, Way.ACTIVITIES),
    Band(2_500_000, Way.COSTS),
)
"""What a new fund begins with: the smaller the amount, the less is asked."""


def bands_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Band, ...]:
    """The bands as a fund or its version keeps them."""
    return tuple(Band(int(row["from_cents"]), Way(row["way"])) for row in rows)


def as_rows(bands: Iterable[Band]) -> list[dict[str, Any]]:
    """The bands as a fund or its version keeps them, the other way round."""
    return [{"from_cents": band.from_cents, "way": band.way.value} for band in bands]


def check_bands(bands: Sequence[Band]) -> None:
    """Raises ``DomainError`` for bands that say nothing clear.

    They begin at 0 and ascend; a larger amount never has less to show than a smaller one.
    """
    if not bands or bands[0].from_cents != 0:
        raise DomainError("arrangement_not_from_zero")
    if len(bands) > MAX_BANDS:
        raise DomainError("arrangements_too_many", maximum=MAX_BANDS)
    order = list(Way)
    for lower, higher in pairwise(bands):
        if not lower.from_cents < higher.from_cents <= MAX_CENTS:
            raise DomainError("arrangements_not_ascending")
        if order.index(lower.way) >= order.index(higher.way):
            raise DomainError("arrangement_lighter_above")


def arrangement_for(
    bands: Sequence[Band], cents: int, *, decide_weeks: int, conditional: bool
) -> Arrangement:
    """What holds for an award of so much at most (eurocents).

    ``conditional``: the campaign's success, or the amount, is still open. Then nothing can be
    determined yet, and what would be direct is determined ex officio, as soon as that is known.
    """
    way = next(band.way for band in reversed(bands) if band.from_cents <= cents)
    if way is not Way.DIRECT:
        return Arrangement(way, TERM_WEEKS, decide_weeks)
    if conditional:
        return Arrangement(Way.EX_OFFICIO, 0, decide_weeks)
    return Arrangement(way, 0, 0)


def arrangement_of(value: Mapping[str, Any] | None) -> Arrangement | None:
    """The arrangement that a snapshot keeps; None of one from before there were any."""
    if value is None:
        return None
    return Arrangement(Way(value["way"]), int(value["weeks"]), int(value["decide_weeks"]))


def way_of(value: str | None) -> Way:
    """The way of an application; what was awarded before there were bands goes by costs."""
    return Way(value) if value else Way.COSTS
