"""From figures to awards: the one function that decides a closing, whoever added up the gifts."""

from collections.abc import Mapping
from fractions import Fraction

from voorjebuurt.rulebook.exactness import sufficient_bases
from voorjebuurt.rulebook.explanation.reasons import Case
from voorjebuurt.rulebook.figures.claim import Claim
from voorjebuurt.rulebook.figures.factor import Factor, factors
from voorjebuurt.rulebook.figures.measured import MeasuredFacts
from voorjebuurt.rulebook.outcome import Outcome
from voorjebuurt.rulebook.ruleset import Ruleset


def decide_measured(rules: Ruleset, figures: MeasuredFacts) -> Outcome:
    """Decide a closing; the rules may not be live. Pure, and the same for the same input."""
    if rules.live:
        raise ValueError("a live fund takes gifts one by one")
    equity = factors(rules.equity, figures.applications, figures.areas)
    claims = _claims(rules, figures, equity)
    division = rules.divide.division(
        figures.applications, claims, rules.ceiling_cents, figures.lottery_seed
    )
    cases = {
        each.id: Case(
            each,
            figures.measures[each.id],
            equity[each.id],
            claims[each.id],
            division.awards[each.id],
        )
        for each in sorted(figures.applications, key=lambda each: each.id)
    }
    rest_cents = rules.ceiling_cents - sum(division.awards.values())
    return Outcome(rules, cases, rest_cents, division)


def _claims(
    rules: Ruleset, figures: MeasuredFacts, equity: Mapping[str, Factor]
) -> dict[str, Claim]:
    sums = figures.quadratic
    if not isinstance(sums, Mapping):
        sums = sufficient_bases(rules, figures, equity, sums)
    return {
        each.id: rules.claim(
            each,
            figures.measures[each.id],
            factor=equity[each.id].value,
            pair_sum=sums.get(each.id, Fraction(0)),
        )
        for each in figures.applications
    }
