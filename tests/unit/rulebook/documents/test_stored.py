"""Rules that are kept are read as they were meant, whatever is on the list of indicators now."""

import json

import pytest

from tests.support.rules_and_facts import rules
from voorjebuurt.rulebook.documents import ruleset as documents
from voorjebuurt.rulebook.documents.ruleset import read_ruleset
from voorjebuurt.rulebook.documents.stored import indicators_of, stored_ruleset
from voorjebuurt.rulebook.parsing.faults import RefusedError
from voorjebuurt.rulebook.values import jsontext
from voorjebuurt.rulebook.values.jsontext import Json

BANDS = [{"at_least": 1, "factor": 2}]
OUTDATED = rules(equity={"indicator": "p_no_more", "bands": BANDS})


def test_rules_with_an_indicator_that_is_no_longer_on_the_list_are_read() -> None:
    ruleset = stored_ruleset(json.dumps(OUTDATED))
    assert ruleset.equity is not None
    assert ruleset.equity.indicator == "p_no_more"
    assert ruleset.sha256 == jsontext.sha256(OUTDATED)


def test_rules_without_an_indicator_are_read() -> None:
    assert stored_ruleset(json.dumps(rules())).equity is None
    assert stored_ruleset(json.dumps(rules(equity={"groups": {"x": 2}}))).equity is not None


@pytest.mark.parametrize("text", ["[]", json.dumps(rules(ceiling_cents=0))])
def test_what_did_not_validate_is_still_refused(text: str) -> None:
    with pytest.raises(RefusedError):
        stored_ruleset(text)


@pytest.mark.parametrize(
    ("raw", "indicators"),
    [
        (OUTDATED, {"p_no_more"}),
        (rules(), set()),
        (rules(equity={}), set()),
        (rules(equity=[]), set()),
        (rules(equity={"indicator": 5}), set()),
        ([], set()),
    ],
)
def test_the_indicators_of_rules_are_those_they_read(raw: Json, indicators: set[str]) -> None:
    assert indicators_of(raw) == indicators


def test_a_part_that_is_missing_without_a_fault_is_a_fault_of_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(documents, "read_base", lambda *_: None)
    with pytest.raises(AssertionError, match="without base or division have a fault"):
        read_ruleset(rules(), indicators=[])
