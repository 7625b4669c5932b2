"""Bases that lie between bounds decide as the exact ones do, to the last digit that is told."""

import json
from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import matching_strategies as some
from tests.support.rules_and_facts import INDICATORS, application, as_read, rules
from voorjebuurt.rulebook import exactness
from voorjebuurt.rulebook.closing import decide_measured
from voorjebuurt.rulebook.evaluation import add_up, decide, read
from voorjebuurt.rulebook.facts import Facts
from voorjebuurt.rulebook.figures.measured import Interval, MeasuredFacts
from voorjebuurt.rulebook.outcome import Outcome
from voorjebuurt.rulebook.ruleset import Ruleset

WIDTHS = st.sampled_from([Fraction(1, 10**n) for n in (0, 2, 3, 5, 9, 25, 30, 31, 40)])
QF = {"kind": "qf", "pair_bound_cents": 500}
POT = {"kind": "qf_pot"}


class RoughBases:
    """Exact bases that pretend to be known roughly only; remembers which were asked for."""

    def __init__(self, bases: Mapping[str, Fraction], below: Fraction, above: Fraction) -> None:
        self._bases = bases
        self.bounds = {
            key: Interval(base - below, base + above) if base else Interval(base, base)
            for key, base in bases.items()
        }
        self.asked: set[str] = set()

    def exact(self, keys: Collection[str]) -> Mapping[str, Fraction]:
        self.asked |= set(keys)
        return {key: self._bases[key] for key in keys}


def estimated(ruleset: Ruleset, facts: Facts, *widths: Fraction) -> tuple[Outcome, RoughBases]:
    measures = add_up(ruleset, facts)
    assert isinstance(measures.quadratic, Mapping)
    bases = RoughBases(measures.quadratic, *widths)
    figures = MeasuredFacts(
        measures.applications, measures.areas, measures.measures, bases, measures.lottery_seed
    )
    return decide_measured(ruleset, figures), bases


@given(some.quadratic_rules(), some.facts(), WIDTHS, WIDTHS)
def test_bounds_decide_and_tell_as_exact_bases_do(
    ruleset: Any, facts: Any, below: Fraction, above: Fraction
) -> None:
    case = read(as_read(ruleset), as_read(facts), indicators=INDICATORS)
    result, _ = estimated(*case, below, above)
    assert json.dumps(result.as_json()) == json.dumps(decide(*case).as_json())


def outcome_of(ruleset: Any, *applications: Any) -> tuple[Outcome, RoughBases]:
    facts = {"applications": list(applications)}
    case = read(as_read(ruleset), as_read(facts), indicators=INDICATORS)
    width = Fraction(1, 10**9)
    result, bases = estimated(*case, width, width)
    assert result.as_json() == decide(*case).as_json()
    return result, bases


PLAIN = application("A", 300, 700, 1100)
WHOLE = application("B", 500, 500, 500)
"""Three pairs of r = 500 and k = 1/2 make 1500 cents exactly."""


@pytest.mark.parametrize("divide", ["proportional", POT])
def test_only_what_lies_at_a_step_is_computed_exactly(divide: Any) -> None:
    result, bases = outcome_of(rules(QF, divide), PLAIN, WHOLE)
    assert result.claims["B"] == 1500
    assert bases.asked == {"B"}


def test_a_product_with_the_factor_that_lies_at_a_step_is_computed_exactly() -> None:
    equity = {"groups": {"minima": "3/2"}}
    many = [application("A", 500, 500, groups=["minima"]), application("B", 500, 500)]
    _, bases = outcome_of(rules({**QF, "pair_bound_cents": 250}, equity=equity), *many)
    assert bases.asked == {"A"}


def test_a_pot_whose_remainders_are_equal_is_computed_exactly() -> None:
    pot = rules(QF, POT, ceiling_cents=333)
    twins = [application(key, 300, 700, 1100) for key in "CDE"]
    result, bases = outcome_of(pot, *twins, application("F", 123, 456, 789))
    assert sum(result.awards.values()) == 333
    assert bases.asked == set("CDEF")


def test_a_pot_that_is_clear_is_divided_on_bounds() -> None:
    result, bases = outcome_of(
        rules(QF, POT, ceiling_cents=400), PLAIN, application("B", 123, 456, 789)
    )
    assert sum(result.awards.values()) == 400
    assert bases.asked == set()


def test_who_has_the_maximum_leaves_the_rest_of_the_pot_to_the_others_on_bounds() -> None:
    pot = rules(QF, POT, ceiling_cents=400, caps={"pct_of_goal": 1})
    small = application("B", 123, 456, 789, goal=2000)
    large = application("C", 111, 456, 789)
    result, bases = outcome_of(pot, PLAIN, small, large, application("N"))
    assert result.awards["B"] == 20
    assert sum(result.awards.values()) == 400
    assert bases.asked == set()


def test_a_share_of_the_pot_that_lies_at_a_step_is_computed_exactly() -> None:
    twins = [application(key, 300, 700, 1100) for key in "AB"]
    result, bases = outcome_of(rules(QF, POT, ceiling_cents=400), *twins)
    assert result.awards == {"A": 200, "B": 200}
    assert bases.asked == {"A", "B"}


def test_live_rules_are_refused() -> None:
    live = rules(divide="arrival", moment="live")
    case = read(as_read(live), {"applications": []}, indicators=INDICATORS)
    with pytest.raises(ValueError, match="one by one"):
        decide_measured(case[0], MeasuredFacts((), {}, {}))


@pytest.mark.parametrize(("count", "clear"), [(0, True), (1, True), (2, False), (3, True)])
def test_who_has_the_largest_remainders_is_clear_where_none_or_all_have_them(
    count: int, clear: bool
) -> None:
    rough = [Interval(Fraction(1), Fraction(3)), Interval(Fraction(2), Fraction(4))]
    large = Interval(Fraction(9), Fraction(10))
    assert exactness._first_are_clear([*rough, large], count) is clear
