"""An application's claim: base × factor, rounded down once, within its caps; 0 when refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from voorjebuurt.rulebook.clauses import Caps, Field, Requirement
from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.tally import Measures
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
    application: Application,
    measures: Measures,
    *,
    base: Fraction,
    factor: Fraction,
    caps: Caps,
    require: Iterable[Requirement],
) -> Claim:
    """The claim on a base in cents, under these caps and requirements."""
    bounds = caps_of(caps, application.goal_cents, measures.crowd_cents)
    failures = tuple(each for each in require if not holds(each, application, measures))
    whole = floor(base * factor)
    cents = 0 if failures else min([whole, *(cap for _, cap in bounds)])
    return Claim(base, factor, whole, bounds, failures, cents)


def caps_of(caps: Caps, goal_cents: int, crowd_cents: int) -> tuple[tuple[str, int], ...]:
    """The caps in eurocents, by key."""
    bounds = []
    if caps.project_cents is not None:
        bounds.append(("project_cents", caps.project_cents))
    if caps.pct_of_goal is not None:
        bounds.append(("pct_of_goal", floor(caps.pct_of_goal * goal_cents / 100)))
    if caps.to_gap:
        bounds.append(("to_gap", max(0, goal_cents - crowd_cents)))
    return tuple(bounds)


def holds(requirement: Requirement, application: Application, measures: Measures) -> bool:
    """Whether a requirement holds. Absent facts are null, false or empty."""
    value = requirement.value
    match value:
        case bool():
            return application.first_time is value
        case frozenset():
            if requirement.field is Field.GROUPS:
                return not value.isdisjoint(application.groups)
            return application.theme in value
        case Fraction():
            side = compare(figure_of(requirement.field, application, measures), value)
            return {
                ">=": side >= 0,
                "<=": side <= 0,
                ">": side > 0,
                "<": side < 0,
                "==": side == 0,
            }[requirement.op]
        case _:
            assert_never(value)


def figure_of(field: Field, application: Application, measures: Measures) -> Fraction:
    """The exact figure that a numeric requirement reads. Raises ``ValueError`` for other fields."""
    match field:
        case Field.CROWD_PCT:
            return Fraction(measures.crowd_cents * 100, application.goal_cents)
        case Field.DONORS:
            return Fraction(measures.donors)
        case Field.LOCAL_DONORS:
            return Fraction(measures.local_donors)
        case Field.CROWD_CENTS:
            return Fraction(measures.crowd_cents)
        case Field.GOAL_CENTS:
            return Fraction(application.goal_cents)
        case Field.THEME | Field.GROUPS | Field.FIRST_TIME:
            raise ValueError(f"{field} has no figure")
        case _:
            assert_never(field)
