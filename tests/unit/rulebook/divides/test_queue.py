"""A queue: who is served when, and what is said about it."""

from fractions import Fraction
from hashlib import sha256

import pytest

from voorjebuurt.rulebook.divides.queue import Order, Queue, lot
from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.claim import Claim
from voorjebuurt.rulebook.figures.division import Turn
from voorjebuurt.rulebook.texts.phrases import Money, Number, Phrase, phrase

FIRST, SECOND = Application("A", 1, 1, score=Fraction(7)), Application("B", 2, 1)
THIRD = Application("C", 3, 1, score=Fraction(-1))
EVERYBODY = [THIRD, SECOND, FIRST]


def claims(cents: int) -> dict[str, Claim]:
    claim = Claim(Fraction(cents), Fraction(1), cents, (), (), cents)
    return {each.id: claim for each in EVERYBODY}


def reasons(queue: Queue, application: Application, ceiling_cents: int) -> list[Phrase]:
    everyone = claims(100)
    result = queue.division(EVERYBODY, everyone, ceiling_cents, "seed")
    return [*queue.reasons(application, everyone[application.id], result, ceiling_cents, 300)]


def test_everybody_has_a_turn_with_what_was_left_then() -> None:
    result = Queue(Order.ARRIVAL).division(EVERYBODY, claims(100), 150, None)
    assert result.awards == {"A": 100, "B": 50, "C": 0}
    assert result.turns == {"A": Turn(1, 150), "B": Turn(2, 50), "C": Turn(3, 0)}
    assert result.level is None


def test_a_part_that_is_not_given_is_left_for_the_next() -> None:
    result = Queue(Order.ARRIVAL, 60).division(EVERYBODY, claims(100), 150, None)
    assert result.awards == {"A": 100, "B": 0, "C": 0}
    assert result.turns["C"] == Turn(3, 50)


@pytest.mark.parametrize(
    ("order", "place"),
    [(Order.ARRIVAL, {}), (Order.TENDER, {"score": Number(Fraction(7))})],
)
def test_a_turn_is_told_by_its_order(order: Order, place: dict[str, Number]) -> None:
    turn: dict[str, Money | str] = {"place": "1", "number": "3", "left": Money(150)}
    assert reasons(Queue(order), FIRST, 150) == [phrase(f"turn_{order.value}", **turn, **place)]


def test_why_it_was_not_all_of_the_claim_is_told() -> None:
    assert reasons(Queue(Order.ARRIVAL), SECOND, 150)[1:] == [phrase("turn_partial")]
    assert reasons(Queue(Order.ARRIVAL), THIRD, 150)[1:] == [phrase("turn_empty")]
    small = reasons(Queue(Order.ARRIVAL, 60), SECOND, 150)[1:]
    assert small == [phrase("turn_too_small", least=Money(60))]


def test_a_queue_is_read_back() -> None:
    for order in Order:
        rule = [phrase(f"rule_{order.value}"), phrase("rule_last_in_line")]
        assert [*Queue(order).sentences()] == rule
        least = phrase("rule_min_partial", least=Money(60))
        assert [*Queue(order, 60).sentences()] == [*rule, least]


def test_lots_are_those_that_everybody_can_compute() -> None:
    assert lot("seed", "A") == sha256(b"seed|A").hexdigest()
    line = sorted("ABC", key=lambda key: lot("seed", key))
    result = Queue(Order.LOTTERY).division(EVERYBODY, claims(100), 300, "seed")
    assert list(result.turns) == line
