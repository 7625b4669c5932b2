"""What the bases say of themselves at their bounds."""

from fractions import Fraction

import pytest

from tests.support.rules_and_facts import INDICATORS, as_read, claim, rules
from voorjebuurt.rulebook.bases.per_donor import PerDonor
from voorjebuurt.rulebook.bases.threshold import Threshold
from voorjebuurt.rulebook.bases.top_up import TopUp
from voorjebuurt.rulebook.documents.ruleset import read_ruleset
from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.tally import Measures
from voorjebuurt.rulebook.parsing.faults import RefusedError
from voorjebuurt.rulebook.texts.phrases import Money, phrase

NOTHING = Fraction(0)
PLAN = Application("A", 0, 10_000)


def measures(crowd_cents: int, donors: int = 2) -> Measures:
    return Measures(crowd_cents, crowd_cents, donors, 0, crowd_cents, donors)


@pytest.mark.parametrize(("least", "is_told"), [(1, False), (2, True), (100, True)])
def test_a_smallest_gift_of_one_cent_is_no_bound_to_tell(least: int, is_told: bool) -> None:
    base = PerDonor(250, least)
    keys = [each.key for each in base.reasons(PLAN, measures(500), NOTHING)]
    assert ("base_large_donors" in keys) is is_told
    assert ("rule_min_gift" in [each.key for each in base.sentences()]) is is_told


def test_a_top_up_that_is_not_reached_says_so() -> None:
    base = TopUp(Fraction(60))
    reasons = list(base.reasons(PLAN, measures(3_999), NOTHING))
    assert reasons[-1] == phrase("base_not_reached", base=Money(NOTHING))
    assert [each.key for each in base.reasons(PLAN, measures(4_000), NOTHING)][-1] == "base_gap"


def test_a_threshold_of_zero_per_cent_is_one_and_below_is_none() -> None:
    base = {"kind": "threshold", "min_pct": 0, "award_cents": 700}
    threshold = read_ruleset(as_read(rules(base)), indicators=INDICATORS).base
    assert isinstance(threshold, Threshold)
    assert threshold.min_pct == 0
    assert claim(rules(base)) == 700
    with pytest.raises(RefusedError):
        read_ruleset(as_read(rules({**base, "min_pct": "-0.01"})), indicators=INDICATORS)
