"""Where an area's figure is cut into bands, and what those bands are called."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import matching_strategies as some
from tests.support.rules_and_facts import INDICATORS, as_read, rules
from voorjebuurt.matching.rehearsal.bands import Bands, bands_of
from voorjebuurt.matching.rehearsal.report import band_row
from voorjebuurt.matching.rehearsal.texts import band_label, indicator_name
from voorjebuurt.rulebook.documents.ruleset import read_ruleset
from voorjebuurt.rulebook.facts import Area
from voorjebuurt.rulebook.figures.factor import best_band

FIGURES = st.sampled_from(
    [Fraction(text) for text in ("-1", "-0.5", "0", "10", "18.4", "25", "99")]
)


def read(ruleset: Any) -> Any:
    return read_ruleset(as_read(ruleset), indicators=INDICATORS)


def lifting(indicator: str, *bands: dict[str, Any]) -> Any:
    return read(rules(equity={"indicator": indicator, "bands": list(bands)}))


def areas(**figures: Any) -> dict[str, Area]:
    return {
        code: Area(None, {"p_hh_120": None if figure is None else Fraction(figure)})
        for code, figure in figures.items()
    }


def labels(bands: Bands, language: str = "nl") -> list[str]:
    return [band_label(band_row(band), bands.indicator, language) for band in bands.bands]


@given(some.equities(), FIGURES)
def test_every_figure_lies_in_the_band_with_its_own_factor(
    equity: dict[str, Any], figure: Fraction
) -> None:
    ruleset = read(rules(equity=equity))
    bands = bands_of(ruleset, None, areas(), {})
    place = bands.place(figure)
    if bands.source == "rules":
        assert place is not None
        assert bands.bands[place].factor == best_band(ruleset.equity.bands, figure)


def test_bands_go_from_worst_off_to_best_off() -> None:
    high = lifting("p_hh_120", {"at_least": 15, "factor": "5/4"}, {"at_least": 25, "factor": "3/2"})
    low = lifting("ses_woa", {"at_most": "-0.1", "factor": "5/4"}, {"at_most": -1, "factor": 2})
    of_high, of_low = bands_of(high, None, {}, {}), bands_of(low, None, {}, {})
    assert labels(of_high) == ["25% of meer", "15% tot 25%", "minder dan 15%"]
    assert labels(of_low) == ["-1 of minder", "meer dan -1, tot en met -0,1", "meer dan -0,1"]
    assert labels(of_high, "en")[1] == "15% to less than 25%"
    assert (of_high.lowest, of_low.lowest) == (2, 2)
    assert [of_high.place(Fraction(figure)) for figure in (25, 15, 14)] == [0, 1, 2]
    assert [of_low.place(Fraction(figure)) for figure in (-1, Fraction(-1, 10), 0)] == [0, 1, 2]


def test_the_lowest_bands_never_are_all_of_them() -> None:
    all_lifted = lifting("p_hh_120", {"at_least": 5, "factor": 2}, {"at_most": 5, "factor": "3/2"})
    bands = bands_of(all_lifted, None, {}, {})
    assert bands.lowest == len(bands.bands) - 1


def test_without_bands_of_their_own_rules_are_seen_by_those_they_replace() -> None:
    other = lifting("ses_woa", {"at_most": 0, "factor": 2})
    bands = bands_of(read(rules()), other, {}, {})
    assert (bands.source, bands.indicator) == ("against", "ses_woa")


def test_without_any_bands_there_are_five_with_as_many_residents() -> None:
    ten = areas(**{f"B{index}": index for index in range(10)})
    by_number = bands_of(read(rules()), None, ten, {})
    assert by_number.source == "fifths"
    places = [by_number.place(Fraction(figure)) for figure in range(10)]
    assert places == [4, 4, 3, 3, 2, 2, 1, 1, 0, 0]
    residents = {f"B{index}": 1000 if index == 0 else 1 for index in range(10)}
    by_people = bands_of(read(rules()), None, ten, residents)
    assert len({by_people.place(Fraction(figure)) for figure in range(1, 10)}) == 1
    assert by_people.place(Fraction(0)) == len(by_people.bands) - 1


def test_without_any_figure_there_are_no_bands() -> None:
    bands = bands_of(read(rules()), None, areas(B1=None), {})
    assert bands == Bands(None, "none", (), 0)
    assert bands.place(Fraction(1)) is None


@pytest.mark.parametrize("figure", [0, 15])
def test_areas_that_are_all_alike_are_one_band(figure: int) -> None:
    bands = bands_of(read(rules()), None, areas(B1=figure, B2=figure), {"B1": 5, "B2": 0})
    assert labels(bands, "en") == ["all figures"]
    assert bands.place(Fraction(figure)) == 0


def test_an_indicator_has_a_name_or_is_its_own() -> None:
    assert "120%" in indicator_name("p_hh_120", "nl")
    assert indicator_name("x_y", "en") == "x_y"
