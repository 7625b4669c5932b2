"""What is said of a share of a pot, and who has no part in it."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, ClassVar, Self

import pytest

from voorjebuurt.rulebook.bases.base import Base
from voorjebuurt.rulebook.divides.pot import Pot
from voorjebuurt.rulebook.divides.proportional import Proportional
from voorjebuurt.rulebook.divides.quadratic_pot import QuadraticPot
from voorjebuurt.rulebook.divides.waterfill import Waterfill
from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.claim import Claim
from voorjebuurt.rulebook.figures.division import Division
from voorjebuurt.rulebook.parsing.reader import Reader
from voorjebuurt.rulebook.texts.phrases import Money, Number, Phrase, phrase
from voorjebuurt.rulebook.values.jsontext import Json


def claim(cents: int, factor: Fraction | int = 1, **more: Any) -> Claim:
    whole = Claim(Fraction(cents), Fraction(factor), cents, (), (), cents)
    return replace(whole, **more)


def division(pot: Pot, ceiling_cents: int, **claims: Claim) -> Division:
    return pot.division([], claims, ceiling_cents, None)


def reasons(pot: Pot, key: str, ceiling_cents: int, **claims: Claim) -> list[Phrase]:
    result = division(pot, ceiling_cents, **claims)
    total = sum(pot.limit_cents(each, ceiling_cents) for each in claims.values())
    subject = Application(key, 0, 1)
    return [*pot.reasons(subject, claims[key], result, ceiling_cents, total)]


@dataclass(frozen=True)
class ByFactor(Pot):
    """A further way to divide, in which those with a factor alone weigh anything."""

    kinds: ClassVar[tuple[str, ...]] = ("by_factor",)

    @classmethod
    def read(cls, _reader: Reader, _raw: Json, _path: str, _base: Base | None, /) -> Self:
        """From anything."""
        return cls()

    def weight(self, claim: Claim) -> Fraction:
        """Nothing without a factor."""
        return claim.factor - 1

    def share_reason(self, _claim: Claim, _level: Fraction) -> Phrase:
        """Anything."""
        return phrase("share")

    def sentence(self) -> Phrase:
        """Anything."""
        return phrase("rule")


def test_whoever_weighs_nothing_or_claims_nothing_gets_nothing() -> None:
    claims = {"A": claim(50), "B": claim(50, 2), "C": claim(0, 2), "D": claim(0)}
    assert division(ByFactor(), 20, **claims).awards == {"A": 0, "B": 20, "C": 0, "D": 0}
    assert division(ByFactor(), 99, **claims).awards == {"A": 0, "B": 50, "C": 0, "D": 0}


def test_a_pot_that_fits_says_so_and_no_more() -> None:
    assert reasons(Proportional(), "A", 100, A=claim(60), B=claim(40)) == [phrase("all_fit")]
    all_fit = reasons(QuadraticPot(False), "A", 100, A=claim(60), B=claim(40))
    assert all_fit == [phrase("all_fit_pot")]


def test_a_share_of_exactly_the_limit_is_not_said_to_be_held_back() -> None:
    short = phrase("pot_short", total=Money(130), ceiling=Money(60))
    level = phrase("share_level", level=Money(Fraction(30)))
    assert reasons(Waterfill(False), "A", 60, A=claim(30), B=claim(100)) == [short, level]
    with_limit = reasons(Waterfill(False), "A", 62, A=claim(30), B=claim(100))
    assert with_limit[1:] == [
        phrase("share_level", level=Money(Fraction(32))),
        phrase("share_full", limit=Money(30)),
    ]


def test_a_share_that_was_completed_says_where_the_last_cents_went() -> None:
    assert reasons(Waterfill(False), "A", 5, A=claim(9), B=claim(9))[1:] == [
        phrase("share_level", level=Money(Fraction(5, 2))),
        phrase("share_last_cents"),
    ]


def test_a_level_times_the_factor_is_told_as_a_product() -> None:
    shares = reasons(Waterfill(True), "B", 50, A=claim(99), B=claim(99, Fraction(3, 2)))
    assert shares[1:] == [
        phrase(
            "share_level_factor",
            level=Money(Fraction(20)),
            factor=Number(Fraction(3, 2)),
            exact=Money(Fraction(30)),
        )
    ]


def test_a_weighted_share_is_told_with_its_weight() -> None:
    shares = reasons(QuadraticPot(False), "B", 50, A=claim(100), B=claim(100, Fraction(3, 2)))
    product, exact = Money(Fraction(150)), Money(Fraction(30))
    assert shares[1:] == [phrase("share_pot", product=product, exact=exact)]
    proportional = reasons(Proportional(), "B", 50, A=claim(100), B=claim(150))
    assert proportional[1:] == [phrase("share_proportional", exact=Money(Fraction(30)))]


@pytest.mark.parametrize(
    ("pot", "key"),
    [
        (Proportional(), "rule_proportional"),
        (Waterfill(False), "rule_waterfill"),
        (Waterfill(True), "rule_waterfill_factor"),
        (QuadraticPot(False), "rule_qf_pot"),
        (QuadraticPot(True), "rule_qf_fill"),
    ],
)
def test_a_pot_is_read_back_with_its_last_cents(pot: Pot, key: str) -> None:
    assert [*pot.sentences()] == [phrase(key), phrase("rule_last_cents")]


def test_a_pot_that_is_filled_goes_up_to_the_lowest_cap() -> None:
    fill = QuadraticPot(True)
    with_caps = claim(5, caps=(("project_cents", 70), ("pct_of_goal", 60)))
    assert fill.limit_cents(with_caps, 1000) == 60
    assert fill.limit_cents(claim(5), 1000) == 1000
    assert fill.limit_cents(claim(0, base=Fraction(1, 9)), 1000) == 1000
    assert fill.limit_cents(claim(0), 1000) == 0
    assert QuadraticPot(False).limit_cents(with_caps, 1000) == 5
