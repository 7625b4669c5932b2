"""Why an application gets what it gets, step by step; whoever reads it can compute along."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from voorjebuurt.rulebook.clauses import Equity, Requirement
from voorjebuurt.rulebook.conditions import actual, needed
from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.claim import Claim
from voorjebuurt.rulebook.figures.division import Division
from voorjebuurt.rulebook.figures.factor import AreaPart, Factor
from voorjebuurt.rulebook.figures.tally import Measures
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.texts.phrases import (
    Count,
    Indicator,
    Money,
    Number,
    Phrase,
    Place,
    Value,
    phrase,
)
from voorjebuurt.rulebook.values.numbers import compare


@dataclass(frozen=True)
class Case:
    """One application with every figure on the way from its gifts to its award."""

    application: Application
    measures: Measures
    factor: Factor
    claim: Claim
    award_cents: int


def reasons(
    rules: Ruleset, case: Case, division: Division | None, total_cents: int
) -> list[Phrase]:
    """The steps from gifts to award.

    ``division`` is None in a live fund; ``total_cents`` is what all applications together can get.
    """
    steps = [
        *_crowd(case.measures),
        *requirement_reasons(case.application, case.measures, case.claim.failed),
    ]
    if rules.require and not case.claim.failed:
        steps.append(phrase("requirements_met"))
    if not case.claim.failed:
        steps += rules.base.reasons(case.application, case.measures, case.claim.base)
        steps += factor_reasons(rules.equity, case.factor)
        steps += _claim(rules, case)
        if division is None:
            steps += _live(case)
        else:
            steps += rules.divide.reasons(
                case.application,
                case.claim,
                division,
                rules.ceiling_cents,
                total_cents,
            )
    return [*steps, phrase("award", award=Money(case.award_cents))]


def _crowd(measures: Measures) -> Iterator[Phrase]:
    donors = Count(measures.donors, "donor")
    crowd, matchable = Money(measures.crowd_cents), Money(measures.given_cents)
    if measures.crowd_cents == measures.given_cents:
        yield phrase("crowd", crowd=crowd, donors=donors)
    else:
        yield phrase("crowd_counted", crowd=crowd, given=matchable, donors=donors)


def requirement_reasons(
    application: Application, measures: Measures, failures: Iterable[Requirement]
) -> Iterator[Phrase]:
    """The requirements that fail, and what that means; nothing where none does."""
    requirement = None
    for requirement in failures:
        yield phrase(
            "requirement_failed",
            reason=requirement.reason.rstrip("."),
            because=requirement.sentence,
            needed=needed(requirement),
            found=actual(requirement, application, measures),
        )
    if requirement is not None:
        yield phrase("refused")


def factor_reasons(equity: Equity | None, factor: Factor) -> Iterator[Phrase]:
    """Where the equity factor comes from."""
    if equity is None:
        return
    for part in factor.areas:
        yield _area(part, equity.indicator or "", alone=len(factor.areas) == 1)
    if len(factor.areas) > 1:
        yield phrase("areas_together", factor=Number(factor.by_area))
    if factor.group is not None:
        yield phrase("group", group=factor.group, factor=Number(factor.by_group))
    value = Number(factor.value)
    if factor.areas and factor.group is not None and equity.combine == "max":
        yield phrase("combined_max", factor=value)
    elif factor.areas and factor.group is not None:
        area, group = Number(factor.by_area), Number(factor.by_group)
        yield phrase("combined_product", area=area, group=group, factor=value)
    elif not factor.areas and factor.group is None:
        yield phrase("no_factor")


def _area(part: AreaPart, indicator: str, *, alone: bool) -> Phrase:
    area: Value = Place(part.code)
    if not alone:
        area = phrase("area_share", area=area, share=Number(part.share))
    factor = Number(part.factor)
    if part.figure is None or part.source is None:
        return phrase("area_no_figure", area=area, factor=factor)
    values: dict[str, Value] = {
        "area": area,
        "indicator": Indicator(indicator),
        "figure": Number(part.figure),
    }
    if part.source == part.code:
        return phrase("area_figure", **values, factor=factor)
    return phrase("area_figure_of_parent", **values, source=Place(part.source), factor=factor)


def _claim(rules: Ruleset, case: Case) -> Iterator[Phrase]:
    claim, goal = case.claim, Money(case.application.goal_cents)
    product = claim.base * claim.factor
    if claim.factor != 1:
        factor = Number(claim.factor)
        yield phrase("times_factor", base=Money(claim.base), factor=factor, product=Money(product))
    if compare(product, claim.whole_cents) != 0:
        yield phrase("rounded", whole=Money(claim.whole_cents))
    for key, cents in claim.caps:
        if cents >= claim.whole_cents:
            continue
        if key == "pct_of_goal" and rules.caps.pct_of_goal is not None:
            pct = Number(rules.caps.pct_of_goal)
            yield phrase("cap_pct_of_goal", pct=pct, goal=goal, cap=Money(cents))
        else:
            yield phrase(f"cap_{key}", cap=Money(cents))
    yield phrase("claim", claim=Money(claim.cents))


def _live(case: Case) -> Iterator[Phrase]:
    yield phrase("live")
    if case.award_cents < case.claim.cents:
        yield phrase("live_short")
