"""Bases of quadratic funding that must be nothing, or what can be computed by hand."""

from collections import Counter
from fractions import Fraction

import pytest

from voorjebuurt.rulebook.figures.measured import Interval
from voorjebuurt.rulebook.figures.quadratic import (
    quadratic_bases,
    unbounded_base,
    unbounded_bases,
)


@pytest.mark.parametrize("bound", [None, 1, 100])
def test_without_a_pair_the_base_is_exactly_nothing(bound: int | None) -> None:
    totals = {"A": {"anna": 5}, "B": {}, "C": {"anna": 7}}
    assert quadratic_bases(totals, pair_bound_cents=bound) == {"A": 0, "B": 0, "C": 0}


def test_pairs_by_hand() -> None:
    """With a bound of 100, a pair that raises r counts for 2·r·100 / (100 + all its r)."""
    totals = {
        "A": {"anna": 100, "bilal": 400, "chris": 100},
        "B": {"anna": 900, "bilal": 100},
        "C": {"chris": 100, "dirk": 100},
    }
    assert quadratic_bases(totals, pair_bound_cents=None) == {"A": 1000, "B": 600, "C": 200}
    bases = quadratic_bases(totals, pair_bound_cents=100)
    pairs = {
        "A": [(200, 200 + 300), (100, 100), (200, 200)],
        "B": [(300, 200 + 300)],
        "C": [(100, 100)],
    }
    for key, parts in pairs.items():
        by_hand = sum(Fraction(2 * root * 100, 100 + everywhere) for root, everywhere in parts)
        assert abs(bases[key] - by_hand) < Fraction(1, 10**70)


def test_a_histogram_gives_what_donors_give() -> None:
    totals = {"A": {"anna": 100, "bilal": 100, "chris": 400}, "B": {"anna": 2, "bilal": 3}}
    histograms = {key: Counter(each.values()) for key, each in totals.items()}
    expected = quadratic_bases(totals, pair_bound_cents=None)
    assert unbounded_bases(histograms) == expected
    assert unbounded_base(histograms["A"]) == expected["A"] == 1000


def test_bounds_of_a_product_are_the_products_of_the_bounds() -> None:
    between = Interval(Fraction(2), Fraction(3))
    assert between.times(Fraction(3, 2)) == Interval(Fraction(3), Fraction(9, 2))
    assert (between.exact, between.middle) == (False, Fraction(5, 2))
    whole = Interval(Fraction(2), Fraction(2))
    assert (whole.exact, whole.middle) == (True, Fraction(2))
