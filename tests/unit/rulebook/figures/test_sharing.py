"""Sharing a pot to the cent, on stakes whose shares can be seen at once."""

from fractions import Fraction

import pytest

from voorjebuurt.rulebook.figures.sharing import Shares, Stake, level_of, share_out


def stakes(*amounts: tuple[int, Fraction | int]) -> list[Stake]:
    return [
        Stake(key, limit, Fraction(weight))
        for key, (limit, weight) in zip("abcdef", amounts, strict=False)
    ]


def test_all_limits_are_given_when_they_just_fit() -> None:
    both = stakes((60, 1), (40, 9))
    assert share_out(both, 100) == Shares({"a": 60, "b": 40}, None)
    assert share_out(both, 101) == Shares({"a": 60, "b": 40}, None)
    assert share_out(both, 99).level is not None


def test_whoever_is_full_first_leaves_the_others_more() -> None:
    three = stakes((10, 1), (100, 1), (100, 2))
    assert level_of(three, 100) == 30
    assert share_out(three, 100) == Shares({"a": 10, "b": 30, "c": 60}, Fraction(30))


def test_the_level_is_the_same_whatever_order_the_stakes_come_in() -> None:
    three = stakes((10, 1), (100, 1), (100, 2))
    assert level_of(reversed(three), 100) == 30


def test_somebody_who_is_full_exactly_at_the_level_is_full() -> None:
    two = stakes((30, 1), (100, 1))
    assert share_out(two, 60) == Shares({"a": 30, "b": 30}, Fraction(30))


def test_the_last_cents_go_by_largest_remainder_then_by_lowest_id() -> None:
    four = stakes((9, 1), (9, 1), (9, 1), (9, Fraction(1, 2)))
    shares = share_out(four, 12)
    assert shares.level == Fraction(24, 7)
    assert shares.cents == {"a": 4, "b": 3, "c": 3, "d": 2}


def test_nobody_gets_a_last_cent_beyond_the_limit() -> None:
    third = Fraction(1, 3)
    cents = share_out(stakes((1, 1), (5, third), (5, third)), 2).cents
    assert cents == {"a": 1, "b": 1, "c": 0}


def test_stakes_that_all_fit_have_no_level() -> None:
    with pytest.raises(AssertionError, match="all limits fit, so there is no level"):
        level_of(stakes((10, 1)), 11)
    with pytest.raises(AssertionError):
        level_of([], 0)
