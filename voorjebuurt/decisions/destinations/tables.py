"""Match and gifts by fund, year and band, that add up whichever way they are cut. Pure.

Amounts are eurocents. What a campaign of several areas got is spread over them by their shares in
whole cents. A campaign that two funds support stands in the lines of both; where lines of several
funds come together its gifts count once, in the year of its first award.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from statistics import median_low

from voorjebuurt.matching.rehearsal.spread import spread

FEWEST_GIFTS = 10
"""Of fewer gifts no middle one is told: it could be what one person gave."""


@dataclass(frozen=True)
class PlacedAward:
    """One award: what is left of it, and of its campaign what residents gave.

    ``places`` are shares by position of the band, None for areas without a figure. ``is_first``:
    its campaign had no award before it of which something is left. ``outcome``: ``won``, ``lost``
    or ``open``.
    """

    application: str
    campaign: str
    fund: str
    year: int
    net_cents: int
    conditional: bool
    crowd_cents: int
    places: Mapping[int | None, Fraction]
    is_first: bool
    outcome: str

    @cached_property
    def match_parts(self) -> Mapping[int | None, int]:
        """What is left of the award, by position of the band."""
        return _parts(self.net_cents, self.places)

    @cached_property
    def crowd_parts(self) -> Mapping[int | None, int]:
        """What residents gave, by position of the band of the campaign."""
        return _parts(self.crowd_cents, self.places)


@dataclass(frozen=True)
class Cell:
    """Money in one band: match, what residents gave, and to how many campaigns."""

    match_cents: int = 0
    crowd_cents: int = 0
    campaigns: int = 0


@dataclass(frozen=True)
class Line:
    """One fund in one year, or several together.

    ``conditional_cents`` of the match, ``conditional_crowd_cents`` of the gifts hold only if their
    campaigns succeed. Campaigns are those that have match now; of those that were ever awarded
    ``ended`` are over, and ``won`` succeeded. ``cells`` are by position of the band; ``unplaced``
    is for areas without a figure. Medians are None without a campaign; of gifts, ``queries`` tell.
    """

    match_cents: int
    conditional_cents: int
    crowd_cents: int
    conditional_crowd_cents: int
    campaigns: frozenset[str]
    ended: int
    won: int
    median_match_cents: int | None
    median_crowd_cents: int | None
    cells: Sequence[Cell]
    unplaced: Cell

    @property
    def crowd_share(self) -> int | None:
        """What residents gave of all money, in thousandths; None without money."""
        return thousandths(self.crowd_cents, self.match_cents + self.crowd_cents)


@dataclass
class _Sums:
    """A cell while it is added up."""

    match_cents: int = 0
    crowd_cents: int = 0
    campaigns: set[str] = field(default_factory=set)

    @property
    def cell(self) -> Cell:
        """The sums so far."""
        return Cell(self.match_cents, self.crowd_cents, len(self.campaigns))


def line_of(awards: Iterable[PlacedAward], bands: int, *, across: bool) -> Line:
    """The awards added up over so many bands; ``across``: of several funds or years."""
    rows = list(awards)
    holding = [row for row in rows if row.net_cents]
    givers = _once(holding, across=across)
    sums: dict[int | None, _Sums] = {place: _Sums() for place in (*range(bands), None)}
    for row in holding:
        for place, cents in row.match_parts.items():
            sums[place].match_cents += cents
            sums[place].campaigns.add(row.campaign)
    for row in givers:
        for place, cents in row.crowd_parts.items():
            sums[place].crowd_cents += cents
    over = {row.campaign: row.outcome for row in rows if row.outcome != "open"}
    return Line(
        match_cents=sum(row.net_cents for row in holding),
        conditional_cents=sum(row.net_cents for row in holding if row.conditional),
        crowd_cents=sum(row.crowd_cents for row in givers),
        conditional_crowd_cents=sum(row.crowd_cents for row in givers if row.outcome == "open"),
        campaigns=frozenset(row.campaign for row in holding),
        ended=len(over),
        won=sum(outcome == "won" for outcome in over.values()),
        median_match_cents=middle(_match_by_campaign(holding).values()),
        median_crowd_cents=middle([row.crowd_cents for row in givers]),
        cells=[sums[place].cell for place in range(bands)],
        unplaced=sums[None].cell,
    )


def _once(awards: Sequence[PlacedAward], *, across: bool) -> list[PlacedAward]:
    """The awards with which the gifts of their campaigns count, each campaign once."""
    first: dict[str, PlacedAward] = {}
    for row in awards:
        if row.is_first or not across:
            first.setdefault(row.campaign, row)
    return list(first.values())


def _match_by_campaign(awards: Iterable[PlacedAward]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for row in awards:
        totals[row.campaign] = totals.get(row.campaign, 0) + row.net_cents
    return totals


def _parts(cents: int, places: Mapping[int | None, Fraction]) -> Mapping[int | None, int]:
    """Over the bands; what no area is known of is unplaced."""
    if len(places) < 2:
        return {next(iter(places), None): cents}
    by_name = {str(place): place for place in places}
    parts = spread(cents, {name: places[place] for name, place in by_name.items()})
    return {by_name[name]: part for name, part in parts.items()}


def middle(numbers: Collection[int]) -> int | None:
    """The middle one, of an even number the lower of two: an amount that somebody did get."""
    return median_low(numbers) if numbers else None


def thousandths(part: int, whole: int) -> int | None:
    """A share, rounded half up; None of nothing."""
    return (part * 2_000 + whole) // (2 * whole) if whole else None
