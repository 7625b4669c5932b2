"""Every refusal of rules and facts: where, and why."""

import re
from typing import Any

import pytest

from tests.support.refusals import (
    EQUITY,
    FACT_FAULTS,
    FACTS,
    FIRST,
    LIVE,
    RULES,
    facts_with,
    refused,
    requirement,
)
from tests.support.rules_and_facts import gift, outcome, rules
from voorjebuurt.kernel.catalogues import catalogue, languages


def test_sound_rules_and_facts_are_not_refused() -> None:
    assert refused(rules(require=[requirement()], equity=EQUITY, caps={"pct_of_goal": 50})) == set()


@pytest.mark.parametrize(("ruleset", "path", "code"), RULES)
def test_rules_are_refused_with_path_and_reason(ruleset: object, path: str, code: str) -> None:
    assert (path, code) in refused(ruleset)


def test_a_live_rule_may_look_at_the_goal_and_at_growing_figures() -> None:
    require = [
        requirement(field="goal_cents", op="<", value=10**7),
        requirement(field="donors", op=">"),
        requirement(field="theme", op="==", value="green"),
    ]
    assert refused(rules(require=require, caps={"to_gap": False}) | LIVE, {"applications": []}) == (
        set()
    )


@pytest.mark.parametrize(("facts", "path", "code"), FACT_FAULTS)
def test_facts_are_refused_with_path_and_reason(facts: Any, path: str, code: str) -> None:
    assert (path, code) in refused(rules(), facts)


@pytest.mark.parametrize("seed", [{}, {"lottery_seed": None}, {"lottery_seed": ""}])
def test_a_lottery_without_seed_is_refused(seed: dict[str, Any]) -> None:
    assert "facts.lottery_seed" in {
        path for path, _ in refused(rules(divide="lottery"), FACTS | seed)
    }


def test_null_is_the_same_as_absent_in_facts() -> None:
    nulls = dict.fromkeys(("area", "groups", "theme", "first_time", "score"))
    facts = facts_with(**nulls, contributions=[gift("a", 5, area=None, paid_at=None)])
    assert refused(rules(), facts | {"areas": {"GM1": {"parent": None, "values": None}}}) == set()


def test_in_rules_null_is_no_value() -> None:
    assert refused(rules(caps=None)) == {("rules.caps", "not_an_object")}


def test_shares_may_differ_from_one_by_a_hair() -> None:
    third = "0." + "3" * 40
    assert refused(rules(), facts_with(area=dict.fromkeys(("a", "b", "c"), third))) == set()


def test_every_fault_is_told_and_not_only_the_first() -> None:
    result = refused(
        rules(ceiling_cents=0, caps={"project_cents": 0}, x=1), facts_with(goal_cents=0)
    )
    assert result == {
        ("rules.ceiling_cents", "too_low"),
        ("rules.caps.project_cents", "too_low"),
        ("rules.x", "unknown_key"),
        (f"{FIRST}.goal_cents", "too_low"),
    }


def test_a_chain_of_many_parents_is_followed_and_not_refused() -> None:
    areas: dict[str, Any] = {f"a{i}": {"parent": f"a{i + 1}"} for i in range(20_000)}
    areas["a20000"] = {"values": {"p_hh_120": 30}}
    result = outcome(rules(equity=EQUITY), facts_with(area={"a0": 1}) | {"areas": areas})
    assert result.as_json()["factors"] == {"A": "3/2"}


def test_every_reason_to_refuse_is_in_these_tables_or_has_a_test_of_its_own() -> None:
    tables = {code for _, _, code in (*RULES, *FACT_FAULTS)}
    own = {
        "repeated_key",
        "broken_text",
        "number_not_kept",
        "binary_float",
        "seed_missing",
        "more_faults",
    }
    live, command = {"paid_at_missing", "paid_at_repeated"}, {"not_json", "too_long"}
    assert catalogue("nl").keys("rule fault") == tables | own | live | command


@pytest.mark.parametrize("code", sorted(catalogue("nl").keys("rule fault")))
def test_every_reason_to_refuse_has_a_sentence_in_both_languages(code: str) -> None:
    texts = {name: catalogue(name).text("rule fault", code) for name in languages()}
    assert texts.keys() >= {"nl", "en"}
    placeholders = [set(re.findall(r"{(\w+)}", text)) for text in texts.values()]
    assert placeholders[0] == placeholders[1]
    assert all(text.endswith((".", '."', '".')) for text in texts.values())
