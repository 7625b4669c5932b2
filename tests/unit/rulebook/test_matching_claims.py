"""Each sentence on donors, requirements, bases, factors and claims has its test here."""

from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest

from tests.support.rules_and_facts import RATIO, application, claim, decide, gift, rules
from voorjebuurt.rulebook.figures.quadratic import quadratic_bases, unbounded_base
from voorjebuurt.rulebook.values.numbers import ROOT_SCALE, root


def required(field: str, op: str, value: object) -> dict[str, Any]:
    return rules(require=[{"field": field, "op": op, "value": value, "reason": "reden"}])


# Donors


def test_a_donors_gifts_to_one_application_are_added_first() -> None:
    with_cap = rules({**RATIO, "donor_cap_cents": 10000})
    assert claim(with_cap, gift("anna", 6000), gift("anna", 8000), gift("bilal", 2500)) == 12500


def test_a_donor_is_capped_per_application_and_not_over_all_of_them() -> None:
    with_cap = rules({**RATIO, "donor_cap_cents": 100})
    applications = [application(key, gift("anna", 150)) for key in "AB"]
    assert decide(with_cap, *applications).claims == {"A": 100, "B": 100}


def test_gifts_that_are_not_matchable_count_for_the_crowd_and_not_for_the_match() -> None:
    own = gift("init", 5000, matchable=False)
    assert claim(rules(), own, 200) == 200
    assert claim(required("crowd_cents", ">=", 5200), own, 200) == 200
    assert claim(required("donors", ">=", 2), own, 200) == 0


def test_a_donor_with_both_kinds_of_gifts_counts_with_the_matchable_ones() -> None:
    both_kinds = [gift("x", 300, matchable=False), gift("x", 100)]
    assert claim(rules(), *both_kinds) == 100
    assert claim(required("donors", "==", 1), *both_kinds) == 100


# Requirements


@pytest.mark.parametrize(
    ("op", "value", "holds"),
    [
        (">=", 2, True),
        (">=", 3, False),
        ("<=", 2, True),
        ("<=", 1, False),
        (">", 1, True),
        (">", 2, False),
        ("<", 3, True),
        ("<", 2, False),
        ("==", 2, True),
        ("==", 3, False),
    ],
)
def test_comparisons(op: str, value: int, holds: bool) -> None:
    assert (claim(required("donors", op, value), 100, 100) > 0) == holds


def test_local_donors_are_distinct_donors_from_exactly_one_of_the_own_areas() -> None:
    gifts = [
        gift("a", 10, area="BU1"),
        gift("a", 10, area="BU1"),
        gift("b", 10, area="BU10"),
        gift("c", 10, area="WK1"),
        gift("d", 10),
        gift("e", 10, area="BU2", matchable=False),
        gift("f", 10, area="BU2"),
    ]
    areas = {"BU1": {"parent": "WK1"}, "BU2": {"parent": "WK1"}}
    two: dict[str, Any] = {"area": {"BU1": "1/2", "BU2": "1/2"}, "areas": areas}
    assert claim(required("local_donors", "==", 2), *gifts, **two) == 60
    assert claim(required("local_donors", "==", 0), *gifts) == 60


def test_crowd_pct_is_the_exact_share_of_the_goal() -> None:
    assert claim(required("crowd_pct", ">=", "33.3"), 333, goal=1000) == 333
    assert claim(required("crowd_pct", ">=", "33.34"), 3333, goal=10000) == 0
    assert claim(required("crowd_pct", "==", "100/3"), 1, goal=3) == 1


def test_crowd_and_goal() -> None:
    assert claim(required("crowd_cents", ">", 99), 100) == 100
    assert claim(required("crowd_cents", ">", 100), 100) == 0
    assert claim(required("goal_cents", "<=", 500), 100, goal=500) == 100
    assert claim(required("goal_cents", "<=", 499), 100, goal=500) == 0


def test_theme_and_groups_and_first_time() -> None:
    assert claim(required("theme", "in", ["green", "care"]), 5, theme="care") == 5
    assert claim(required("theme", "in", ["green"]), 5, theme="care") == 0
    assert claim(required("theme", "==", "care"), 5, theme="care") == 5
    assert claim(required("groups", "any", ["minima", "x"]), 5, groups=["y", "minima"]) == 5
    assert claim(required("groups", "any", ["minima"]), 5, groups=["y"]) == 0
    assert claim(required("first_time", "==", True), 5, first_time=True) == 5
    assert claim(required("first_time", "==", True), 5, first_time=False) == 0


def test_absent_facts_are_null_false_or_empty() -> None:
    assert claim(required("theme", "==", "care"), 5) == 0
    assert claim(required("theme", "in", ["care"]), 5, theme=None) == 0
    assert claim(required("groups", "any", ["minima"]), 5) == 0
    assert claim(required("first_time", "==", False), 5) == 5
    assert claim(required("first_time", "==", True), 5) == 0
    assert claim(required("donors", "==", 0)) == 0


def test_all_requirements_must_hold() -> None:
    require = [
        {"field": "donors", "op": ">=", "value": 1, "reason": "een"},
        {"field": "goal_cents", "op": ">=", "value": 10**9, "reason": "groot"},
        {"field": "crowd_cents", "op": ">=", "value": 10**9, "reason": "veel"},
    ]
    result = decide(rules(require=require), application("A", 100)).cases["A"].claim
    assert [requirement.reason for requirement in result.failed] == ["groot", "veel"]
    assert result.cents == 0


# Bases


def test_ratio() -> None:
    assert claim(rules({"kind": "ratio", "ratio": "1/2"}), 1111, 1111, 1111) == 1666
    assert claim(rules({"kind": "ratio", "ratio": 0.1}), 30) == 3
    assert claim(rules({"kind": "ratio", "ratio": "0.1"}), 30) == 3


def test_per_donor_counts_donors_whose_total_is_large_enough() -> None:
    per_donor = {"kind": "per_donor", "amount_cents": 500, "min_gift_cents": 100}
    gifts = [gift("a", 60), gift("a", 40), gift("b", 99), gift("c", 100)]
    assert claim(rules(per_donor), *gifts) == 1000
    assert claim(rules({"kind": "per_donor", "amount_cents": 500}), *gifts) == 1500


def lump(**more: Any) -> dict[str, Any]:
    return rules({"kind": "threshold", **more})


def test_threshold_pays_once_crowd_and_donors_suffice() -> None:
    both = lump(min_pct=50, min_donors=2, award_pct=20)
    assert claim(both, 250, 249, goal=1000) == 0
    assert claim(both, 500, goal=1000) == 0
    assert claim(both, 250, 250, goal=1000) == 200
    assert claim(both, gift("init", 300, matchable=False), 100, 100, goal=1000) == 200


def test_threshold_with_one_condition_or_none() -> None:
    assert claim(lump(min_donors=1, award_cents=700), 1) == 700
    assert claim(lump(min_pct="0.1", award_cents=700), 1, goal=1000) == 700
    assert claim(lump(min_pct="0.1001", award_cents=700), 1, goal=1000) == 0
    assert claim(lump(award_cents=700)) == 700
    assert claim(lump(award_pct="33.3"), goal=1001) == 333


def test_topup_fills_the_last_part_once_the_rest_is_there() -> None:
    last = rules({"kind": "topup", "last_pct": 30})
    assert claim(last, 69999, goal=100000) == 0
    assert claim(last, 70000, goal=100000) == 30000
    assert claim(last, 100001, goal=100000) == 0
    assert claim(rules({"kind": "topup", "last_pct": "33.3"}), 667, goal=1000) == 333
    assert claim(rules({"kind": "topup", "last_pct": "33.3"}), 666, goal=1000) == 0


def test_topup_times_the_factor() -> None:
    last = rules({"kind": "topup", "last_pct": 30}, equity={"groups": {"minima": "3/2"}})
    assert claim(last, 70000, goal=100000, groups=["minima"]) == 45000


QF = {"kind": "qf"}


def test_qf_is_the_square_of_the_roots_minus_the_gifts() -> None:
    assert claim(rules(QF), 100, 400, 100, 900) == 3400
    assert claim(rules(QF), 2, 3) == 4, "2·√6 = 4.89…"
    assert claim(rules(QF), gift("a", 1), gift("a", 3), gift("b", 9)) == 12, "totals 4 and 9"


def test_qf_is_exactly_nothing_for_one_donor() -> None:
    result = decide(rules(QF), application("A", gift("a", 2), gift("a", 5)), application("B"))
    assert [case.claim.base for case in result.cases.values()] == [0, 0]


def test_qf_roots_that_come_near_to_a_whole_number_are_that_number() -> None:
    assert claim(rules(QF), 2, 8) == 8, "2·√16, by way of two irrational roots"
    assert claim(rules(QF), 3, 12, 27) == 12 + 18 + 36


def test_qf_with_a_bound_weakens_a_pair_by_what_it_raises_everywhere() -> None:
    with_bound = rules({"kind": "qf", "pair_bound_cents": 100})
    assert claim(with_bound, 100, 100) == 100, "2·(100/200)·100"
    twice = [application(key, gift("a", 100), gift("b", 100)) for key in "AB"]
    assert decide(with_bound, *twice).claims == {"A": 66, "B": 66}, "2·(100/300)·100"
    apart = [application("A", gift("a", 100), gift("b", 100)), application("B", gift("a", 100))]
    assert decide(with_bound, *apart).claims == {"A": 100, "B": 0}


def test_the_bound_counts_refused_applications_too() -> None:
    require = [{"field": "goal_cents", "op": "<", "value": 10**6, "reason": "klein"}]
    with_bound = rules({"kind": "qf", "pair_bound_cents": 100}, require=require)
    small = application("A", gift("a", 100), gift("b", 100), goal=1000)
    large = application("B", gift("a", 100), gift("b", 100), goal=10**6)
    assert decide(with_bound, small, large).claims == {"A": 66, "B": 0}


def test_the_bound_sees_totals_and_only_matchable_gifts() -> None:
    with_bound = rules({"kind": "qf", "pair_bound_cents": 100})
    first = application("A", gift("a", 60), gift("a", 40), gift("b", 100))
    other = application("B", gift("a", 900, matchable=False), gift("b", 100))
    assert decide(with_bound, first, other).claims == {"A": 100, "B": 0}


def test_pairs_by_histogram_and_one_by_one_are_the_same() -> None:
    """Donors with a second application of their own go one by one, and change nothing."""
    amounts = [7, 7, 50, 99, 99, 99]
    once = {"A": {f"d{i}": cents for i, cents in enumerate(amounts)}}
    apart = once | {f"X{i}": {f"d{i}": 1} for i in range(0, len(amounts), 2)}
    plain = quadratic_bases(once, pair_bound_cents=40)["A"]
    assert abs(plain - quadratic_bases(apart, pair_bound_cents=40)["A"]) < Fraction(1, 10**70)
    naive = Fraction(0)
    for first, other in combinations(amounts, 2):
        together = Fraction(root(first * other), ROOT_SCALE)
        naive += 2 * 40 * together / (40 + together)
    assert abs(plain - naive) < Fraction(1, 10**70)


def test_a_histogram_is_enough_for_the_plain_base() -> None:
    assert unbounded_base({100: 2, 400: 1, 900: 1}) == 3400


# Factors

BANDS = [{"at_least": "18.4", "factor": "5/4"}, {"at_least": 25, "factor": "3/2"}]
EQUITY = {"indicator": "p_hh_120", "bands": BANDS}


def factor(figure: str | float | int, equity: dict[str, Any] = EQUITY, **more: Any) -> Fraction:
    areas = {"BU1": {"values": {"p_hh_120": figure}}}
    facts = {"area": {"BU1": 1}, **more}
    result = decide(rules(equity=equity), application("A", 100, **facts), areas=areas)
    return result.cases["A"].factor.value


@pytest.mark.parametrize(
    ("figure", "factor_text"),
    [("18.3", 1), ("18.4", "5/4"), (18.4, "5/4"), ("24.99", "5/4"), (25, "3/2"), ("40.8", "3/2")],
)
def test_bounds_of_bands_are_inclusive_and_the_highest_factor_is_best(
    figure: str | float | int, factor_text: int | str
) -> None:
    assert factor(figure) == Fraction(factor_text)


def test_a_band_may_have_an_upper_bound_and_figures_may_be_negative() -> None:
    low = {"indicator": "p_hh_120", "bands": [{"at_most": "-0.07", "factor": 2}]}
    assert factor("-0.072", low) == 2
    assert factor("-0.07", low) == 2
    assert factor("-0.06", low) == 1


def test_the_highest_factor_is_best_whatever_the_order_of_the_bands() -> None:
    assert factor(30, {**EQUITY, "bands": BANDS[::-1]}) == Fraction(3, 2)
    unequal = [{"at_least": 1, "factor": 2}, {"at_least": 25, "factor": "3/2"}]
    assert factor(30, {**EQUITY, "bands": unequal}) == 2


def test_areas_count_by_their_share() -> None:
    areas = {"BU1": {"values": {"p_hh_120": 40}}, "BU2": {"values": {"p_hh_120": 1}}}
    in_two_areas = application("A", 13500, area={"BU1": "3/5", "BU2": "2/5"})
    result = decide(rules(equity=EQUITY), in_two_areas, areas=areas)
    assert result.as_json()["factors"] == {"A": "13/10"}
    assert result.claims == {"A": 17550}


def test_a_factor_is_never_below_one_by_a_hair() -> None:
    third = "0." + "3" * 40
    thirds = application("A", 100, area=dict.fromkeys(("a", "b", "c"), third))
    product = {**EQUITY, "combine": "product"}
    assert decide(rules(equity=product), thirds).as_json()["factors"] == {"A": "1"}


def looked_up(areas: dict[str, Any], code: str = "BU1") -> Fraction:
    result = decide(rules(equity=EQUITY), application("A", 100, area={code: 1}), areas=areas)
    return result.cases["A"].factor.value


def test_a_missing_figure_is_looked_up_along_the_parents() -> None:
    rich = {"p_hh_120": 30}
    assert looked_up({"BU1": {"parent": "WK1"}, "WK1": {"values": rich}}) == Fraction(3, 2)
    null = {"parent": "WK1", "values": {"p_hh_120": None}}
    line = {"BU1": null, "WK1": {"parent": "GM1", "values": {}}, "GM1": {"values": rich}}
    assert looked_up(line) == Fraction(3, 2)


def test_the_nearest_figure_counts_also_when_it_is_lower() -> None:
    line = {
        "BU1": {"parent": "WK1"},
        "WK1": {"parent": "GM1", "values": {"p_hh_120": 0}},
        "GM1": {"values": {"p_hh_120": 30}},
    }
    assert looked_up(line) == 1


def test_a_figure_is_never_looked_up_by_the_prefix_of_a_code() -> None:
    areas = {"BU0363AA01": {}, "WK0363AA": {"values": {"p_hh_120": 30}}}
    assert looked_up(areas, "BU0363AA01") == 1


def test_a_figure_that_is_missing_everywhere_is_factor_one() -> None:
    assert looked_up({}) == 1
    assert looked_up({"BU1": {"parent": "nowhere"}}) == 1
    assert looked_up({"BU1": {"parent": None, "values": {"ses_woa": 99}}}) == 1


def test_no_area_is_factor_one() -> None:
    assert decide(rules(equity=EQUITY), application("A", 100)).as_json()["factors"] == {"A": "1"}


def test_the_best_verified_group_counts() -> None:
    groups = {"groups": {"minima": "3/2", "jongeren": "5/4"}}
    assert factor(0, groups, groups=["jongeren", "minima", "onbekend"]) == Fraction(3, 2)
    assert factor(0, groups, groups=["onbekend"]) == 1
    assert factor(0, groups) == 1


def test_area_and_group_combine_by_the_highest_or_by_product() -> None:
    both = {**EQUITY, "groups": {"minima": "5/4"}}
    assert factor(30, both, groups=["minima"]) == Fraction(3, 2)
    assert factor(30, {**both, "combine": "max"}, groups=["minima"]) == Fraction(3, 2)
    assert factor(30, {**both, "combine": "product"}, groups=["minima"]) == Fraction(15, 8)


# Claims


def test_a_claim_is_rounded_once_and_downwards() -> None:
    third = rules({"kind": "ratio", "ratio": "1/3"}, equity={"groups": {"minima": "3/2"}})
    assert claim(third, 101, groups=["minima"]) == 50, "not ⌊33 × 3/2⌋ = 49"


def test_caps_bound_the_claim_after_the_factor() -> None:
    equity = {"equity": {"groups": {"minima": "3/2"}}}
    with_cap = {**equity, "caps": {"pct_of_goal": 50}}
    assert claim(rules(**with_cap), 13500, goal=35000, groups=["minima"]) == 17500
    assert claim(rules(caps={"project_cents": 99}), 100) == 99
    assert claim(rules(caps={"pct_of_goal": "33.3"}), 400, goal=1001) == 333


def test_the_gap_is_what_the_crowd_leaves_of_the_goal() -> None:
    gap = rules(caps={"to_gap": True})
    assert claim(gap, 600, goal=1000) == 400
    assert claim(gap, gift("init", 500, matchable=False), 400, goal=1000) == 100
    assert claim(gap, 1200, goal=1000) == 0
    assert claim(rules(caps={"to_gap": False}), 1200, goal=1000) == 1200


def test_the_lowest_cap_counts() -> None:
    with_caps = rules(caps={"project_cents": 300, "pct_of_goal": 20, "to_gap": True})
    assert claim(with_caps, 600, goal=1000) == 200
    assert claim(with_caps, 900, goal=1000) == 100


def test_a_refused_application_claims_nothing_whatever_its_caps() -> None:
    refusing = required("donors", ">=", 9) | {"caps": {"project_cents": 5}}
    assert claim(refusing, 600) == 0
