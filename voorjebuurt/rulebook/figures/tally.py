"""Gifts added up per donor, once; every rule reads these figures and no gift again."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from voorjebuurt.rulebook.facts import Gift


@dataclass(frozen=True)
class DonorLimits:
    """Between which totals (cents) a donor counts.

    cap_cents    the most of a donor's total that ``capped_cents`` counts; None is all of it
    least_cents  the smallest total with which a donor is in ``large_donors``
    """

    cap_cents: int | None = None
    least_cents: int = 1


@dataclass(frozen=True)
class Measures:
    """One application's figures; a database or array may deliver them as well.

    crowd_cents     all gifts, also those that don't count for the match
    given_cents     gifts that count for the match
    donors          donors with gifts that count
    local_donors    those with such a gift from one of the application's own areas
    capped_cents    Σ min(donor total, donor cap)
    large_donors    donors whose total is at least the smallest gift that counts
    """

    crowd_cents: int = 0
    given_cents: int = 0
    donors: int = 0
    local_donors: int = 0
    capped_cents: int = 0
    large_donors: int = 0


class Tally:
    """The gifts of one application so far. Adding or taking back one gift is O(1)."""

    def __init__(self, limits: DonorLimits, areas: Collection[str]) -> None:
        self._limits = limits
        self._areas = frozenset(areas)
        self._local: Counter[str] = Counter()
        self.totals: dict[str, int] = {}
        """Cents per donor that count for the match."""
        self.crowd_cents = self.given_cents = self._capped_cents = self._large_donors = 0

    def add(self, gift: Gift) -> None:
        """Count a gift."""
        self._change(gift, gift.amount_cents)

    def take_back(self, gift: Gift) -> None:
        """Count a gift no longer; it must have been added before."""
        self._change(gift, -gift.amount_cents)

    def _change(self, gift: Gift, cents: int) -> None:
        self.crowd_cents += cents
        if not gift.matchable:
            return
        before = self.totals.get(gift.donor, 0)
        after = before + cents
        self.given_cents += cents
        self._capped_cents += self._up_to_cap(after) - self._up_to_cap(before)
        self._large_donors += self._is_large(after) - self._is_large(before)
        self.totals[gift.donor] = after
        if after == 0:
            del self.totals[gift.donor]
        if gift.area in self._areas:
            self._count_local(gift.donor, 1 if cents > 0 else -1)

    def _up_to_cap(self, cents: int) -> int:
        cap = self._limits.cap_cents
        return cents if cap is None else min(cents, cap)

    def _is_large(self, cents: int) -> bool:
        return cents >= self._limits.least_cents

    def _count_local(self, donor: str, change: int) -> None:
        self._local[donor] += change
        if self._local[donor] == 0:
            del self._local[donor]

    @property
    def measures(self) -> Measures:
        """The figures now."""
        return Measures(
            self.crowd_cents,
            self.given_cents,
            len(self.totals),
            len(self._local),
            self._capped_cents,
            self._large_donors,
        )
