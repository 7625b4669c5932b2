"""An application's claim: base × factor, rounded down once, within its caps; 0 when refused."""

from dataclasses import dataclass
from fractions import Fraction

from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.tally import Measures
from voorjebuurt.rulebook.ruleset import (
    Base,
    Caps,
    Field,
    PerDonor,
    Ratio,
    Requirement,
    Ruleset,
    Threshold,
    TopUp,
)
from voorjebuurt.rulebook.values.numbers import compare, floor


@dataclass(frozen=True)
class Claim:
    """What an application can claim (``cents``), with the steps that led there.

    ``base`` in cents is exact, ``whole_cents`` is ⌊base × factor⌋, ``caps`` are bounds in cents by
    their key, ``failed`` the requirements that don't hold.
    """

    base: Fraction
    factor: Fraction
    whole_cents: int
    caps: tuple[tuple[str, int], ...]
    failed: tuple[Requirement, ...]
    cents: int


def claim_of(
    rules: Ruleset,
    application: Application,
    measures: Measures,
    *,
    factor: Fraction,
    quadratic_base: Fraction = Fraction(0),
) -> Claim:
    """The claim on these figures; ``quadratic_base`` counts only where the base is quadratic."""
    base = _base(rules.base, application.goal_cents, measures, quadratic_base)
    caps = _caps(rules.caps, application.goal_cents, measures.crowd_cents)
    failed = tuple(one for one in rules.require if not holds(one, application, measures))
    whole = floor(base * factor)
    cents = 0 if failed else min([whole, *(cap for _, cap in caps)])
    return Claim(base, factor, whole, caps, failed, cents)


def _base(base: Base, goal_cents: int, measures: Measures, quadratic: Fraction) -> Fraction:
    if isinstance(base, Ratio):
        return base.ratio * measures.capped_cents
    if isinstance(base, PerDonor):
        return Fraction(base.amount_cents * measures.large_donors)
    if isinstance(base, Threshold):
        return _lump(base, goal_cents) if is_reached(base, goal_cents, measures) else Fraction(0)
    if isinstance(base, TopUp):
        gap = max(0, goal_cents - measures.crowd_cents)
        return Fraction(gap if is_reached(base, goal_cents, measures) else 0)
    return quadratic


def _lump(base: Threshold, goal_cents: int) -> Fraction:
    if base.award_pct is not None:
        return base.award_pct * goal_cents / 100
    return Fraction(base.award_cents or 0)


def is_reached(base: Threshold | TopUp, goal_cents: int, measures: Measures) -> bool:
    """Whether crowd and donors suffice for an award that comes all at once."""
    if isinstance(base, TopUp):
        return compare(measures.crowd_cents, (100 - base.last_pct) * goal_cents / 100) >= 0
    enough = base.min_donors is None or measures.donors >= base.min_donors
    if base.min_pct is None:
        return enough
    return enough and compare(measures.crowd_cents, base.min_pct * goal_cents / 100) >= 0


def _caps(caps: Caps, goal_cents: int, crowd_cents: int) -> tuple[tuple[str, int], ...]:
    found = []
    if caps.project_cents is not None:
        found.append(("project_cents", caps.project_cents))
    if caps.pct_of_goal is not None:
        found.append(("pct_of_goal", floor(caps.pct_of_goal * goal_cents / 100)))
    if caps.to_gap:
        found.append(("to_gap", max(0, goal_cents - crowd_cents)))
    return tuple(found)


def holds(one: Requirement, application: Application, measures: Measures) -> bool:
    """Whether a requirement holds. Absent facts are null, false or empty."""
    if isinstance(one.value, bool):
        return application.first_time is one.value
    if isinstance(one.value, frozenset):
        if one.field is Field.GROUPS:
            return not one.value.isdisjoint(application.groups)
        return application.theme in one.value
    side = compare(figure_of(one.field, application, measures), one.value)
    return {">=": side >= 0, "<=": side <= 0, ">": side > 0, "<": side < 0, "==": side == 0}[one.op]


def figure_of(field: Field, application: Application, measures: Measures) -> Fraction:
    """The exact figure that a numeric requirement reads."""
    if field is Field.CROWD_PCT:
        return Fraction(measures.crowd_cents * 100, application.goal_cents)
    figures = {
        Field.DONORS: measures.donors,
        Field.LOCAL_DONORS: measures.local_donors,
        Field.CROWD_CENTS: measures.crowd_cents,
    }
    return Fraction(figures.get(field, application.goal_cents))
