"""The rule builder's choices and ``matchregel/1``: both ways, and nothing lost."""

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.matching_strategies import closing_rules, facts, live_rules
from tests.support.rules_and_facts import INDICATORS, as_read, outcome
from voorjebuurt.matching.funds.builder.choices import (
    BandChoice,
    Choices,
    GroupChoice,
    KindChoice,
    NeedChoice,
    ruleset_json,
)
from voorjebuurt.matching.funds.builder.reading import choices_of
from voorjebuurt.rulebook.clauses import Field
from voorjebuurt.rulebook.documents.ruleset import read_ruleset
from voorjebuurt.rulebook.explanation.sentences import SECTIONS, sentences, sentences_by_section
from voorjebuurt.rulebook.parsing.faults import RefusedError
from voorjebuurt.rulebook.presets import PRESETS, Preset
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.values import jsontext

FULL = Choices(
    ceiling_cents=2_500_000,
    live=False,
    base=KindChoice("ratio", {"ratio": Fraction(2, 3), "donor_cap_cents": 10_000}),
    divide=KindChoice("lottery", {"min_partial_cents": 5_000}),
    needs=(
        NeedChoice(Field.LOCAL_DONORS, ">=", Fraction(10), "te weinig steun"),
        NeedChoice(Field.CROWD_PCT, ">", Fraction(100, 3), "te weinig geld"),
        NeedChoice(Field.THEME, "in", ("green", "sport"), "ander thema"),
        NeedChoice(Field.GROUPS, "any", ("jongeren",), "geen jongeren"),
        NeedChoice(Field.FIRST_TIME, "==", True, "al eens gehad"),
    ),
    indicator="ses_woa",
    bands=(BandChoice(False, Fraction(-3, 10), Fraction(3, 2)),),
    groups=(GroupChoice("jongeren", Fraction(5, 4)), GroupChoice("ouderen", Fraction(2))),
    multiply=True,
    project_cents=500_000,
    pct_of_goal=Fraction(50),
    to_gap=True,
)


def read(rules: dict[str, Any]) -> Ruleset:
    return read_ruleset(as_read(rules), indicators=INDICATORS)


def test_all_that_the_form_can_ask_stands_in_the_rules() -> None:
    assert ruleset_json(FULL) == {
        "schema": "matchregel/1",
        "ceiling_cents": 2_500_000,
        "require": [
            {"field": "local_donors", "op": ">=", "value": 10, "reason": "te weinig steun"},
            {"field": "crowd_pct", "op": ">", "value": "100/3", "reason": "te weinig geld"},
            {"field": "theme", "op": "in", "value": ["green", "sport"], "reason": "ander thema"},
            {"field": "groups", "op": "any", "value": ["jongeren"], "reason": "geen jongeren"},
            {"field": "first_time", "op": "==", "value": True, "reason": "al eens gehad"},
        ],
        "base": {"kind": "ratio", "ratio": "2/3", "donor_cap_cents": 10_000},
        "equity": {
            "indicator": "ses_woa",
            "bands": [{"at_most": "-0.3", "factor": "3/2"}],
            "groups": {"jongeren": "5/4", "ouderen": "2"},
            "combine": "product",
        },
        "caps": {"project_cents": 500_000, "pct_of_goal": 50, "to_gap": True},
        "divide": {"kind": "lottery", "min_partial_cents": 5_000},
    }


def test_they_come_back_as_they_went() -> None:
    assert choices_of(as_read(ruleset_json(FULL))) == FULL


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_keeps_its_hash_through_the_form(preset: Preset) -> None:
    rules = as_read(PRESETS[preset](2_500_000))
    assert jsontext.sha256(as_read(ruleset_json(choices_of(rules)))) == jsontext.sha256(rules)


@given(rules=st.one_of(closing_rules(), live_rules()))
def test_what_the_form_wrote_is_read_back_without_loss(rules: dict[str, Any]) -> None:
    choices = choices_of(as_read(rules))
    raw_rules = ruleset_json(choices)
    assert choices_of(as_read(raw_rules)) == choices
    assert ruleset_json(choices_of(as_read(raw_rules))) == raw_rules


@given(rules=closing_rules(), given_facts=facts())
def test_rules_mean_the_same_after_a_round_through_the_form(
    rules: dict[str, Any], given_facts: dict[str, Any]
) -> None:
    raw_rules = ruleset_json(choices_of(as_read(rules)))
    before, after = outcome(rules, given_facts), outcome(raw_rules, given_facts)
    for part in ("awards", "claims", "factors", "left_cents"):
        assert after.as_json()[part] == before.as_json()[part]


@given(rules=live_rules(), given_facts=facts(live=True))
def test_live_rules_mean_the_same_too(rules: dict[str, Any], given_facts: dict[str, Any]) -> None:
    raw_rules = ruleset_json(choices_of(as_read(rules)))
    assert outcome(raw_rules, given_facts).steps == outcome(rules, given_facts).steps


def test_an_empty_field_is_told_with_its_path() -> None:
    empty = Choices(
        ceiling_cents=None,
        live=True,
        base=KindChoice("threshold"),
        divide=KindChoice("waterfill", {"min_partial_cents": 1}),
        needs=(NeedChoice(Field.DONORS, ">=", None, ""),),
        indicator="p_hh_120",
        bands=(BandChoice(True, None, None),),
        groups=(GroupChoice("jongeren", None),),
    )
    with pytest.raises(RefusedError) as refusal:
        read(ruleset_json(empty))
    assert {(fault.path, fault.code) for fault in refusal.value.faults} == {
        ("rules.ceiling_cents", "missing"),
        ("rules.base", "one_award"),
        ("rules.require[0].value", "missing"),
        ("rules.require[0].reason", "missing"),
        ("rules.equity.bands[0]", "one_bound"),
        ("rules.equity.bands[0].factor", "missing"),
        ("rules.equity.groups.jongeren", "not_a_number"),
    }


def test_what_does_not_belong_to_a_kind_is_not_written() -> None:
    leftovers = Choices(
        ceiling_cents=1,
        live=False,
        base=KindChoice(
            "topup", {"ratio": Fraction(1), "last_pct": Fraction(20), "amount_cents": 5}
        ),
        divide=KindChoice(
            "proportional", {"min_partial_cents": 5, "by_factor": True, "fill": True}
        ),
        bands=(BandChoice(True, Fraction(1), Fraction(2)),),
        multiply=True,
    )
    assert ruleset_json(leftovers) == {
        "schema": "matchregel/1",
        "ceiling_cents": 1,
        "base": {"kind": "topup", "last_pct": 20},
        "divide": {"kind": "proportional"},
    }


def test_an_indicator_that_is_no_longer_allowed_can_still_be_read() -> None:
    rules = as_read(ruleset_json(FULL))
    rules["equity"]["indicator"] = "p_of_before"
    assert choices_of(rules).indicator == "p_of_before"


@given(rules=st.one_of(closing_rules(), live_rules()))
def test_every_sentence_stands_in_a_section_of_the_form(rules: dict[str, Any]) -> None:
    ruleset = read(rules)
    by_section = sentences_by_section(ruleset)
    assert set(by_section) <= set(SECTIONS)
    all_sentences = [sentence for of_section in by_section.values() for sentence in of_section]
    assert sorted(sentence.key for sentence in all_sentences) == sorted(
        sentence.key for sentence in sentences(ruleset)
    )


def test_numbers_are_written_exactly() -> None:
    for number_text in ("0.000000000001", "-0.1", "1/3", "33.3", "7/4", "0.0000000000001"):
        choices = choices_of(
            as_read(
                {
                    **ruleset_json(FULL),
                    "equity": {
                        "indicator": "ses_woa",
                        "bands": [{"at_least": number_text, "factor": 1}],
                    },
                }
            )
        )
        band = json.loads(json.dumps(ruleset_json(choices)))["equity"]["bands"][0]
        assert Fraction(band["at_least"]) == Fraction(number_text)
