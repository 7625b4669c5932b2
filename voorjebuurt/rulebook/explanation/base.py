"""How the base was computed, as phrases."""

from collections.abc import Iterator
from fractions import Fraction

from voorjebuurt.rulebook.explanation.sentences import base_sentences, per_euro
from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.claim import is_reached
from voorjebuurt.rulebook.figures.tally import Measures
from voorjebuurt.rulebook.ruleset import Base, PerDonor, Quadratic, Ratio, Threshold, TopUp
from voorjebuurt.rulebook.texts.phrases import Money, Number, Phrase, phrase


def base_reasons(
    base: Base, application: Application, measures: Measures, base_cents: Fraction
) -> Iterator[Phrase]:
    """The arithmetic of the base, with its outcome in cents."""
    if isinstance(base, Ratio):
        yield from _ratio(base, measures, base_cents)
    elif isinstance(base, PerDonor):
        yield from _per_donor(base, measures, base_cents)
    elif isinstance(base, Quadratic):
        bounded = "base_roots" if base.pair_bound_cents is None else "base_roots_bounded"
        key = bounded if measures.donors > 1 else "base_one_donor"
        yield phrase(key, base=Money(base_cents))
    else:
        yield from base_sentences(base)
        yield _all_at_once(base, application, measures, base_cents)


def _ratio(base: Ratio, measures: Measures, base_cents: Fraction) -> Iterator[Phrase]:
    counted = Money(measures.capped_cents)
    if base.donor_cap_cents is not None:
        yield phrase("base_capped", cap=Money(base.donor_cap_cents), counted=counted)
    told = {"per_euro": per_euro(base.ratio), "ratio": Number(base.ratio)}
    yield phrase("base_ratio", **told, counted=counted, base=Money(base_cents))


def _per_donor(base: PerDonor, measures: Measures, base_cents: Fraction) -> Iterator[Phrase]:
    number = str(measures.large_donors)
    if base.min_gift_cents > 1:
        yield phrase("base_large_donors", least=Money(base.min_gift_cents), number=number)
    amount = Money(base.amount_cents)
    yield phrase("base_per_donor", amount=amount, number=number, base=Money(base_cents))


def _all_at_once(
    base: Threshold | TopUp, application: Application, measures: Measures, base_cents: Fraction
) -> Phrase:
    if not is_reached(base, application.goal_cents, measures):
        return phrase("base_not_reached", base=Money(base_cents))
    if isinstance(base, TopUp):
        return phrase("base_gap", goal=Money(application.goal_cents), base=Money(base_cents))
    return phrase("base_reached", base=Money(base_cents))
