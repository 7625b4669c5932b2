"""The most that a live fund's rules can come to for an application: told before any gift.

An award that comes first states a maximum (Awb 4:31): the least of what the rules can compute,
their caps, the goal (more than a plan costs is no subsidy), the ceiling, and what is left of it.
Pure.
"""

from dataclasses import dataclass

from voorjebuurt.rulebook.clauses import Field, Requirement
from voorjebuurt.rulebook.explanation.reasons import factor_reasons, requirement_reasons
from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.claim import Claim, caps_of, holds
from voorjebuurt.rulebook.figures.factor import Factor
from voorjebuurt.rulebook.figures.tally import Measures
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.texts.phrases import Money, Number, Phrase, phrase
from voorjebuurt.rulebook.values.numbers import floor

_OF_THE_PLAN = frozenset({Field.THEME, Field.GROUPS, Field.FIRST_TIME, Field.GOAL_CENTS})
"""Requirements on what no gift changes: failing one, the application can never get anything."""
_TEXTS = {"goal": "maximum_goal", "ceiling": "maximum_ceiling", "base": "maximum_base"}


@dataclass(frozen=True)
class Maximum:
    """``claim_cents`` is the most by the rules; ``cents`` also by what is left of the pot.

    ``bounds`` are in eurocents, by key; ``failed`` are the requirements that can never hold.
    """

    bounds: tuple[tuple[str, int], ...]
    failed: tuple[Requirement, ...]
    left_cents: int

    @property
    def claim_cents(self) -> int:
        """The most by the rules."""
        return 0 if self.failed else min(cents for _, cents in self.bounds)

    @property
    def cents(self) -> int:
        """The most that can be awarded now."""
        return min(self.claim_cents, max(0, self.left_cents))


def maximum_of(
    rules: Ruleset, application: Application, factor: Factor, *, left_cents: int
) -> Maximum:
    """The maximum of an award to this application, with ``left_cents`` in the pot."""
    none = Measures()
    bounds = [("goal", application.goal_cents), ("ceiling", rules.ceiling_cents)]
    most = rules.base.most(application)
    if most is not None:
        bounds.append(("base", floor(most * factor.value)))
    bounds += caps_of(rules.caps, application.goal_cents, none.crowd_cents)
    failures = tuple(
        each
        for each in rules.require
        if each.field in _OF_THE_PLAN and not holds(each, application, none)
    )
    return Maximum(tuple(bounds), failures, left_cents)


def as_claim(maximum: Maximum, factor: Factor) -> Claim:
    """The maximum in the shape of a claim, for those who tell one."""
    cents = maximum.claim_cents
    return Claim(factor.value * 0, factor.value, cents, maximum.bounds, maximum.failed, cents)


def maximum_reasons(
    rules: Ruleset, application: Application, factor: Factor, maximum: Maximum
) -> list[Phrase]:
    """The steps to the maximum; whoever reads it can compute along."""
    steps = [*requirement_reasons(application, Measures(), maximum.failed)]
    if not maximum.failed:
        steps += [phrase("maximum_follows"), *factor_reasons(rules.equity, factor)]
        for key, cents in maximum.bounds:
            steps.append(_bound(rules, application, key, cents))
        steps.append(phrase("maximum_claim", claim=Money(maximum.claim_cents)))
        steps.append(phrase("maximum_left", left=Money(max(0, maximum.left_cents))))
    return [*steps, phrase("maximum", maximum=Money(maximum.cents))]


def _bound(rules: Ruleset, application: Application, key: str, cents: int) -> Phrase:
    if key == "pct_of_goal" and rules.caps.pct_of_goal is not None:
        pct, goal = Number(rules.caps.pct_of_goal), Money(application.goal_cents)
        return phrase("cap_pct_of_goal", pct=pct, goal=goal, cap=Money(cents))
    return phrase(_TEXTS.get(key, f"cap_{key}"), cap=Money(cents))
