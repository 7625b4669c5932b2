"""Match and gifts by band on awards that can be added up by hand."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voorjebuurt.decisions.destinations.shares import Verdict, comparison_of
from voorjebuurt.decisions.destinations.tables import (
    Cell,
    PlacedAward,
    line_of,
    middle,
    thousandths,
)
from voorjebuurt.decisions.reports.measure import Baseline

POOR: Mapping[int | None, Fraction] = {0: Fraction(1)}
RICH: Mapping[int | None, Fraction] = {1: Fraction(1)}
BOTH: Mapping[int | None, Fraction] = {0: Fraction(1, 2), 1: Fraction(1, 2)}
NOWHERE: Mapping[int | None, Fraction] = {None: Fraction(1)}
LIVING = Baseline([310, 690], 0, areas=10, own=8, around=2, uncounted=0)
"""31 % live in the band that is worst off."""


def award(campaign: str, net: int, crowd: int, places: Any, **changes: Any) -> PlacedAward:
    values: dict[str, Any] = {
        "application": f"A-{campaign}",
        "campaign": campaign,
        "fund": "F",
        "year": 2026,
        "net_cents": net,
        "conditional": False,
        "crowd_cents": crowd,
        "places": places,
        "is_first": bool(net),
        "outcome": "won",
    }
    return PlacedAward(**{**values, **changes})


def test_match_and_gifts_by_band() -> None:
    """The odd cent goes to the first band; what was taken off whole counts for the rate alone."""
    line = line_of(
        [
            award("bomen", 10_001, 20_000, BOTH),
            award("bank", 3_000, 1_000, POOR, conditional=True, outcome="open"),
            award("feest", 0, 0, RICH, outcome="lost"),
            award("onbekend", 500, 700, NOWHERE),
        ],
        2,
        across=False,
    )
    assert (line.match_cents, line.conditional_cents) == (13_501, 3_000)
    assert (line.crowd_cents, line.conditional_crowd_cents) == (21_700, 1_000)
    assert line.cells == [Cell(8_001, 11_000, 2), Cell(5_000, 10_000, 1)]
    assert line.unplaced == Cell(500, 700, 1)
    assert (line.won, line.ended) == (2, 3)
    assert (line.median_match_cents, line.median_crowd_cents) == (3_000, 1_000)
    assert line.crowd_share == 616
    assert line.campaigns == {"bomen", "bank", "onbekend"}


def test_gifts_of_a_campaign_with_two_funds_count_once_across_funds() -> None:
    two = [
        award("bomen", 1_000, 9_000, POOR, fund="F"),
        award("bomen", 2_000, 9_000, POOR, fund="G", is_first=False),
    ]
    assert line_of(two, 2, across=True).crowd_cents == 9_000
    assert [line_of([each], 2, across=False).crowd_cents for each in two] == [9_000, 9_000]
    assert line_of(two[1:], 2, across=True).crowd_cents == 0
    assert line_of(two, 2, across=True).median_match_cents == 3_000


def test_a_line_without_money() -> None:
    line = line_of([award("feest", 0, 0, POOR, outcome="lost")], 2, across=True)
    assert (line.match_cents, line.crowd_share, line.median_match_cents) == (0, None, None)
    assert (line.won, line.ended) == (0, 1)
    comparison = comparison_of(line, [], 1, LIVING)
    assert (comparison.match, comparison.crowd, comparison.least, comparison.verdict) == (
        None,
        None,
        None,
        Verdict.UNKNOWN,
    )


@given(
    st.lists(
        st.tuples(
            st.integers(0, 10_000),
            st.integers(0, 10_000),
            st.sampled_from([POOR, RICH, BOTH, NOWHERE, {}]),
            st.sampled_from(["won", "open"]),
        ),
        max_size=8,
    )
)
def test_bands_always_add_up_to_the_line(rows: list[tuple[int, int, Any, str]]) -> None:
    awards = [
        award(str(number), net, crowd, places, outcome=outcome)
        for number, (net, crowd, places, outcome) in enumerate(rows)
    ]
    line = line_of(awards, 2, across=True)
    cells = [*line.cells, line.unplaced]
    assert sum(cell.match_cents for cell in cells) == line.match_cents
    assert sum(cell.crowd_cents for cell in cells) == line.crowd_cents
    assert line.conditional_cents <= line.match_cents


def test_a_share_is_told_beside_the_residents_and_with_what_one_campaign_moves() -> None:
    """27 % for the poorest band, where 31 % live; without one campaign 12 to 47 %."""
    awards = [
        award("a", 1_000, 0, POOR),
        award("b", 1_700, 5_000, POOR),
        award("c", 2_000, 15_000, RICH),
        award("d", 1_000, 0, RICH),
        award("e", 4_300, 0, RICH),
    ]
    comparison = comparison_of(line_of(awards, 2, across=True), awards, 1, LIVING)
    assert (comparison.match, comparison.crowd, comparison.residents) == (270, 250, 310)
    # Without b: 1,000 of 8,300; without e: 2,700 of 5,700.
    assert (comparison.least, comparison.most) == (120, 474)
    assert comparison.verdict is Verdict.ABOUT


def many(poor: int, rich: int) -> list[PlacedAward]:
    rows = [award(f"p{number}", 1_000, 0, POOR) for number in range(poor)]
    return rows + [award(f"r{number}", 1_000, 0, RICH) for number in range(rich)]


@pytest.mark.parametrize(
    ("poor", "rich", "verdict"),
    [
        (20, 80, Verdict.LESS),
        (30, 70, Verdict.ABOUT),
        (40, 60, Verdict.MORE),
        (1, 3, Verdict.FEW),
    ],
)
def test_what_is_concluded(poor: int, rich: int, verdict: Verdict) -> None:
    awards = many(poor, rich)
    assert comparison_of(line_of(awards, 2, across=True), awards, 1, LIVING).verdict is verdict


def test_without_figures_nothing_is_concluded() -> None:
    awards = many(10, 10)
    nobody = Baseline([0, 0], 0, areas=10, own=0, around=0, uncounted=10)
    comparison = comparison_of(line_of(awards, 2, across=True), awards, 1, nobody)
    assert (comparison.residents, comparison.verdict) == (None, Verdict.UNKNOWN)
    bare = [award("x", 500, 100, NOWHERE)]
    comparison = comparison_of(line_of(bare, 0, across=True), bare, 0, Baseline([], 0, 0, 0, 0, 0))
    assert (comparison.match, comparison.unplaced) == (None, 1000)


def test_numbers() -> None:
    assert [thousandths(1, 3), thousandths(1, 2_000), thousandths(0, 0)] == [333, 1, None]
    assert [middle([1, 9]), middle([3, 1, 2]), middle([])] == [1, 2, None]
