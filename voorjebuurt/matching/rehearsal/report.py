"""A comparison as JSON: what is kept, shown and printed. Amounts are eurocents. Pure.

Shares are in thousandths (rounded half up), so that no reader has to divide; None where what
would be divided is not known. Figures and factors are exact texts (``"3/2"``).
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from voorjebuurt.kernel.catalogues import languages
from voorjebuurt.matching.rehearsal.bands import Band, Boundary
from voorjebuurt.matching.rehearsal.comparison import Comparison, Place, change_of
from voorjebuurt.rulebook.clauses import Field, Requirement
from voorjebuurt.rulebook.conditions import needed
from voorjebuurt.rulebook.evaluation import Outcome
from voorjebuurt.rulebook.explanation.reasons import Case
from voorjebuurt.rulebook.explanation.sentences import sentences
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.texts.phrases import Phrase
from voorjebuurt.rulebook.texts.wording import say, say_all

SCHEMA = "rehearsal/1"


def as_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison as data that JSON can hold: all that a reader gets to see."""
    against = None
    if comparison.other_rules is not None and comparison.against is not None:
        against = _side(comparison.other_rules, comparison.against)
    return {
        "schema": SCHEMA,
        "rules": _side(comparison.rules, comparison.outcome),
        "against": against,
        "campaigns": [_campaign(comparison, key) for key in comparison.outcome.cases],
        "neighbourhoods": [_neighbourhood(comparison, place) for place in comparison.places],
        "bands": _bands(comparison),
    }


def thousandths(part: int, whole: int) -> int | None:
    """``part`` of ``whole`` in thousandths, rounded half up; None of nothing."""
    return (2000 * part + whole) // (2 * whole) if whole else None


def _side(rules: Ruleset, outcome: Outcome) -> dict[str, Any]:
    cases = list(outcome.cases.values())
    failing_cases = [case for case in cases if case.claim.failed]
    return {
        "ruleset_sha256": outcome.ruleset_sha256,
        "sentences": say_all(sentences(rules)),
        "live": rules.live,
        "reads": _reads(rules),
        "ceiling_cents": rules.ceiling_cents,
        "claimed_cents": sum(outcome.claims.values()),
        "awarded_cents": sum(outcome.awards.values()),
        "left_cents": outcome.left_cents,
        "applications": len(cases),
        "awarded": sum(case.award_cents > 0 for case in cases),
        "short": sum(case.award_cents < case.claim.cents for case in cases),
        "nothing_left": sum(case.award_cents == 0 < case.claim.cents for case in cases),
        "refused": len(failing_cases),
        "refusals": _refusals(failing_cases),
    }


def _reads(rules: Ruleset) -> list[str]:
    """Which facts the rules look at that somebody must have judged: ``groups``, ``score``."""
    groups = rules.equity is not None and bool(rules.equity.groups)
    groups = groups or any(requirement.field is Field.GROUPS for requirement in rules.require)
    looks = {"groups": groups, "score": rules.divide.reads_scores}
    return [name for name, is_read in looks.items() if is_read]


def _refusals(failing_cases: Iterable[Case]) -> list[dict[str, Any]]:
    """How many fail each requirement; who fails several counts at each."""
    counts = Counter(
        (requirement.reason, tuple(_requirement_texts(requirement).items()))
        for case in failing_cases
        for requirement in case.claim.failed
    )
    return [
        {"reason": reason, "needed": dict(needed_texts), "applications": number}
        for (reason, needed_texts), number in counts.most_common()
    ]


def _requirement_texts(requirement: Requirement) -> dict[str, str]:
    phrase = needed(requirement)
    return {
        language: say(phrase, language) if isinstance(phrase, Phrase) else requirement.reason
        for language in languages()
    }


def _campaign(comparison: Comparison, key: str) -> dict[str, Any]:
    case = comparison.outcome.cases[key]
    areas = [code for code, share in sorted((case.application.area or {}).items()) if share]
    row: dict[str, Any] = {
        "id": key,
        "title": comparison.beside.titles.get(key, key),
        "areas": [comparison.beside.places.get(code, code) for code in areas],
        "goal_cents": case.application.goal_cents,
        "crowd_cents": case.measures.crowd_cents,
        **_case_outcome(comparison, comparison.outcome, key),
        "against": None,
        "difference_cents": None,
        "change": None,
    }
    if comparison.against is not None:
        before = comparison.against.cases[key].award_cents
        row["against"] = _case_outcome(comparison, comparison.against, key)
        row["difference_cents"] = case.award_cents - before
        row["change"] = change_of(case.award_cents, before).value
    return row


def _case_outcome(comparison: Comparison, outcome: Outcome, key: str) -> dict[str, Any]:
    case = outcome.cases[key]
    return {
        "claim_cents": case.claim.cents,
        "award_cents": case.award_cents,
        "factor": str(case.factor.value),
        "refused": bool(case.claim.failed),
        "reasons": say_all(outcome.reasons[key], comparison.beside.places),
    }


def _neighbourhood(comparison: Comparison, place: Place) -> dict[str, Any]:
    code = place.code
    return {
        "code": code,
        "name": code and comparison.beside.places.get(code, code),
        "band": place.band,
        "figure": None if place.figure is None else str(place.figure),
        "figure_of": place.source and comparison.beside.places.get(place.source, place.source),
        "borrowed": place.source is not None and place.source != code,
        "residents": code and comparison.beside.residents.get(code),
        "campaigns": len(place.applications),
        "award_cents": place.award_cents,
        "against_cents": place.against_cents,
        "difference_cents": _difference(place.award_cents, place.against_cents),
    }


def _difference(award: int, against: int | None) -> int | None:
    return None if against is None else award - against


def _bands(comparison: Comparison) -> dict[str, Any]:
    """Bands from worst off to best off; ``unplaced`` is what no band holds."""
    bands = comparison.bands
    residents = sum(comparison.band_residents) + comparison.unplaced_residents
    rows = [
        {**band_row(band), **_row(comparison, index, comparison.band_residents[index], residents)}
        for index, band in enumerate(bands.bands)
    ]
    return {
        "indicator": bands.indicator,
        "source": bands.source,
        "rows": rows,
        "unplaced": _row(comparison, None, comparison.unplaced_residents, residents),
        "lowest": bands.lowest,
        "lowest_total": _total(rows[: bands.lowest], comparison, residents),
        "residents": residents or None,
        "residents_missing": comparison.residents_missing,
    }


def band_row(band: Band) -> dict[str, Any]:
    """Where a band lies, and what the rules give there."""
    return {
        "lower": _cut(band.lower),
        "upper": _cut(band.upper),
        "factor": None if band.factor is None else str(band.factor),
    }


def _cut(boundary: Boundary | None) -> dict[str, Any] | None:
    return None if boundary is None else {"bound": str(boundary.bound), "after": boundary.after}


def _row(comparison: Comparison, index: int | None, living: int, residents: int) -> dict[str, Any]:
    places = [place for place in comparison.places if place.band == index]
    who = frozenset[str]().union(*(place.applications for place in places))
    award = sum(place.award_cents for place in places)
    against = None
    if comparison.against is not None:
        against = sum(place.against_cents or 0 for place in places)
    return {
        "neighbourhoods": sum(place.code is not None for place in places),
        "campaigns": len(who),
        **_shares(comparison, award, against, living if residents else None, residents),
    }


def _total(rows: list[dict[str, Any]], comparison: Comparison, residents: int) -> dict[str, Any]:
    against = None
    if comparison.against is not None:
        against = sum(row["against_cents"] for row in rows)
    living = sum(row["residents"] for row in rows) if residents else None
    return _shares(comparison, sum(row["award_cents"] for row in rows), against, living, residents)


def _shares(
    comparison: Comparison, award: int, against: int | None, living: int | None, residents: int
) -> dict[str, Any]:
    total_award = sum(comparison.outcome.awards.values())
    total_award_before = (
        sum(comparison.against.awards.values()) if comparison.against is not None else 0
    )
    return {
        "award_cents": award,
        "against_cents": against,
        "difference_cents": _difference(award, against),
        "residents": living,
        "award_share": thousandths(award, total_award),
        "against_share": None if against is None else thousandths(against, total_award_before),
        "residents_share": None if living is None else thousandths(living, residents),
    }
