"""Dividing the ceiling over claims. Knows claims, factors and bases, but no gifts."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.claim import Claim
from voorjebuurt.rulebook.figures.sharing import Stake, share_out
from voorjebuurt.rulebook.ruleset import Proportional, QuadraticPot, Queue, Ruleset, Waterfill
from voorjebuurt.rulebook.values.numbers import tiers

ONE = Fraction(1)


@dataclass(frozen=True)
class Turn:
    """An application's place in a queue (from 1), and the cents that were left at its turn."""

    place: int
    left_cents: int


@dataclass(frozen=True)
class Division:
    """Awards in cents by id; ``turns`` in a queue, ``level`` where everybody shares."""

    awards: dict[str, int]
    turns: dict[str, Turn] = field(default_factory=dict)
    level: Fraction | None = None


def divide(
    rules: Ruleset,
    applications: Sequence[Application],
    claims: dict[str, Claim],
    *,
    lottery_seed: str | None = None,
) -> Division:
    """What every application gets; their order in the list changes nothing."""
    how = rules.divide
    if isinstance(how, Queue):
        order = _order(how.kind, applications, claims, lottery_seed or "")
        return _one_by_one(order, claims, rules.ceiling_cents, how.min_partial_cents or 0)
    stakes = [stake for key in claims if (stake := _stake(rules, key, claims[key])) is not None]
    shares = share_out(stakes, rules.ceiling_cents)
    return Division(dict.fromkeys(claims, 0) | shares.cents, level=shares.level)


def _stake(rules: Ruleset, key: str, claim: Claim) -> Stake | None:
    """Limit and weight in a shared pot; None for whoever can get nothing."""
    limit, weight = limit_of(rules, claim), weight_of(rules, claim)
    return Stake(key, limit, weight) if limit > 0 and weight > 0 else None


def limit_of(rules: Ruleset, claim: Claim) -> int:
    """The most that an application can get: its claim, or with ``fill`` its cap."""
    fill = isinstance(rules.divide, QuadraticPot) and rules.divide.fill
    if not fill:
        return claim.cents
    if claim.failed or claim.base == 0:
        return 0
    return min([cap for _, cap in claim.caps], default=rules.ceiling_cents)


def weight_of(rules: Ruleset, claim: Claim) -> Fraction:
    """How heavily an application weighs in a shared pot."""
    how = rules.divide
    if isinstance(how, Proportional):
        return Fraction(claim.cents)
    if isinstance(how, QuadraticPot):
        return claim.base * claim.factor
    return claim.factor if isinstance(how, Waterfill) and how.by_factor else ONE


def _order(
    kind: str, applications: Iterable[Application], claims: dict[str, Claim], seed: str
) -> list[str]:
    if kind == "arrival":
        first = sorted(applications, key=lambda one: (one.received_at, one.id))
        return [one.id for one in first]
    if kind == "lottery":
        return sorted((one.id for one in applications), key=lambda key: lot(seed, key))
    by_score = tiers(applications, lambda one: one.score)
    return [
        key
        for equals in by_score
        for tier in tiers((one.id for one in equals), lambda key: claims[key].factor)
        for key in sorted(tier)
    ]


def lot(seed: str, key: str) -> str:
    """An application's lot: the lowest goes first. Everybody can compute it again."""
    return hashlib.sha256(f"{seed}|{key}".encode()).hexdigest()


def _one_by_one(
    order: Iterable[str], claims: dict[str, Claim], ceiling_cents: int, min_partial_cents: int
) -> Division:
    left = ceiling_cents
    awards, turns = {}, {}
    for place, key in enumerate(order, start=1):
        turns[key] = Turn(place, left)
        part = min(claims[key].cents, left)
        if part < claims[key].cents and part < min_partial_cents:
            part = 0
        awards[key] = part
        left -= part
    return Division(awards, turns)
