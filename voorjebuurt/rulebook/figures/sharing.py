"""Sharing a pot: everybody up to one level, and the last cents by largest remainder."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from voorjebuurt.rulebook.values.numbers import by_value, compare, floor, tiers


@dataclass(frozen=True)
class Stake:
    """Somebody who gets min(limit, level × weight). Limit in cents, weight above 0."""

    id: str
    limit_cents: int
    weight: Fraction


@dataclass(frozen=True)
class Shares:
    """Cents by id, and the level; ``level`` is None when all limits fit."""

    cents: dict[str, int]
    level: Fraction | None


def share_out(stakes: Sequence[Stake], pot_cents: int) -> Shares:
    """The largest level that fits the pot; together they get min(pot, Σ limits) to the cent."""
    if sum(stake.limit_cents for stake in stakes) <= pot_cents:
        return Shares({stake.id: stake.limit_cents for stake in stakes}, None)
    level = level_of(stakes, pot_cents)
    cents, remainders = {}, {}
    for stake in stakes:
        exact = min(Fraction(stake.limit_cents), level * stake.weight)
        cents[stake.id] = min(floor(exact), stake.limit_cents)
        remainder = exact - cents[stake.id]
        if cents[stake.id] < stake.limit_cents and compare(remainder, 0) > 0:
            remainders[stake.id] = remainder
    for key in _first(remainders, pot_cents - sum(cents.values())):
        cents[key] += 1
    return Shares(cents, level)


def level_of(stakes: Iterable[Stake], pot_cents: int) -> Fraction:
    """The largest level at which stakes that do not all fit share the pot.

    Fills those that are full at the lowest level first; the others share what is left.
    """
    by_full_level = sorted(
        ((stake.limit_cents / stake.weight, stake) for stake in stakes),
        key=lambda pair: by_value(pair[0]),
    )
    rest_cents, weight = pot_cents, sum((stake.weight for _, stake in by_full_level), Fraction(0))
    for full_level, stake in by_full_level:
        if full_level * weight >= rest_cents:
            return rest_cents / weight
        rest_cents -= stake.limit_cents
        weight -= stake.weight
    raise AssertionError("all limits fit, so there is no level")


def _first(remainders: dict[str, Fraction], count: int) -> list[str]:
    """The largest remainders; of equal ones the lowest id."""
    by_remainder = tiers(remainders, lambda key: remainders[key])
    return [key for tier in by_remainder for key in sorted(tier)][:count]
