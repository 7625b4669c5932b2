"""A fund's figures on awards that can be added up by hand, and cells that compute nothing."""

import csv
import io
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.decision_samples import AMPLE, RULES
from voorjebuurt.decisions.reports.exports import (
    GROUND_WORDS,
    KINDS,
    decimal,
    euros,
    safe,
    spreadsheet,
)
from voorjebuurt.decisions.reports.figures import (
    NOWHERE,
    Row,
    SentAward,
    by_area,
    by_band,
    by_theme,
    changes,
    days_of,
    median_of,
)
from voorjebuurt.decisions.rules.grounds import GROUNDS
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.matching.rehearsal.bands import Bands, bands_of
from voorjebuurt.rulebook.documents.stored import stored_ruleset

HALF = Fraction(1, 2)
NAMES = {"BU1": "Zonneweide", "BU2": "Dijkzicht"}
AWARDS = (
    SentAward(
        "A1",
        10_001,
        "green",
        {"BU1": HALF, "BU2": HALF},
        {"BU1": Fraction(25), "BU2": Fraction(12)},
        NAMES,
    ),
    SentAward("A2", 5_000, "green", {"BU1": Fraction(1)}, {"BU1": Fraction(25)}, NAMES),
    SentAward("A3", 700, "sport", {"BU2": Fraction(1)}, {"BU2": None}, NAMES),
    SentAward("A4", 300, "", {}, {}, {}),
)
TOTAL = 16_001


def bands_in(rules: str) -> Bands:
    return bands_of(stored_ruleset(rules), None, {}, {})


def test_money_by_band_from_worst_off_to_best_off() -> None:
    """The odd cent of the award that two areas share goes to the first of them."""
    indicator, rows = by_band(AWARDS, bands_in(RULES))
    assert indicator == "p_hh_120"
    assert [(row.band and row.band["factor"], row.cents, row.applications) for row in rows] == [
        ("3/2", 10_001, 2),
        ("5/4", 5_000, 1),
        ("1", 0, 0),
        (None, 1_000, 2),
    ]
    assert sum(row.cents for row in rows) == TOTAL


def test_rules_without_bands_have_no_table() -> None:
    rules = (
        '{"base":{"kind":"ratio","ratio":"1/1"},"ceiling_cents":1,"divide":{"kind":"arrival"},'
        '"schema":"matchregel/1"}'
    )
    assert by_band(AWARDS, bands_in(rules)) == (None, [])


def test_money_by_area() -> None:
    assert by_area(AWARDS) == [
        Row("BU1", "Zonneweide", 10_001, 2),
        Row("BU2", "Dijkzicht", 5_700, 2),
        Row(NOWHERE, NOWHERE, 300, 1),
    ]


def test_money_by_theme() -> None:
    assert by_theme(AWARDS) == [
        Row("green", "green", 15_001, 2),
        Row("sport", "sport", 700, 1),
        Row("", "", 300, 1),
    ]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 10_000),
            st.lists(st.integers(1, 9), max_size=4),
            st.sampled_from([None, Fraction(5), Fraction(10), Fraction(20), Fraction("33.3")]),
        ),
        max_size=12,
    )
)
def test_every_table_adds_up_to_the_same_total(
    given_awards: list[tuple[int, list[int], Fraction | None]],
) -> None:
    awards = []
    for number, (cents, weights, figure) in enumerate(given_awards):
        whole = sum(weights) or 1
        shares = {f"BU{place}": Fraction(weight, whole) for place, weight in enumerate(weights)}
        figures = dict.fromkeys(shares, figure)
        awards.append(SentAward(f"A{number}", cents, "green", shares, figures, {}))
    total = sum(award.cents for award in awards)
    for rows in (by_band(awards, bands_in(RULES))[1], by_area(awards), by_theme(awards)):
        assert sum(row.cents for row in rows) == total


@pytest.mark.parametrize(
    ("numbers", "median"),
    [([], None), ([7], Decimal(7)), ([9, 1, 5], Decimal(5)), ([1, 4], Decimal("2.5"))],
)
def test_the_median_is_exact(numbers: list[int], median: Decimal | None) -> None:
    assert median_of(numbers) == median


def test_days_count_who_was_late() -> None:
    days = days_of([(10, False), (60, True), (30, False)])
    assert (days.decided, days.median, days.late) == (3, Decimal(30), 1)


def test_what_a_version_changed_is_told_in_sentences() -> None:
    first, second = changes(
        [(1, "2026-01-01", 300_000, "", RULES), (2, "2026-06-01", 600_000, "Meer geld.", AMPLE)]
    )
    assert (first.added, first.removed) == ({"nl": [], "en": []}, {"nl": [], "en": []})
    assert second.removed["nl"] == ["Het fonds verdeelt hoogstens €\u00a03.000."]
    assert second.added["en"] == ["The fund divides at most €6,000."]


@pytest.mark.parametrize("text", ["=1+1", "+31", "-2", "@SUM(A1)", "  =1", "＝1", "\t=1", "\r=1"])
def test_a_spreadsheet_computes_nothing(text: str) -> None:
    assert safe(text).startswith("'")


@pytest.mark.parametrize("text", ["", " ", "Bomen = leven", "1234,50", "3/2", "a\tb"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert safe(text) == text.replace("\t", " ")


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_every_row_is_read_back_as_one_row(rows: list[list[str]]) -> None:
    text = spreadsheet(("een", "twee"), rows).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert table == [["een", "twee"], *([safe(cell) for cell in row] for row in rows)]
    assert not any(
        cell.lstrip()[:1] in set("=+-@") for row in table for cell in row if cell.strip()
    )


@pytest.mark.parametrize(
    ("factor", "text"),
    [("3/2", "1,5"), ("1", "1"), ("10", "10"), ("4/3", "1,3333"), ("5/4", "1,25")],
)
def test_a_factor_is_a_number_to_a_dutch_spreadsheet_and_no_day(factor: str, text: str) -> None:
    assert decimal(factor) == text


def test_every_ground_and_kind_has_dutch_words() -> None:
    assert GROUND_WORDS.keys() == GROUNDS.keys()
    assert KINDS.keys() == {kind.value for kind in DecisionKind}


def test_amounts_are_numbers_to_a_dutch_spreadsheet() -> None:
    assert [euros(cents) for cents in (0, 5, 123_450, None)] == ["0,00", "0,05", "1234,50", ""]
