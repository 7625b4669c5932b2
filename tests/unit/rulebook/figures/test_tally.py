"""Gifts that are counted and taken back again leave what the others make."""

from voorjebuurt.rulebook.facts import Gift
from voorjebuurt.rulebook.figures.tally import DonorLimits, Measures, Tally

NOTHING = Measures()
LIMITS = DonorLimits(cap_cents=100, least_cents=50)
FIRST, AGAIN = Gift("anna", 40, area="BU1"), Gift("anna", 80, area="BU1")
ELSEWHERE, OWN = Gift("bilal", 30, area="BU2"), Gift("init", 500, area="BU1", matchable=False)


def test_each_gift_counts_once_and_can_be_taken_back() -> None:
    tally = Tally(LIMITS, ["BU1"])
    assert tally.measures == NOTHING
    tally.add(FIRST)
    assert tally.measures == Measures(40, 40, 1, 1, 40, 0)
    tally.add(AGAIN)
    assert tally.measures == Measures(120, 120, 1, 1, 100, 1)
    tally.add(ELSEWHERE)
    assert tally.measures == Measures(150, 150, 2, 1, 130, 1)
    tally.add(OWN)
    assert tally.measures == Measures(650, 150, 2, 1, 130, 1)
    tally.take_back(AGAIN)
    assert tally.measures == Measures(570, 70, 2, 1, 70, 0)
    tally.take_back(FIRST)
    assert tally.measures == Measures(530, 30, 1, 0, 30, 0)
    tally.take_back(OWN)
    tally.take_back(ELSEWHERE)
    assert tally.measures == NOTHING
    assert tally.totals == {}


def test_without_limits_all_of_every_donor_counts() -> None:
    tally = Tally(DonorLimits(), [])
    tally.add(Gift("anna", 1, area="BU1"))
    tally.add(Gift("bilal", 10**9))
    assert tally.measures == Measures(10**9 + 1, 10**9 + 1, 2, 0, 10**9 + 1, 2)
    assert tally.totals == {"anna": 1, "bilal": 10**9}


def test_the_smallest_total_that_counts_is_included() -> None:
    tally = Tally(LIMITS, [])
    tally.add(Gift("anna", 49))
    tally.add(Gift("bilal", 50))
    assert tally.measures.large_donors == 1


def test_one_cent_makes_a_local_donor_until_it_is_taken_back() -> None:
    tally, cent = Tally(DonorLimits(), ["BU1"]), Gift("anna", 1, area="BU1")
    tally.add(cent)
    assert tally.measures == Measures(1, 1, 1, 1, 1, 1)
    tally.take_back(cent)
    assert tally.measures == NOTHING
