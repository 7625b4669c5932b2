"""Figures and codes in single cells."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voorjebuurt.places.files import cells

SPACES = st.sampled_from(["", " ", "   ", "\t"])
NUMBERS = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=3)
CODES = st.from_regex(r"\A(GM[0-9]{4}|WK[0-9]{4}[0-9A-Z]{2}|BU[0-9]{4}[0-9A-Z]{4})\Z")


@given(NUMBERS, SPACES, SPACES, st.sampled_from(",."))
def test_a_figure_is_read_exactly_with_comma_or_point_and_padding(
    number: Decimal, before: str, after: str, mark: str
) -> None:
    assert cells.figure(before + f"{number:f}".replace(".", mark) + after) == number


@pytest.mark.parametrize("cell", ["", "   ", ".", "      ."])
def test_missing_is_empty_or_a_dot(cell: str) -> None:
    assert cells.figure(cell) is None


@given(st.text(max_size=12))
def test_a_cell_is_a_figure_or_missing_or_refused(cell: str) -> None:
    """Never a guess: whatever is read can be written again as the same digits."""
    try:
        value = cells.figure(cell)
    except ValueError:
        return
    if value is None:
        assert cell.strip() in ("", ".")
    else:
        assert Decimal(cell.strip().replace(",", ".")) == value


@pytest.mark.parametrize("cell", ["1.234,5", "1,234.5", "12%", "1e3", "NaN", "٣", "--1", "1 2"])
def test_no_figure(cell: str) -> None:
    with pytest.raises(ValueError, match=re.escape(cell)):
        cells.figure(cell)


@given(CODES, SPACES, SPACES)
def test_a_code_stays_text_without_its_padding(code: str, before: str, after: str) -> None:
    assert cells.area_code(before + code + after) == code
    assert cells.area_code(code, prefix=code[:2]) == code


@given(CODES)
def test_a_code_without_prefix_and_zeros_is_the_same_code(code: str) -> None:
    bare = code[2:].lstrip("0")
    if any(each.isalpha() for each in code) and len(bare) > 4:
        assert cells.area_code(bare, prefix=code[:2]) == code


@pytest.mark.parametrize(
    ("cell", "prefix"),
    [("0363", None), ("3630400", None), ("GM0363", "BU"),
     ("036304001", "BU"), ("363-400", "BU"), ("bu03630400", "BU"),
     ("BU0363 0400", None), ("３６３", "GM")],
)  # fmt: skip
def test_no_code(cell: str, prefix: str | None) -> None:
    with pytest.raises(ValueError, match=re.escape(cell)):
        cells.area_code(cell, prefix=prefix)


def test_digits_get_their_leading_zeros_back() -> None:
    assert cells.area_code("3630400", prefix="BU") == "BU03630400"
    assert cells.area_code("363", prefix="GM") == "GM0363"
