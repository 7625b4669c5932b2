"""Which bases must be computed exactly where most are only known between two bounds.

The outcome must be the one that exact bases give. Amounts are shown in steps of a hundredth of a
cent, and whole cents are such steps too. If no step lies within the bounds of the base, of base ×
factor and of the share of the pot, then any value within them gives the same claim, the same award
and the same sentences. All other bases are computed exactly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from voorjebuurt.rulebook.figures.factor import Factor
from voorjebuurt.rulebook.figures.measured import Estimates, Interval, MeasuredFacts
from voorjebuurt.rulebook.figures.sharing import Stake, level_of
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.texts.wording import MONEY_PARTS
from voorjebuurt.rulebook.values.numbers import TOLERANCE

_STEPS: int = 10**MONEY_PARTS
"""Steps of a cent in which amounts are told."""


@dataclass(frozen=True)
class _Share:
    """A stake in the pot whose weight is known between bounds."""

    key: str
    limit_cents: int
    weight: Interval


def sufficient_bases(
    rules: Ruleset, figures: MeasuredFacts, equity: Mapping[str, Factor], estimates: Estimates
) -> dict[str, Fraction]:
    """A base for every application that gives the outcome and the sentences of the exact one."""
    bounds = dict(estimates.bounds)
    unclear = [key for key, base in bounds.items() if not _is_clear(base, equity[key].value)]
    bounds |= {key: Interval(base, base) for key, base in estimates.exact(unclear).items()}
    if rules.divide.weighs_base:
        shares = _shares(rules, figures, equity, bounds)
        if not _pot_is_clear(shares, rules.ceiling_cents):
            return dict(estimates.exact(bounds))
    return {key: base.middle for key, base in bounds.items()}


def _is_clear(base: Interval, factor: Fraction) -> bool:
    return base.exact or not (_may_be_at_a_step(base) or _may_be_at_a_step(base.times(factor)))


def _may_be_at_a_step(value: Interval) -> bool:
    """Whether a multiple of a step lies within the bounds, or so near that it counts as equal."""
    room = 2 * TOLERANCE
    return ceil((value.low - room) * _STEPS) <= floor((value.high + room) * _STEPS)


def _shares(
    rules: Ruleset,
    figures: MeasuredFacts,
    equity: Mapping[str, Factor],
    bounds: Mapping[str, Interval],
) -> list[_Share]:
    """Everybody who can get something; their limits are certain once their bases are clear."""
    shares = []
    for application in figures.applications:
        key = application.id
        base, factor = bounds[key], equity[key].value
        measures = figures.measures[key]
        claim = rules.claim(application, measures, factor=factor, pair_sum=base.middle)
        limit = rules.limit_cents(claim)
        if limit > 0 and base.high > 0:
            shares.append(_Share(key, limit, base.times(factor)))
    return shares


def _pot_is_clear(shares: Sequence[_Share], pot_cents: int) -> bool:
    """Whether all weights within their bounds give the same awards.

    The level falls when a weight rises: so the lowest weights give its upper bound, and the
    highest its lower.
    """
    fits = sum(share.limit_cents for share in shares) <= pot_cents
    if fits or all(share.weight.exact for share in shares):
        return True
    highest = level_of([Stake(s.key, s.limit_cents, s.weight.low) for s in shares], pot_cents)
    lowest = level_of([Stake(s.key, s.limit_cents, s.weight.high) for s in shares], pot_cents)
    rest_cents, remainders = pot_cents, []
    for share in shares:
        part = Interval(lowest * share.weight.low, highest * share.weight.high)
        full = share.limit_cents <= part.low
        if _may_be_at_a_step(part) or (not full and share.limit_cents <= part.high):
            return False
        whole = share.limit_cents if full else floor(part.low)
        rest_cents -= whole
        if not full:
            remainders.append(Interval(part.low - whole, part.high - whole))
    return _first_are_clear(remainders, rest_cents)


def _first_are_clear(remainders: list[Interval], count: int) -> bool:
    """Whether it is certain who has the ``count`` largest remainders."""
    remainders.sort(key=lambda each: each.low, reverse=True)
    first, others = remainders[:count], remainders[count:]
    if not first or not others:
        return True
    return first[-1].low - max(each.high for each in others) > TOLERANCE
