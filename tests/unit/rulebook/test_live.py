"""Each step of a live fund with all that it says, also after a pause and after the decision."""

from fractions import Fraction

import pytest

from voorjebuurt.rulebook.bases.ratio import Ratio
from voorjebuurt.rulebook.clauses import Caps
from voorjebuurt.rulebook.divides.queue import Order, Queue
from voorjebuurt.rulebook.facts import Application, Gift
from voorjebuurt.rulebook.figures.factor import Factor
from voorjebuurt.rulebook.live import Allocator, GiftOutcome
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.texts.phrases import Money, phrase

RULES = Ruleset(
    "", 1000, True, (), Ratio(Fraction(1)), None, Caps(project_cents=300), Queue(Order.ARRIVAL)
)
BOTH = (Application("A", 0, 10_000), Application("B", 0, 10_000))
FACTORS = {"A": Factor(), "B": Factor(Fraction(2))}


def allocator() -> Allocator:
    return Allocator(RULES, BOTH, FACTORS)


def test_a_step_names_its_gift_and_what_it_did() -> None:
    fund = allocator()
    assert fund.accept("A", 4, Gift("anna", 200)) == GiftOutcome("A", 4, 200)
    assert fund.accept("B", 0, Gift("anna", 100)) == GiftOutcome("B", 0, 200)
    assert fund.accept("A", 7, Gift("bilal", 150)) == GiftOutcome("A", 7, 100)
    assert (fund.reserved, fund.left_cents) == ({"A": 300, "B": 200}, 500)
    lowers = phrase("refund_releases", gift=Money(200), released=Money(150))
    assert fund.refund("A", 4) == GiftOutcome("A", 4, -150, lowers)
    assert (fund.reserved, fund.left_cents) == ({"A": 150, "B": 200}, 650)
    assert fund.accept("A", 4, Gift("anna", 400)) == GiftOutcome("A", 4, 150)
    stays = phrase("refund_releases_nothing", gift=Money(150), released=Money(0))
    assert fund.refund("A", 7) == GiftOutcome("A", 7, 0, stays)


def test_after_the_decision_a_step_does_nothing_and_says_so() -> None:
    fund = allocator()
    fund.accept("A", 0, Gift("anna", 200))
    assert fund.decide("A") == 200
    assert fund.accept("A", 1, Gift("bilal", 50)) == GiftOutcome("A", 1, 0)
    for_officer = phrase("refund_after_decision", gift=Money(200))
    assert fund.refund("A", 0) == GiftOutcome("A", 0, 0, for_officer)
    assert (fund.reserved["A"], fund.left_cents) == (200, 800)
    assert fund.tally("A").measures.given_cents == 50
    assert fund.accept("B", 0, Gift("chris", 10)) == GiftOutcome("B", 0, 20)


def test_an_allocator_goes_on_where_another_stopped() -> None:
    fund = allocator()
    fund.resume("A", {2: Gift("anna", 200), 5: Gift("bilal", 30)}, reserved_cents=120)
    assert (fund.reserved, fund.claim("A").cents) == ({"A": 120, "B": 0}, 230)
    with pytest.raises(ValueError, match="gift 5 of A was accepted before"):
        fund.accept("A", 5, Gift("dirk", 1))
    assert fund.accept("A", 6, Gift("chris", 10)) == GiftOutcome("A", 6, 120)
    assert fund.refund("A", 2).match_cents == -200
    assert fund.reserved["A"] == 40
