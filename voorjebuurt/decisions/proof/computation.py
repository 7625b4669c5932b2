"""What the rules make of the facts for one application: once to decide, again to replay. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from voorjebuurt.decisions.proof.arithmetic import table_of
from voorjebuurt.decisions.proof.match_steps import Course, ReplayError
from voorjebuurt.decisions.proof.schema import LETTER_FORM, Basis, ComputedAward
from voorjebuurt.rulebook.documents.facts import read_facts
from voorjebuurt.rulebook.evaluation import Outcome, decide
from voorjebuurt.rulebook.explanation.reasons import Case, reasons
from voorjebuurt.rulebook.explanation.sentences import sentences
from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.factor import Factor, factors
from voorjebuurt.rulebook.figures.tally import Measures
from voorjebuurt.rulebook.maximum import as_claim, maximum_of, maximum_reasons
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.texts.phrases import Phrase
from voorjebuurt.rulebook.texts.wording import say_all
from voorjebuurt.rulebook.values import jsontext

_ENDS = {"claim", "refused"}
"""Reasons after which only the division comes."""
__all__ = ["ReplayError", "Result", "result_of", "ruleset_in_words"]


@dataclass(frozen=True)
class Result:
    """One application's case and why; ``award_cents`` is its claim where nothing was divided."""

    ruleset_sha256: str
    case: Case
    reasons: Sequence[Phrase]
    award_cents: int

    @property
    def factor(self) -> Factor:
        """The equity factor, with the figures that it came from."""
        return self.case.factor

    def told(self, places: Mapping[str, str], form: int = LETTER_FORM) -> ComputedAward:
        """The result in the words of a form and in figures; ``places`` are names by area code."""
        return ComputedAward(
            claim_cents=self.case.claim.cents,
            award_cents=self.award_cents,
            factor=str(self.case.factor.value),
            reasons=say_all(list(self.reasons), places, edition=form),
            arithmetic=table_of(self.reasons, places, edition=form),
        )


def result_of(ruleset: Ruleset, basis: Basis, facts: str) -> Result:
    """Compute one application's award. Raises ``RefusedError``, ``ReplayError``, ``KeyError``."""
    if basis.kind == "live":
        return _live(ruleset, basis, facts)
    if basis.kind == "maximum":
        return _maximum(ruleset, basis, facts)
    outcome = _outcome(ruleset, facts, basis.ceiling_cents)
    case, phrases = outcome.cases[basis.key], outcome.reasons[basis.key]
    if basis.kind == "alone":
        end = next(index for index, phrase in enumerate(phrases) if phrase.key in _ENDS)
        return Result(outcome.ruleset_sha256, case, phrases[: end + 1], case.claim.cents)
    return Result(outcome.ruleset_sha256, case, phrases, case.award_cents)


def ruleset_in_words(ruleset: Ruleset, form: int = LETTER_FORM) -> dict[str, list[str]]:
    """Every rule as a sentence, by language, in the words of a form."""
    return say_all(sentences(ruleset), edition=form)


@lru_cache(maxsize=2)
def _outcome(ruleset: Ruleset, facts: str, ceiling_cents: int | None) -> Outcome:
    """A whole round. All its decisions ask for it in a row: computed once."""
    raw = jsontext.parse(facts)
    facts_of_round = read_facts(raw, ruleset, indicators=_indicators(ruleset, raw))
    if ceiling_cents is not None:
        ruleset = replace(ruleset, ceiling_cents=ceiling_cents)
    return decide(ruleset, facts_of_round)


def _indicators(ruleset: Ruleset, facts: Any) -> set[str]:
    """Indicators that stored rules and facts use; today's allowed list is not applied to them."""
    equity = ruleset.equity
    own = equity.indicator if equity is not None else None
    indicators: set[str] = {own} if own is not None else set()
    areas = (facts or {}).get("areas") or {}
    for area in areas.values():
        indicators |= (area.get("values") or {}).keys()
    return indicators


def _alone(ruleset: Ruleset, basis: Basis, facts: str) -> tuple[Application, Factor]:
    """The application of a live fund, with its factor."""
    raw = jsontext.parse(facts)
    # In a live fund the steps tell the order, and the facts only what stands in the end.
    own_facts = read_facts(raw, None, indicators=_indicators(ruleset, raw))
    factor = factors(ruleset.equity, own_facts.applications, own_facts.areas)[basis.key]
    application = next(
        candidate for candidate in own_facts.applications if candidate.id == basis.key
    )
    return application, factor


def _maximum(ruleset: Ruleset, basis: Basis, facts: str) -> Result:
    application, factor = _alone(ruleset, basis, facts)
    maximum = maximum_of(ruleset, application, factor, left_cents=basis.ceiling_cents or 0)
    claim = as_claim(maximum, factor)
    case = Case(application, Measures(), factor, claim, maximum.cents)
    phrases = maximum_reasons(ruleset, application, factor, maximum)
    return Result(ruleset.sha256, case, phrases, maximum.cents)


def _live(ruleset: Ruleset, basis: Basis, facts: str) -> Result:
    application, factor = _alone(ruleset, basis, facts)
    course = Course(ruleset, application, factor)
    for step in basis.steps:
        course.take(step)
    measures, claim = course.tally.measures, course.claim
    case = Case(application, measures, factor, claim, course.reserved_cents)
    return Result(ruleset.sha256, case, reasons(ruleset, case, None, 0), case.award_cents)
