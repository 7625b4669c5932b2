"""The steps from gifts to award: which are told, and with which figures."""

from typing import Any

import pytest

from tests.support.rules_and_facts import RATIO, application, decide, gift, rules
from voorjebuurt.rulebook.outcome import Outcome
from voorjebuurt.rulebook.texts.phrases import Number, Phrase, phrase
from voorjebuurt.rulebook.values.numbers import exact

BANDS = [{"at_least": 10, "factor": "3/2"}]
GROUPS = {"jongeren": "2"}
AREAS = {"BU1": {"values": {"p_hh_120": 12}}, "BU2": {"values": {"p_hh_120": 5}}}


def outcome_of(combine: str, divide: Any = "proportional", **more: Any) -> Outcome:
    equity = {"indicator": "p_hh_120", "bands": BANDS, "groups": GROUPS, "combine": combine}
    return decide(
        rules(RATIO, divide, equity=equity, require=[], **more.pop("ruleset", {})),
        application("A", *more.pop("gifts", (500,)), **more),
        areas=AREAS,
    )


def steps(outcome: Outcome) -> list[Phrase]:
    return outcome.reasons["A"]


def keys(outcome: Outcome) -> list[str]:
    return [each.key for each in steps(outcome)]


@pytest.mark.parametrize(
    ("combine", "facts", "sentence"),
    [
        ("max", {"area": {"BU1": 1}, "groups": ["jongeren"]}, "combined_max"),
        ("product", {"area": {"BU1": 1}, "groups": ["jongeren"]}, "combined_product"),
        ("max", {"area": {"BU1": 1}}, None),
        ("product", {"area": {"BU1": 1}}, None),
        ("max", {"groups": ["jongeren"]}, None),
        ("product", {"groups": ["jongeren"]}, None),
        ("max", {}, "no_factor"),
    ],
)
def test_how_area_and_group_go_together_is_told_only_where_both_are(
    combine: str, facts: dict[str, Any], sentence: str | None
) -> None:
    verdicts = {"combined_max", "combined_product", "no_factor"} & set(
        keys(outcome_of(combine, **facts))
    )
    assert verdicts == ({sentence} if sentence else set())


def test_a_product_is_told_with_its_parts() -> None:
    outcome = outcome_of("product", area={"BU1": 1}, groups=["jongeren"])
    area, group, both = Number(exact("3/2")), Number(exact("2")), Number(exact("3"))
    assert phrase("combined_product", area=area, group=group, factor=both) in steps(outcome)


def test_two_areas_are_told_each_and_together() -> None:
    both = outcome_of("max", area={"BU1": "0.5", "BU2": "0.5"})
    assert phrase("areas_together", factor=Number(exact("5/4"))) in steps(both)
    assert "areas_together" not in keys(outcome_of("max", area={"BU1": 1}))


def test_requirements_that_are_met_are_told_where_there_are_any() -> None:
    requirements = [{"field": "donors", "op": ">=", "value": 1, "reason": "Samen."}]
    assert (
        phrase("requirements_met")
        in decide(rules(require=requirements), application("A", 500)).reasons["A"]
    )
    assert "requirements_met" not in keys(outcome_of("max"))


def test_a_live_fund_counts_and_tells_the_factor_too() -> None:
    gifts = (gift("anna", 500, paid_at="2026-03-02T10:00:00+01:00"),)
    outcome = outcome_of("max", "arrival", area={"BU1": 1}, gifts=gifts, ruleset={"moment": "live"})
    assert outcome.awards == {"A": 750}
    assert outcome.as_json()["factors"] == {"A": "3/2"}
    assert keys(outcome)[0] == "crowd"
    assert len(keys(outcome)) > 3


def test_the_printed_outcome_names_the_rules_it_follows() -> None:
    outcome = outcome_of("max")
    assert outcome.as_json()["ruleset_sha256"] == outcome.rules.sha256
