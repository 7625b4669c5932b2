"""Live funds: every gift reserves at once, refunds release."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import matching_strategies as some
from tests.support.matching_reference import claim_of as reference_claim
from tests.support.rules_and_facts import (
    INDICATORS,
    RATIO,
    application,
    as_read,
    decide,
    faults,
    gift,
    rules,
)
from voorjebuurt.rulebook.evaluation import read
from voorjebuurt.rulebook.facts import Gift
from voorjebuurt.rulebook.figures.factor import factors
from voorjebuurt.rulebook.live import Allocator
from voorjebuurt.rulebook.texts.wording import say


def at(second: int) -> str:
    return f"2026-03-01T09:00:{second:02}+01:00"


def live(base: Any = RATIO, **more: Any) -> dict[str, Any]:
    return rules(base, "arrival", moment="live", **more)


def allocator_of(ruleset: Any, facts: Any) -> tuple[Allocator, Any]:
    read_rules, read_facts = read(as_read(ruleset), as_read(facts), indicators=INDICATORS)
    equity = factors(read_rules.equity, read_facts.applications, read_facts.areas)
    return Allocator(read_rules, read_facts.applications, equity), read_facts


def test_every_gift_reserves_what_its_campaigns_claim_grew_by() -> None:
    ruleset = live(
        {"kind": "ratio", "ratio": "1/2", "donor_cap_cents": 10000},
        ceiling_cents=9000,
        caps={"project_cents": 6000},
    )
    first = application(
        "A",
        gift("a", 6000, paid_at=at(0)),
        gift("a", 8000, paid_at=at(2)),
        gift("b", 2501, paid_at=at(4)),
    )
    other = application("B", gift("x", 9999, paid_at=at(1)), gift("y", 1, paid_at=at(3)))
    result = decide(ruleset, first, other).as_json()
    assert result["steps"] == [
        {"application": "A", "contribution": 0, "match_cents": 3000},
        {"application": "B", "contribution": 0, "match_cents": 4999},
        {"application": "A", "contribution": 1, "match_cents": 1001},
        {"application": "B", "contribution": 1, "match_cents": 0},
        {"application": "A", "contribution": 2, "match_cents": 0},
    ]
    assert result["awards"] == {"A": 4001, "B": 4999}
    assert result["claims"] == {"A": 6000, "B": 5000}
    assert result["left_cents"] == 0


def test_the_order_is_that_of_paid_at_and_not_of_receipt_or_listing() -> None:
    early = application("A", gift("a", 60, paid_at=at(9)), received_at="2026-01-01T00:00:00Z")
    late = application("B", gift("b", 60, paid_at=at(1)), received_at="2026-02-01T00:00:00Z")
    assert decide(live(ceiling_cents=100), early, late).awards == {"A": 40, "B": 60}


def test_paid_at_compares_as_an_instant() -> None:
    first = application("A", gift("a", 60, paid_at="2026-03-01T09:59:59+02:00"))
    second = application("B", gift("b", 60, paid_at="2026-03-01T08:00:00Z"))
    assert decide(live(ceiling_cents=60), second, first).awards == {"A": 60, "B": 0}


def test_a_gift_that_is_not_matchable_is_a_step_too_and_may_reach_a_threshold() -> None:
    ruleset = live({"kind": "threshold", "min_pct": 50, "award_cents": 700})
    subject = application(
        "A",
        gift("a", 400, paid_at=at(0)),
        gift("init", 100, paid_at=at(1), matchable=False),
        goal=1000,
    )
    result = decide(ruleset, subject)
    assert [step.match_cents for step in result.steps or ()] == [0, 700]


def test_a_requirement_that_comes_true_reserves_what_was_waiting() -> None:
    require = [{"field": "donors", "op": ">=", "value": 2, "reason": "samen"}]
    subject = application("A", gift("a", 10, paid_at=at(0)), gift("b", 5, paid_at=at(1)))
    result = decide(live(require=require), subject)
    assert [step.match_cents for step in result.steps or ()] == [0, 15]


def test_a_live_fund_without_gifts_has_no_steps() -> None:
    assert decide(live(), application("A")).as_json()["steps"] == []


def test_a_closing_has_no_steps() -> None:
    assert "steps" not in decide(rules(), application("A", 5)).as_json()


def test_every_gift_needs_a_paid_at_of_its_own() -> None:
    first = application("A", gift("a", 1), gift("b", 1, paid_at=at(1)))
    other = application("B", gift("c", 1, paid_at="2026-03-01T08:00:01Z"))
    errors = faults(live(), {"applications": [first, other]})
    assert [(fault.path, fault.code) for fault in errors] == [
        ("facts.applications[0].contributions[0].paid_at", "paid_at_missing"),
        ("facts.applications[1].contributions[0].paid_at", "paid_at_repeated"),
    ]


# Refunds


def paid(*gifts: Any, ceiling: int = 1000, **more: Any) -> Allocator:
    """An allocator of campaign A that accepted these gifts."""
    gifts_in_order = [{**values, "paid_at": at(index)} for index, values in enumerate(gifts)]
    facts = {"applications": [application("A", *gifts_in_order), application("B")]}
    allocator, read_facts = allocator_of(live(ceiling_cents=ceiling, **more), facts)
    for position, read_gift in enumerate(read_facts.gifts["A"]):
        allocator.accept("A", position, read_gift)
    return allocator


def test_a_refund_releases_what_cannot_be_claimed_without_it() -> None:
    allocator = paid(gift("a", 100), gift("b", 50))
    step = allocator.refund("A", 0)
    assert (step.application, step.contribution, step.match_cents) == ("A", 0, -100)
    assert allocator.reserved["A"] == 50
    assert allocator.left_cents == 950
    assert step.reason is not None
    assert "€\u00a01 " in say(step.reason, "nl")
    assert "paid back" in say(step.reason, "en")


def test_a_refund_releases_nothing_while_the_claim_still_covers_what_is_reserved() -> None:
    allocator = paid(gift("a", 100), gift("b", 50), caps={"project_cents": 50})
    step = allocator.refund("A", 1)
    assert step.match_cents == 0
    assert allocator.reserved["A"] == 50
    assert step.reason is not None
    assert "blijft gelijk" in say(step.reason, "nl")


def test_a_refund_in_an_empty_fund_releases_only_what_was_reserved_too_much() -> None:
    allocator = paid(gift("a", 100), gift("b", 50), ceiling=120)
    assert allocator.refund("A", 1).match_cents == -20
    assert allocator.reserved["A"] == 100


def test_a_refund_never_reserves_more() -> None:
    allocator = paid(gift("a", 100), gift("b", 50), gift("c", 50), ceiling=120)
    assert allocator.refund("A", 2).match_cents == 0, "the claim, 150, is above the 120 reserved"
    assert allocator.reserved["A"] == 120


def test_what_is_released_is_there_for_the_next_gift() -> None:
    allocator = paid(gift("a", 100), ceiling=100)
    assert allocator.accept("B", 0, Gift("z", 70)).match_cents == 0
    allocator.refund("A", 0)
    assert allocator.reserved == {"A": 0, "B": 0}, "nobody gets it without a gift"
    assert allocator.accept("B", 1, Gift("z", 70)).match_cents == 100


def test_a_refund_may_undo_a_donor_a_local_donor_and_the_crowd() -> None:
    require = [{"field": "donors", "op": ">=", "value": 2, "reason": "samen"}]
    allocator = paid(gift("a", 10), gift("b", 10), gift("b", 10), require=require)
    assert allocator.refund("A", 1).match_cents == -10
    assert allocator.refund("A", 2).match_cents == -20


def test_after_the_decision_a_refund_is_an_officers_task() -> None:
    allocator = paid(gift("a", 100))
    assert allocator.decide("A") == 100
    step = allocator.refund("A", 0)
    assert step.match_cents == 0
    assert allocator.reserved["A"] == 100
    assert step.reason is not None
    assert "ambtenaar" in say(step.reason, "nl")


def test_after_the_decision_a_gift_earns_nothing() -> None:
    allocator = paid(gift("a", 100))
    allocator.decide("A")
    _, facts = allocator_of(
        live(), {"applications": [application("A", gift("z", 7, paid_at=at(9)))]}
    )
    assert allocator.accept("A", 9, facts.gifts["A"][0]).match_cents == 0


def test_a_gift_is_accepted_once_and_refunded_once() -> None:
    allocator = paid(gift("a", 100))
    _, facts = allocator_of(
        live(), {"applications": [application("A", gift("z", 7, paid_at=at(9)))]}
    )
    with pytest.raises(ValueError, match="accepted before"):
        allocator.accept("A", 0, facts.gifts["A"][0])
    allocator.refund("A", 0)
    with pytest.raises(KeyError):
        allocator.refund("A", 0)


@given(some.live_rules(), some.facts(live=True), st.data())
def test_whatever_is_refunded_the_books_agree_with_the_gifts_that_stayed(
    ruleset: Any, facts: Any, data: Any
) -> None:
    allocator, read_facts = allocator_of(ruleset, facts)
    entries = {entry["id"]: {**entry, "contributions": []} for entry in facts["applications"]}
    todo = [(key, i) for key, gifts in read_facts.gifts.items() for i in range(len(gifts))]
    steps: list[tuple[str, int]] = []
    for key, position in data.draw(st.permutations(todo)) if todo else []:
        before = allocator.reserved[key]
        step = allocator.accept(key, position, read_facts.gifts[key][position])
        assert step.match_cents == allocator.reserved[key] - before >= 0
        steps.append((key, position))
        if data.draw(st.integers(0, 2)) == 0:
            back = steps.pop(data.draw(st.integers(0, len(steps) - 1)))
            assert allocator.refund(*back).match_cents <= 0
            claim_after = reference_claim(
                ruleset, left(entries, back[0], steps, facts), [], facts["areas"]
            )
            assert allocator.reserved[back[0]] <= claim_after
        total = sum(allocator.reserved.values())
        assert total + allocator.left_cents == ruleset["ceiling_cents"]
        assert allocator.left_cents >= 0
    for key in entries:
        claim_cents = reference_claim(ruleset, left(entries, key, steps, facts), [], facts["areas"])
        assert allocator.claim(key).cents == claim_cents


def left(entries: Any, key: str, steps: list[tuple[str, int]], facts: Any) -> dict[str, Any]:
    """The application with the gifts that were not refunded."""
    (whole,) = (entry for entry in facts["applications"] if entry["id"] == key)
    contributions = [whole["contributions"][position] for owner, position in steps if owner == key]
    return {**entries[key], "contributions": contributions}
