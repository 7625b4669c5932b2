"""A fund's year in figures: whom it reached, how long it took, and what changed. Pure.

Amounts are eurocents. What an award gives to several areas is spread over them by their shares,
in whole cents, so that every table adds up to the same total.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from voorjebuurt.decisions.proof.computation import ruleset_in_words
from voorjebuurt.matching.rehearsal.bands import Bands
from voorjebuurt.matching.rehearsal.report import band_row
from voorjebuurt.matching.rehearsal.spread import spread
from voorjebuurt.rulebook.documents.stored import stored_ruleset

NOWHERE = ""
"""The code of an award for which no area is known."""


@dataclass(frozen=True)
class SentAward:
    """What holds of one award (eurocents). ``figures`` are exact, None where there is none."""

    application: str
    cents: int
    theme: str
    shares: Mapping[str, Fraction]
    figures: Mapping[str, Fraction | None]
    names: Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """Money for one band, area or theme, and for how many applications."""

    code: str
    name: str
    cents: int
    applications: int


@dataclass(frozen=True)
class BandRow:
    """Money for areas whose figure lies in a band; ``band`` is None where no figure is known.

    ``band`` is {lower, upper: {bound, after} or None, factor}, from worst off to best off.
    """

    band: Mapping[str, Any] | None
    cents: int
    applications: int


@dataclass(frozen=True)
class Days:
    """How long deciding took, in days from receipt to announcement. ``late``: after the term."""

    decided: int
    median: Decimal | None
    late: int


@dataclass(frozen=True)
class Change:
    """A published version, and which sentences of the rule came or went (by language)."""

    number: int
    published_at: str
    ceiling_cents: int
    change: str
    added: Mapping[str, Sequence[str]]
    removed: Mapping[str, Sequence[str]]


def by_band(awards: Sequence[SentAward], bands: Bands) -> tuple[str | None, list[BandRow]]:
    """The indicator and its bands, with the money in each; no bands, no rows."""
    if not bands.bands:
        return None, []
    totals = _totals_by_band(awards, bands)
    rows = [
        BandRow(band_row(band), *totals.get(index, (0, 0)))
        for index, band in enumerate(bands.bands)
    ]
    rows_without_band = [BandRow(None, *totals[None])] if None in totals else []
    return bands.indicator, rows + rows_without_band


def _totals_by_band(awards: Sequence[SentAward], bands: Bands) -> dict[int | None, tuple[int, int]]:
    """Cents and applications by position of the band."""
    cents: dict[int | None, int] = {}
    who: dict[int | None, set[str]] = {}
    for award in awards:
        for code, part in _parts(award).items():
            place = bands.place(award.figures.get(code))
            cents[place] = cents.get(place, 0) + part
            who.setdefault(place, set()).add(award.application)
    return {place: (cents[place], len(who[place])) for place in cents}


def by_area(awards: Iterable[SentAward]) -> list[Row]:
    """Awards per area, most money first; an award without an area is under ``NOWHERE``."""
    parts_by_area: dict[str, list[tuple[str, int]]] = {}
    names: dict[str, str] = {}
    for award in awards:
        names.update(award.names)
        for code, part in _parts(award).items():
            parts_by_area.setdefault(code, []).append((award.application, part))
    return _rows(parts_by_area, names)


def by_theme(awards: Iterable[SentAward]) -> list[Row]:
    """Awards per theme, most money first; the screen names the themes."""
    parts_by_theme: dict[str, list[tuple[str, int]]] = {}
    for award in awards:
        parts_by_theme.setdefault(award.theme, []).append((award.application, award.cents))
    return _rows(parts_by_theme, {})


def by_way(awards: Iterable[tuple[str, str, int]]) -> list[Row]:
    """Awards by how they are accounted for, most money first: (application, way, eurocents)."""
    parts_by_way: dict[str, list[tuple[str, int]]] = {}
    for application, way, cents in awards:
        parts_by_way.setdefault(way, []).append((application, cents))
    return _rows(parts_by_way, {})


def _parts(award: SentAward) -> Mapping[str, int]:
    return spread(award.cents, award.shares) if award.shares else {NOWHERE: award.cents}


def _rows(
    parts_by_code: Mapping[str, list[tuple[str, int]]], names: Mapping[str, str]
) -> list[Row]:
    rows = [
        Row(code, names.get(code, code), sum(cents for _, cents in parts), len(dict(parts)))
        for code, parts in parts_by_code.items()
    ]
    return sorted(rows, key=lambda row: (-row.cents, row.code))


def days_of(decisions: Sequence[tuple[int, bool]]) -> Days:
    """From (days, whether it was late) of each first decision."""
    return Days(
        len(decisions),
        median_of([days for days, _ in decisions]),
        sum(late for _, late in decisions),
    )


def median_of(numbers: Sequence[int]) -> Decimal | None:
    """The middle one, or halfway between the two in the middle; exact."""
    if not numbers:
        return None
    in_order, middle = sorted(numbers), len(numbers) // 2
    if len(in_order) % 2:
        return Decimal(in_order[middle])
    return Decimal(in_order[middle - 1] + in_order[middle]) / 2


def changes(versions: Sequence[tuple[int, str, int, str, str]]) -> list[Change]:
    """What each version (number, published_at, ceiling, change, rules) changed of the one before.

    The first one brings nothing and takes nothing: there was no rule before it.
    """
    rows: list[Change] = []
    before: dict[str, list[str]] | None = None
    for number, published_at, ceiling_cents, change, rules in versions:
        words = ruleset_in_words(stored_ruleset(rules))
        earlier = words if before is None else before
        rows.append(
            Change(
                number,
                published_at,
                ceiling_cents,
                change,
                added={key: _without(words[key], earlier[key]) for key in words},
                removed={key: _without(earlier[key], words[key]) for key in words},
            )
        )
        before = words
    return rows


def _without(some: Sequence[str], others: Sequence[str]) -> list[str]:
    return [item for item in some if item not in others]
