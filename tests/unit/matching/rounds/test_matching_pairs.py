"""Pairs of donors in arrays: enclosed, never wrong; exact where somebody asks."""

import random
from fractions import Fraction

import numpy as np
import pytest

from voorjebuurt.matching.rounds.aggregation import pair_overlaps as meetings
from voorjebuurt.matching.rounds.aggregation import pair_sums as pairs
from voorjebuurt.matching.rounds.aggregation.arrays import together
from voorjebuurt.matching.rounds.aggregation.donors import Totals
from voorjebuurt.matching.rounds.aggregation.quadratic import PairEstimates, histograms
from voorjebuurt.rulebook.figures.quadratic import quadratic_bases, unbounded_bases

KEYS = [f"A{number}" for number in range(9)]


def some_totals(
    seed: int, *, donors: int = 40, largest: int = 100_000
) -> dict[str, dict[str, int]]:
    """Applications of which the first have no donors, one donor, or twins; donors meet often."""
    chance = random.Random(seed)
    totals: dict[str, dict[str, int]] = {"A0": {}, "A1": {"7": 500}, "A2": {"7": 500, "8": 500}}
    for key in KEYS[3:]:
        givers = chance.sample(range(donors), chance.randint(1, donors))
        round_amounts = [500, 1000, 2500, chance.randint(1, largest)]
        totals[key] = {str(donor): chance.choice(round_amounts) for donor in givers}
    return totals


def in_arrays(totals: dict[str, dict[str, int]]) -> Totals:
    entries = [
        (KEYS.index(key), cents, int(donor))
        for key, each in totals.items()
        for donor, cents in each.items()
    ]
    application, cents, donor = np.array(entries, np.int64).T
    fingerprint = donor.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return Totals(application, cents, np.zeros(len(cents), bool), fingerprint, fingerprint)


@pytest.fixture(params=["listed", "heavy", "one by one", "mixed"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ways in which pairs that meet again are found, and large rounds cut into parts."""
    limits = {"heavy": 0, "mixed": 200}
    if request.param in limits:
        monkeypatch.setattr(meetings, "_MOST_LISTED", limits[request.param])
    if request.param == "one by one":
        monkeypatch.setattr(meetings, "_AT_ONCE", 1)
        monkeypatch.setattr(pairs, "_AT_ONCE", 3)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("strength", [1, 1000, 10**7, 2**53 - 1])
def test_bounds_enclose_the_exact_base_tightly(seed: int, strength: int) -> None:
    totals = some_totals(seed)
    exact = quadratic_bases(totals, pair_bound_cents=strength)
    estimates = PairEstimates(KEYS, in_arrays(totals), strength)
    for key, base in estimates.bounds.items():
        assert base.low <= exact[key] <= base.high
        assert base.high - base.low <= exact[key] / 10**12
    assert estimates.bounds["A0"].exact
    assert estimates.bounds["A1"].exact


@pytest.mark.parametrize("seed", range(4))
def test_what_is_asked_for_is_exact_to_the_last_decimal(seed: int) -> None:
    totals = some_totals(seed)
    exact = quadratic_bases(totals, pair_bound_cents=1000)
    estimates = PairEstimates(KEYS, in_arrays(totals), 1000)
    assert estimates.exact(["A4", "A1", "A8"]) == {key: exact[key] for key in ("A4", "A1", "A8")}
    assert estimates.exact(KEYS) == exact
    assert estimates.exact([]) == {}


def test_large_amounts_stay_enclosed() -> None:
    totals = some_totals(1, donors=5, largest=2**45)
    exact = quadratic_bases(totals, pair_bound_cents=2**50)
    for key, base in PairEstimates(KEYS, in_arrays(totals), 2**50).bounds.items():
        assert base.low <= exact[key] <= base.high


def test_a_round_without_gifts_has_bases_of_nothing() -> None:
    nothing = np.zeros(0, np.int64)
    none = Totals(nothing, nothing, nothing != 0, nothing.astype("u8"), nothing.astype("u8"))
    estimates = PairEstimates(["A", "B"], none, 1000)
    assert {base.high for base in estimates.bounds.values()} == {Fraction(0)}
    assert estimates.exact(["A"]) == {"A": 0}


@pytest.mark.parametrize("seed", range(4))
def test_histograms_give_the_unbounded_base(seed: int) -> None:
    totals = some_totals(seed)
    counts = dict(zip(KEYS, histograms(in_arrays(totals), len(KEYS)), strict=True))
    assert unbounded_bases(counts) == quadratic_bases(totals, pair_bound_cents=None)


def test_fingerprints_that_differ_only_in_bits_that_are_not_sorted_are_told_apart() -> None:
    group = np.array([0, 0, 0, 0, 1, 1], np.int64)
    alike = np.array([1, 2, 1, 2, 2, 2], np.uint64)
    other = np.array([5, 5, 5, 6, 5, 5], np.uint64)
    order, first = together((alike, other), group)
    parts = [sorted(part.tolist()) for part in np.split(order, first[1:])]
    assert sorted(parts) == [[0, 2], [1], [3], [4, 5]]
    assert group[order].tolist() == sorted(group.tolist())
