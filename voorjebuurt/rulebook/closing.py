"""From figures to awards: the one function that decides a closing, whoever added up the gifts."""

from collections.abc import Mapping
from fractions import Fraction

from voorjebuurt.rulebook.explanation.reasons import Case
from voorjebuurt.rulebook.figures.claim import Claim, claim_of
from voorjebuurt.rulebook.figures.division import divide
from voorjebuurt.rulebook.figures.exactness import settled
from voorjebuurt.rulebook.figures.factor import Factor, factors
from voorjebuurt.rulebook.figures.measured import Measured
from voorjebuurt.rulebook.outcome import Outcome
from voorjebuurt.rulebook.ruleset import Ruleset


def decide_measured(rules: Ruleset, measured: Measured) -> Outcome:
    """Decide a closing; the rules may not be live. Pure, and the same for the same input."""
    if rules.live:
        raise ValueError("a live fund takes gifts one by one")
    equity = factors(rules.equity, measured.applications, measured.areas)
    claims = _claims(rules, measured, equity)
    division = divide(rules, measured.applications, claims, lottery_seed=measured.lottery_seed)
    cases = {
        one.id: Case(
            one,
            measured.measures[one.id],
            equity[one.id],
            claims[one.id],
            division.awards[one.id],
        )
        for one in sorted(measured.applications, key=lambda one: one.id)
    }
    left = rules.ceiling_cents - sum(division.awards.values())
    return Outcome(rules, cases, left, division)


def _claims(rules: Ruleset, measured: Measured, equity: Mapping[str, Factor]) -> dict[str, Claim]:
    bases = measured.quadratic
    if not isinstance(bases, Mapping):
        bases = settled(rules, measured, equity, bases)
    return {
        one.id: claim_of(
            rules,
            one,
            measured.measures[one.id],
            factor=equity[one.id].value,
            quadratic_base=bases.get(one.id, Fraction(0)),
        )
        for one in measured.applications
    }
