"""Codes, postcodes and house numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voorjebuurt.places import rules
from voorjebuurt.places.rules import IMPORTS, ImportStatus

CODES = st.from_regex(r"\A(GM[0-9]{4}|WK[0-9]{4}[0-9A-Z]{2}|BU[0-9]{4}[0-9A-Z]{4})\Z")


@given(CODES)
def test_areas_nest_up_to_their_municipality(code: str) -> None:
    assert rules.is_area_code(code)
    chain = [code]
    while parent := rules.parent_of(chain[-1]):
        assert rules.is_area_code(parent)
        chain.append(parent)
    assert chain[-1] == rules.municipality_code(code)
    assert len(chain) == {"gemeente": 1, "wijk": 2, "buurt": 3}[rules.kind_of(code)]


@pytest.mark.parametrize("text", ["", "BU0363", "WK03630", "GM363", "bu0363AA01", "BU0363AA0１"])
def test_what_is_no_code(text: str) -> None:
    assert not rules.is_area_code(text)


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("1011AB", "1011AB"),
        (" 1011 ab ", "1011AB"),
        ("1011  AB", "1011AB"),
        ("1011-AB", "1011AB"),
        ("1011\u00a0a\u200bb", "1011AB"),
        ("\ufeff1011\u202fAB", "1011AB"),
        ("0111AB", None),
        ("1011A", None),
        ("1011", None),
    ],
)
def test_postcodes_as_people_type_them(text: str, postcode: str | None) -> None:
    assert rules.normal_postcode(text) == postcode


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("1234ab", "1234 AB"),
        ("2000", "2000"),
        ("48149", "48149"),
        ("sw1a\u00a01aa", "SW1A 1AA"),
        ("L-1234", "L-1234"),
        ("1000-205", "1000-205"),
        ("1234 A", None),
        ("0123 AB", None),
        ("12345 ABC", None),
        ("Kerkstraat", None),
        ("1", None),
        ("", None),
        ("1" * 100_000, None),
    ],
)
def test_postcodes_of_other_countries_are_kept_as_written(text: str, postcode: str | None) -> None:
    assert rules.postcode_as_written(text) == postcode


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        (" 12-3", 12),
        ("12 a", 12),
        ("a", None),
        ("0", None),
        ("", None),
        ("123456", None),
    ],
)
def test_house_numbers_as_people_type_them(text: str, number: int | None) -> None:
    assert rules.house_number(text) == number


@pytest.mark.parametrize(
    ("state", "action"),
    [
        *[(ImportStatus.DONE, action) for action in ("start", "finish", "refuse")],
        *[(ImportStatus.REFUSED, action) for action in ("start", "finish", "refuse", "roll_back")],
        *[(ImportStatus.WAITING, action) for action in ("finish", "roll_back")],
        (ImportStatus.RUNNING, "roll_back"),
    ],
)
def test_transitions_of_an_import_that_are_refused(state: ImportStatus, action: str) -> None:
    assert (state, action) in IMPORTS.refused(ImportStatus)
    assert len(IMPORTS.refused(ImportStatus)) == 10
