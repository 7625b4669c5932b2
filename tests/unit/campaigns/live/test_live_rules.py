"""What differs between two texts, and when a last day may move."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voorjebuurt.campaigns.live.differences import Piece, Pieces, differences
from voorjebuurt.campaigns.live.rules import day_fault, latest_day
from voorjebuurt.campaigns.rules import least_to_extend

ENDS = date(2026, 3, 20)


def text(pieces: Pieces) -> str:
    return "".join(piece.text for piece in pieces)


def test_words_that_differ_are_marked_and_lines_that_stay_are_left_out() -> None:
    before, after = differences(
        "Kop\nWij planten vier boomen.\nDag", "Kop\nWij planten vier bomen.\nDag"
    )
    assert before == (Piece("Wij planten vier ", False), Piece("boomen.", True))
    assert after == (Piece("Wij planten vier ", False), Piece("bomen.", True))


def test_what_came_or_went_stands_on_one_side_only() -> None:
    assert differences("", "Een bank") == ((), (Piece("Een bank", True),))
    assert differences("Een bank\nTwee", "Twee") == ((Piece("Een bank", True),), ())


def test_very_long_texts_are_marked_whole() -> None:
    before, after = "a " * 2_000, "b " * 2_000
    assert differences(before, after) == ((Piece(before, True),), (Piece(after, True),))


def test_of_a_long_text_that_stayed_only_what_is_near_is_shown() -> None:
    same = " ".join(f"woord{number}" for number in range(60))
    before, after = differences(f"oud {same} einde", f"nieuw {same} slot")
    assert [piece.is_other for piece in before] == [True, False, True]
    assert before[1] == after[1]
    assert before[1].text.startswith("woord0 ")
    assert before[1].text.endswith("woord59 ")
    assert "woord11 … woord48" in before[1].text
    tail, _ = differences(f"oud {same}", f"nieuw {same}")
    assert tail[1].text.endswith("woord11 …")


@given(st.text("ab \n", max_size=20), st.text("ab \n", max_size=20))
def test_nothing_of_a_short_text_is_lost_but_lines_that_stay(before: str, after: str) -> None:
    old, new = differences(before, after)
    assert text(old) in "\n".join(before.splitlines())
    assert text(new) in "\n".join(after.splitlines())
    same = [
        [word for piece in pieces if not piece.is_other for word in piece.text.split()]
        for pieces in (old, new)
    ]
    assert same[0] == same[1]


@pytest.mark.parametrize(
    ("until_on", "fault"),
    [
        (ENDS, "extension_too_soon"),
        (date(2026, 3, 21), None),
        (date(2026, 4, 3), None),
        (date(2026, 4, 4), "extension_too_late"),
    ],
)
def test_a_last_day_moves_forward_and_no_further_than_was_said(
    until_on: date, fault: str | None
) -> None:
    assert day_fault(until_on, deadline_on=ENDS, days=14) == fault
    assert latest_day(ENDS, 14) == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("minimum_cents", "percent", "least_cents"), [(100_000, 50, 50_000), (101, 50, 51), (7, 0, 0)]
)
def test_what_must_be_there_is_rounded_up(
    minimum_cents: int, percent: int, least_cents: int
) -> None:
    assert least_to_extend(minimum_cents, percent) == least_cents
