"""A ruleset read back as sentences, for residents and for the officer who built it in a form."""

from collections.abc import Iterator
from fractions import Fraction

from voorjebuurt.rulebook.explanation.conditions import at_least, needed
from voorjebuurt.rulebook.ruleset import (
    Base,
    Caps,
    Divide,
    Equity,
    Field,
    PerDonor,
    Proportional,
    Quadratic,
    QuadraticPot,
    Queue,
    Ratio,
    Ruleset,
    Threshold,
    TopUp,
    Waterfill,
)
from voorjebuurt.rulebook.texts.phrases import Indicator, Money, Number, Phrase, Value, phrase


def sentences(rules: Ruleset) -> list[Phrase]:
    """Every rule as a sentence, in the order in which they work."""
    return [
        phrase("rule_ceiling", ceiling=Money(rules.ceiling_cents)),
        phrase("rule_live" if rules.live else "rule_closing"),
        *(phrase("rule_require", needed=needed(one), reason=one.reason) for one in rules.require),
        *base_sentences(rules.base),
        phrase("rule_not_matchable"),
        *(_equity(rules.equity) if rules.equity else ()),
        *_caps(rules.caps),
        phrase("rule_rounding"),
        *_divide(rules.divide, live=rules.live),
    ]


def per_euro(ratio: Fraction) -> Value:
    """What is added to a euro: an amount, or a fraction when no amount can tell it exactly."""
    exact = (ratio * 10_000).denominator == 1
    return Money(ratio * 100) if exact else phrase("rule_part_of_euro", ratio=Number(ratio))


def base_sentences(base: Base) -> Iterator[Phrase]:
    """How the base is computed."""
    if isinstance(base, Ratio):
        yield phrase("rule_ratio", per_euro=per_euro(base.ratio))
        if base.donor_cap_cents is not None:
            yield phrase("rule_donor_cap", cap=Money(base.donor_cap_cents))
    elif isinstance(base, PerDonor):
        yield phrase("rule_per_donor", amount=Money(base.amount_cents))
        if base.min_gift_cents > 1:
            yield phrase("rule_min_gift", least=Money(base.min_gift_cents))
    elif isinstance(base, Threshold):
        yield _lump(base)
    elif isinstance(base, TopUp):
        yield phrase("rule_topup", pct=Number(base.last_pct))
    elif isinstance(base, Quadratic):
        yield phrase("rule_qf")
        if base.pair_bound_cents is not None:
            yield phrase("rule_pair_bound", bound=Money(base.pair_bound_cents))


def _lump(base: Threshold) -> Phrase:
    lump: Value = Money(base.award_cents or 0)
    if base.award_pct is not None:
        lump = phrase("rule_pct_of_goal", pct=Number(base.award_pct))
    conditions = thresholds(base)
    if not conditions:
        return phrase("rule_lump", lump=lump)
    if len(conditions) == 1:
        return phrase("rule_lump_when", lump=lump, needed=conditions[0])
    both = {"needed": conditions[0], "needed_too": conditions[1]}
    return phrase("rule_lump_when_both", lump=lump, **both)


def thresholds(base: Threshold) -> list[Value]:
    """What an award that comes all at once waits for."""
    conditions = []
    if base.min_pct is not None:
        conditions.append(at_least(Field.CROWD_PCT, base.min_pct))
    if base.min_donors is not None:
        conditions.append(at_least(Field.DONORS, base.min_donors))
    return conditions


def _equity(equity: Equity) -> Iterator[Phrase]:
    if equity.indicator is not None:
        yield phrase("rule_indicator", indicator=Indicator(equity.indicator))
        for band in equity.bands:
            key = "rule_band_at_least" if band.at_least else "rule_band_at_most"
            yield phrase(key, bound=Number(band.bound), factor=Number(band.factor))
        yield phrase("rule_bands")
    for group, factor in sorted(equity.groups.items()):
        yield phrase("rule_group", group=group, factor=Number(factor))
    if equity.indicator is not None and equity.groups:
        yield phrase(f"rule_combine_{equity.combine}")
    yield phrase("rule_factor")


def _caps(caps: Caps) -> Iterator[Phrase]:
    if caps.project_cents is not None:
        yield phrase("rule_cap_project", cap=Money(caps.project_cents))
    if caps.pct_of_goal is not None:
        yield phrase("rule_cap_pct", pct=Number(caps.pct_of_goal))
    if caps.to_gap:
        yield phrase("rule_cap_gap")


def _divide(divide: Divide, *, live: bool) -> Iterator[Phrase]:
    if isinstance(divide, Queue):
        if not live:
            yield phrase(f"rule_{divide.kind}")
            yield phrase("rule_last_in_line")
        if divide.min_partial_cents is not None:
            yield phrase("rule_min_partial", least=Money(divide.min_partial_cents))
        return
    if isinstance(divide, Proportional):
        yield phrase("rule_proportional")
    elif isinstance(divide, Waterfill):
        yield phrase("rule_waterfill_factor" if divide.by_factor else "rule_waterfill")
    elif isinstance(divide, QuadraticPot):
        yield phrase("rule_qf_fill" if divide.fill else "rule_qf_pot")
    yield phrase("rule_last_cents")
