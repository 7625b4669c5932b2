"""A live fund: every paid gift reserves at once what its campaign's claim grew by.

The allocator takes gifts in the order in which it accepts them; what it has reserved does not
shrink, but by a refund before the decision.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from voorjebuurt.rulebook.facts import Application, Facts, Gift
from voorjebuurt.rulebook.figures.claim import Claim
from voorjebuurt.rulebook.figures.factor import Factor
from voorjebuurt.rulebook.figures.tally import Tally
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.texts.phrases import Money, Phrase, phrase


@dataclass(frozen=True)
class GiftOutcome:
    """What one gift did: cents reserved (0 for one that earns nothing), or released if negative.

    ``contribution`` is the gift's position among its application's gifts, from 0. Only a refund
    carries a ``reason``.
    """

    application: str
    contribution: int
    match_cents: int
    reason: Phrase | None = None


class Allocator:
    """The state of a live fund. One gift or refund is O(1). Not for two threads at once."""

    def __init__(
        self, rules: Ruleset, applications: Iterable[Application], factors: Mapping[str, Factor]
    ) -> None:
        self._rules, self._factors = rules, factors
        self._applications = {each.id: each for each in applications}
        self._tallies = {
            key: Tally(rules.base.donor_limits, each.area or ())
            for key, each in self._applications.items()
        }
        self._gifts: dict[tuple[str, int], Gift] = {}
        self._decided: set[str] = set()
        self.left_cents = rules.ceiling_cents
        self.reserved = dict.fromkeys(self._applications, 0)

    def resume(self, key: str, gifts: Mapping[int, Gift], *, reserved_cents: int) -> None:
        """Go on where an earlier allocator stopped: gifts that count, and what is reserved now."""
        for position, gift in gifts.items():
            self._gifts[key, position] = gift
            self._tallies[key].add(gift)
        self.reserved[key] = reserved_cents

    def tally(self, key: str) -> Tally:
        """The gifts of an application so far."""
        return self._tallies[key]

    def claim(self, key: str) -> Claim:
        """An application's claim so far."""
        return self._rules.claim(
            self._applications[key],
            self._tallies[key].measures,
            factor=self._factors[key].value,
        )

    def accept(self, key: str, position: int, gift: Gift) -> GiftOutcome:
        """Count a gift and reserve what its campaign's claim has grown by, as far as it goes.

        Raises ``ValueError`` for a position that was accepted before.
        """
        if (key, position) in self._gifts:
            raise ValueError(f"gift {position} of {key} was accepted before")
        self._gifts[key, position] = gift
        self._tallies[key].add(gift)
        if key in self._decided:
            return GiftOutcome(key, position, 0)
        match = max(0, min(self.left_cents, self.claim(key).cents - self.reserved[key]))
        self._reserve(key, match)
        return GiftOutcome(key, position, match)

    def refund(self, key: str, position: int) -> GiftOutcome:
        """Count a gift no longer, and release what its campaign can't claim without it.

        After the decision nothing is released: the step's reason calls an officer.
        Raises ``KeyError`` for a gift that isn't counted.
        """
        gift = self._gifts.pop((key, position))
        self._tallies[key].take_back(gift)
        amount = Money(gift.amount_cents)
        if key in self._decided:
            return GiftOutcome(key, position, 0, phrase("refund_after_decision", gift=amount))
        surplus = max(0, self.reserved[key] - self.claim(key).cents)
        self._reserve(key, -surplus)
        text = "refund_releases" if surplus else "refund_releases_nothing"
        reason = phrase(text, gift=amount, released=Money(surplus))
        return GiftOutcome(key, position, -surplus, reason)

    def decide(self, key: str) -> int:
        """Fix an application's award: what is reserved now, in cents."""
        self._decided.add(key)
        return self.reserved[key]

    def _reserve(self, key: str, cents: int) -> None:
        self.reserved[key] += cents
        self.left_cents -= cents


def accept_all(allocator: Allocator, facts: Facts) -> list[GiftOutcome]:
    """Accept every gift in the order of its ``paid_at``."""
    in_order = sorted(
        (gift.paid_at or 0, key, position, gift)
        for key, gifts in facts.gifts.items()
        for position, gift in enumerate(gifts)
    )
    return [allocator.accept(key, position, gift) for _, key, position, gift in in_order]
