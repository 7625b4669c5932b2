"""What is refused in the text of rules and facts, before anybody reads what it says."""

import json
from copy import deepcopy
from decimal import Decimal

import pytest

from tests.support.refusals import (
    FACTS,
    FIRST,
    facts_with,
)
from tests.support.rules_and_facts import as_read, outcome, rules
from voorjebuurt.rulebook.evaluation import evaluate
from voorjebuurt.rulebook.parsing.faults import RefusedError
from voorjebuurt.rulebook.values import jsontext


def from_text(ruleset: str, facts: str) -> set[tuple[str, str]]:
    try:
        evaluate(jsontext.parse(ruleset), jsontext.parse(facts), indicators=["p_hh_120"])
    except RefusedError as error:
        return {(fault.path, fault.code) for fault in error.faults}
    return set()


def test_json_keys_that_stand_there_twice_are_refused_wherever_they_are() -> None:
    sound, facts = json.dumps(rules()), json.dumps(FACTS)
    twice = sound.replace('"ratio": "1/1"', '"ratio": "1/1", "ratio": "1/2"')
    assert from_text(twice, facts) == {("rules.base.ratio", "repeated_key")}
    assert from_text(sound[:-1] + ', "base": {}}', facts) >= {("rules.base", "repeated_key")}
    repetition = facts.replace('"donor": "A-0"', '"donor": "A-0", "donor": "A-0"')
    path = f"{FIRST}.contributions[0].donor"
    assert from_text(sound, repetition) == {(path, "repeated_key")}
    areas = facts[:-1] + ', "areas": {"BU1": {}, "BU1": {}}}'
    assert from_text(sound, areas) == {("facts.areas.BU1", "repeated_key")}


def test_half_characters_are_refused() -> None:
    half = json.dumps(FACTS).replace('"id": "A"', '"id": "\\ud800"')
    assert from_text(json.dumps(rules()), half) == {(f"{FIRST}.id", "broken_text")}
    key = json.dumps(rules(equity={"groups": {"X": 2}})).replace('"X"', '"\\udc00"')
    assert ("rules.equity.groups", "broken_text") in from_text(key, json.dumps(FACTS))


def test_numbers_that_the_hash_would_not_keep_are_refused_in_rules() -> None:
    """Or two different rules would have the same hash."""
    text = json.dumps(rules()).replace('"1/1"', "0.3000000000000000001")
    assert from_text(text, json.dumps(FACTS)) == {("rules.base.ratio", "number_not_kept")}
    with_text = json.dumps(rules()).replace('"1/1"', '"0.3000000000000000001"')
    assert from_text(with_text, json.dumps(FACTS)) == set()


def test_in_facts_any_exact_number_will_do() -> None:
    text = json.dumps(facts_with(score=0)).replace('"score": 0', '"score": 0.3000000000000000001')
    assert from_text(json.dumps(rules()), text) == set()


def test_binary_floats_are_refused_by_whoever_calls_without_text() -> None:
    with_float = deepcopy(rules())
    with_float["base"] = {"kind": "ratio", "ratio": 0.5}
    with pytest.raises(RefusedError, match="binary float"):
        evaluate(with_float, as_read(FACTS), indicators=[])
    with_float["base"] = {"kind": "ratio", "ratio": Decimal("0.5")}
    assert evaluate(with_float, as_read(FACTS), indicators=[]).awards == {"A": 50}


def test_the_hash_has_no_defaults_filled_in_and_ignores_the_order_of_keys() -> None:
    plain = outcome(rules(), FACTS).ruleset_sha256
    assert plain == jsontext.sha256(as_read(rules()))
    assert outcome(rules(moment="closing"), FACTS).ruleset_sha256 != plain
    assert outcome(dict(reversed(rules().items())), FACTS).ruleset_sha256 == plain
