"""Rules at the bounds of what a requirement may ask."""

from typing import Any

import pytest

from tests.support.rules_and_facts import INDICATORS, as_read, rules
from voorjebuurt.rulebook.documents.ruleset import read_ruleset
from voorjebuurt.rulebook.parsing.faults import RefusedError
from voorjebuurt.rulebook.values.numbers import exact


def asking(value: str) -> dict[str, Any]:
    requirement = {"field": "crowd_pct", "op": ">=", "value": value, "reason": "Samen."}
    return rules(require=[requirement])


@pytest.mark.parametrize("value", ["0", "0.5", "1", "99.9"])
def test_a_share_below_one_per_cent_may_be_asked(value: str) -> None:
    (requirement,) = read_ruleset(as_read(asking(value)), indicators=INDICATORS).require
    assert requirement.value == exact(value)


def test_a_share_below_zero_may_not_be_asked() -> None:
    with pytest.raises(RefusedError):
        read_ruleset(as_read(asking("-0.5")), indicators=INDICATORS)
