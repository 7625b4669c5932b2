"""The three examples beside the rule builder: what rules do, told by the engine itself."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.matching_strategies import closing_rules, live_rules
from tests.support.rules_and_facts import INDICATORS, RATIO, as_read, rules
from voorjebuurt.matching.funds.builder.examples import EXAMPLES, Effect, effects
from voorjebuurt.rulebook.documents.ruleset import read_ruleset
from voorjebuurt.rulebook.presets import first_come, recommended


def effects_of(raw: dict[str, Any]) -> dict[str, Effect]:
    ruleset = read_ruleset(as_read(raw), indicators=INDICATORS)
    table = effects(ruleset, indicators=INDICATORS)
    return {row.example.key: row for row in table.rows}


def test_plain_one_to_one_follows_the_money() -> None:
    rows = effects_of(first_come(2_500_000))
    assert [row.claim_cents for row in rows.values()] == [120_000, 420_000, 750_000]
    assert all(row.factor == 1 for row in rows.values())
    # Half of € 12.900 is there; who applied first gets all.
    assert [row.short_cents for row in rows.values()] == [120_000, 420_000, 105_000]


def test_the_recommended_rules_favour_the_campaign_with_small_gifts() -> None:
    rows = effects_of(recommended(2_500_000))
    assert rows["small_gifts"].factor == Fraction(3, 2)
    # Half of its goal at most; the large gifts count for € 100 each.
    assert [row.claim_cents for row in rows.values()] == [100_000, 250_000, 300_000]
    assert rows["small_gifts"].short_cents == rows["small_gifts"].claim_cents
    assert rows["large_gifts"].short_cents < rows["large_gifts"].claim_cents


@pytest.mark.parametrize("kind", ["arrival", "tender", "lottery", "proportional", "waterfill"])
def test_each_way_to_divide_gives_away_the_short_pot(kind: str) -> None:
    rows = effects_of(rules(RATIO, kind))
    assert sum(row.short_cents for row in rows.values()) == 645_000


def test_groups_and_requirements_tell_the_examples_apart() -> None:
    need = {"field": "groups", "op": "any", "value": ["jongeren"], "reason": "geen jongeren"}
    rows = effects_of(rules(RATIO, "proportional", require=[need]))
    assert [row.claim_cents > 0 for row in rows.values()] == [True, False, False]


@given(raw=st.one_of(closing_rules(), live_rules()))
def test_whatever_the_rules_there_is_something_to_show(raw: dict[str, Any]) -> None:
    rows = effects_of(raw)
    assert list(rows) == [example.key for example in EXAMPLES]
    assert all(row.short_cents >= 0 for row in rows.values())
