"""Facts that leave something out, and facts that rules can't do with."""

from fractions import Fraction
from typing import Any

import pytest

from tests.support.rules_and_facts import INDICATORS, application, as_read, rules
from voorjebuurt.rulebook.documents.facts import read_facts, refuse_missing_facts
from voorjebuurt.rulebook.documents.ruleset import read_ruleset
from voorjebuurt.rulebook.facts import Facts
from voorjebuurt.rulebook.parsing.faults import RefusedError

PLAIN = read_ruleset(as_read(rules()), indicators=INDICATORS)
LOTTERY = read_ruleset(as_read(rules(divide="lottery")), indicators=INDICATORS)


def facts_of(*applications: Any, **more: Any) -> Facts:
    raw = as_read({"applications": list(applications), **more})
    return read_facts(raw, None, indicators=INDICATORS)


def test_who_has_no_score_has_zero() -> None:
    facts = facts_of(application("A"), application("B", score="0.5"))
    assert [each.score for each in facts.applications] == [Fraction(0), Fraction(1, 2)]


def test_facts_that_were_read_before_may_lack_what_other_rules_need() -> None:
    facts = facts_of(application("A", 500))
    refuse_missing_facts(PLAIN, facts)
    with pytest.raises(RefusedError) as refusal:
        refuse_missing_facts(LOTTERY, facts)
    (fault,) = refusal.value.faults
    assert fault.path.startswith("facts")
    with pytest.raises(RefusedError) as refusal:
        refuse_missing_facts(LOTTERY, facts, path="elsewhere")
    assert refusal.value.faults[0].path.startswith("elsewhere")
    refuse_missing_facts(LOTTERY, facts_of(application("A", 500), lottery_seed="20260301"))
