"""Why one gift to a live fund earned what it earned: one sentence for each case."""

from fractions import Fraction
from typing import Any

import pytest

from tests.support.rules_and_facts import RATIO, as_read, rules
from voorjebuurt.rulebook.clauses import Field, Requirement
from voorjebuurt.rulebook.documents.ruleset import read_ruleset
from voorjebuurt.rulebook.explanation.gift_reasons import AcceptedGift, gift_reason
from voorjebuurt.rulebook.facts import Gift
from voorjebuurt.rulebook.figures.claim import Claim
from voorjebuurt.rulebook.texts.phrases import Money, Phrase, phrase

GIFT = Gift("anna", 500)
AMOUNTS = {"gift": Money(500), "match": Money(30)}
REFUSAL = Requirement(Field.DONORS, ">=", Fraction(2), "samen")


def reason(base: Any = RATIO, **more: Any) -> Phrase:
    ruleset = rules(base, "arrival", moment="live")
    return gift_reason(read_ruleset(as_read(ruleset), indicators=[]), AcceptedGift(**more))


def claim(
    cents: int, *, whole: int = 1000, caps: Any = (), failures: tuple[Requirement, ...] = ()
) -> Claim:
    return Claim(Fraction(whole), Fraction(1), whole, tuple(caps), failures, cents)


@pytest.mark.parametrize(
    ("claim_cents", "reserved_cents", "match_cents", "at_goal", "key"),
    [
        (130, 100, 30, False, "step_matched"),
        (130, 100, 30, True, "step_matched"),
        (131, 100, 30, False, "step_matched_partly"),
        (131, 100, 30, True, "step_up_to_goal"),
        (110, 100, 0, False, "step_fund_empty"),
        (110, 100, 0, True, "step_up_to_goal"),
        (101, 100, 0, False, "step_fund_empty"),
        (120, 100, 30, False, "step_matched"),
        (30, 0, 30, False, "step_matched"),
    ],
)
def test_what_a_gift_earned_is_told_with_its_amounts(
    claim_cents: int, reserved_cents: int, match_cents: int, at_goal: bool, key: str
) -> None:
    sentence = reason(
        gift=GIFT,
        claim=claim(claim_cents),
        reserved_cents=reserved_cents,
        match_cents=match_cents,
        at_goal=at_goal,
    )
    assert sentence == Phrase(key, AMOUNTS | {"match": Money(match_cents)})


def test_a_gift_that_does_not_count_or_came_late_earns_nothing() -> None:
    own = Gift("init", 500, matchable=False)
    amounts = {"claim": claim(200), "reserved_cents": 100, "match_cents": 0}
    assert reason(gift=own, **amounts, over=True) == phrase("step_not_for_match")
    assert reason(gift=GIFT, **amounts, over=True) == phrase("step_after_end")


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        (
            claim(0, failures=(REFUSAL,)),
            phrase("step_requirement", reason="samen", because="Samen."),
        ),
        (
            claim(0, failures=(REFUSAL,), caps=[("project_cents", 1)]),
            phrase("step_requirement", reason="samen", because="Samen."),
        ),
        (claim(900, caps=[("project_cents", 900)]), phrase("step_cap", cap=Money(900))),
        (claim(1000, caps=[("project_cents", 1000)]), phrase("step_cap", cap=Money(1000))),
        (claim(1000, caps=[("project_cents", 1001)]), phrase("step_nothing")),
        (
            claim(700, caps=[("project_cents", 900), ("pct_of_goal", 700)]),
            phrase("step_cap", cap=Money(700)),
        ),
        (claim(1000), phrase("step_nothing")),
    ],
)
def test_a_gift_that_adds_nothing_has_its_cause(case: Claim, sentence: Phrase) -> None:
    step = {"gift": GIFT, "claim": case, "reserved_cents": case.cents, "match_cents": 0}
    assert reason(**step) == sentence


def test_a_donor_who_gave_enough_before_is_told_the_cap() -> None:
    step = {"gift": GIFT, "claim": claim(1000), "reserved_cents": 1000, "match_cents": 0}
    with_cap = {**RATIO, "donor_cap_cents": 100}
    assert reason(with_cap, **step) == phrase("step_donor_cap", cap=Money(100))
    per_donor = {"kind": "per_donor", "amount_cents": 5}
    assert reason(per_donor, **step) == phrase("step_nothing")
