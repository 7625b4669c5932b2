"""The engine against a slow second one, on random rules and facts."""

from fractions import Fraction
from typing import Any

from hypothesis import given

from tests.support import matching_strategies as some
from tests.support.matching_reference import reference
from tests.support.rules_and_facts import outcome


def agrees(ruleset: Any, facts: Any) -> None:
    result, model = outcome(ruleset, facts).as_json(), reference(ruleset, facts)
    factors = {key: Fraction(factor) for key, factor in result["factors"].items()}
    assert factors == model["factors"]
    for key in ("claims", "awards", "left_cents", "steps"):
        assert result.get(key) == model.get(key), key


@given(some.closing_rules(), some.facts())
def test_a_closing_agrees_with_the_words_of_the_specification(ruleset: Any, facts: Any) -> None:
    agrees(ruleset, facts)


@given(some.live_rules(), some.facts(live=True))
def test_a_live_fund_agrees_with_the_words_of_the_specification(ruleset: Any, facts: Any) -> None:
    agrees(ruleset, facts)
