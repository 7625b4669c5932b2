"""A comparison as JSON: what is kept, shown and printed. Amounts are eurocents. Pure.

Shares are in thousandths (rounded half up), so that no reader has to divide; None where what
would be divided is not known. Figures and factors are exact texts (``"3/2"``).
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from voorjebuurt.kernel.catalogues import languages
from voorjebuurt.matching.rehearsal.bands import Band, Cut
from voorjebuurt.matching.rehearsal.comparison import Comparison, Place, change_of
from voorjebuurt.rulebook.evaluation import Outcome
from voorjebuurt.rulebook.explanation.conditions import needed
from voorjebuurt.rulebook.explanation.reasons import Case
from voorjebuurt.rulebook.explanation.sentences import sentences
from voorjebuurt.rulebook.ruleset import Field, Queue, Requirement, Ruleset
from voorjebuurt.rulebook.texts.phrases import Phrase
from voorjebuurt.rulebook.texts.wording import say, say_all

SCHEMA = "rehearsal/1"


def as_json(comparison: Comparison) -> dict[str, Any]:
    """Everything that a reader of the rehearsal gets to see."""
    one = comparison
    against = None
    if one.other_rules is not None and one.against is not None:
        against = _side(one.other_rules, one.against)
    return {
        "schema": SCHEMA,
        "rules": _side(one.rules, one.outcome),
        "against": against,
        "campaigns": [_campaign(one, key) for key in one.outcome.cases],
        "neighbourhoods": [_neighbourhood(one, place) for place in one.places],
        "bands": _bands(one),
    }


def thousandths(part: int, whole: int) -> int | None:
    """``part`` of ``whole`` in thousandths, rounded half up; None of nothing."""
    return (2000 * part + whole) // (2 * whole) if whole else None


def _side(rules: Ruleset, outcome: Outcome) -> dict[str, Any]:
    cases = list(outcome.cases.values())
    refused = [case for case in cases if case.claim.failed]
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
        "refused": len(refused),
        "refusals": _refusals(refused),
    }


def _reads(rules: Ruleset) -> list[str]:
    """Which facts the rules look at that somebody must have judged: ``groups``, ``score``."""
    groups = rules.equity is not None and bool(rules.equity.groups)
    groups = groups or any(one.field is Field.GROUPS for one in rules.require)
    score = isinstance(rules.divide, Queue) and rules.divide.kind == "tender"
    return [name for name, read in (("groups", groups), ("score", score)) if read]


def _refusals(refused: Iterable[Case]) -> list[dict[str, Any]]:
    """How many fail each requirement; who fails several counts at each."""
    counts = Counter(
        (one.reason, tuple(_needed(one).items())) for case in refused for one in case.claim.failed
    )
    return [
        {"reason": reason, "needed": dict(said), "applications": number}
        for (reason, said), number in counts.most_common()
    ]


def _needed(one: Requirement) -> dict[str, str]:
    said = needed(one)
    return {
        language: say(said, language) if isinstance(said, Phrase) else one.reason
        for language in languages()
    }


def _campaign(one: Comparison, key: str) -> dict[str, Any]:
    case = one.outcome.cases[key]
    areas = [code for code, share in sorted((case.application.area or {}).items()) if share]
    told: dict[str, Any] = {
        "id": key,
        "title": one.beside.titles.get(key, key),
        "areas": [one.beside.places.get(code, code) for code in areas],
        "goal_cents": case.application.goal_cents,
        "crowd_cents": case.measures.crowd_cents,
        **_decided(one, one.outcome, key),
        "against": None,
        "difference_cents": None,
        "change": None,
    }
    if one.against is not None:
        before = one.against.cases[key].award_cents
        told["against"] = _decided(one, one.against, key)
        told["difference_cents"] = case.award_cents - before
        told["change"] = change_of(case.award_cents, before).value
    return told


def _decided(one: Comparison, outcome: Outcome, key: str) -> dict[str, Any]:
    case = outcome.cases[key]
    return {
        "claim_cents": case.claim.cents,
        "award_cents": case.award_cents,
        "factor": str(case.factor.value),
        "refused": bool(case.claim.failed),
        "reasons": say_all(outcome.reasons[key], one.beside.places),
    }


def _neighbourhood(one: Comparison, place: Place) -> dict[str, Any]:
    code = place.code
    return {
        "code": code,
        "name": code and one.beside.places.get(code, code),
        "band": place.band,
        "figure": None if place.figure is None else str(place.figure),
        "figure_of": place.source and one.beside.places.get(place.source, place.source),
        "borrowed": place.source is not None and place.source != code,
        "residents": code and one.beside.residents.get(code),
        "campaigns": len(place.applications),
        "award_cents": place.award_cents,
        "against_cents": place.against_cents,
        "difference_cents": _difference(place.award_cents, place.against_cents),
    }


def _difference(award: int, against: int | None) -> int | None:
    return None if against is None else award - against


def _bands(one: Comparison) -> dict[str, Any]:
    """Bands from worst off to best off; ``unplaced`` is what no band holds."""
    found = one.bands
    residents = sum(one.band_residents) + one.unplaced_residents
    rows = [
        {**band_row(band), **_row(one, index, one.band_residents[index], residents)}
        for index, band in enumerate(found.bands)
    ]
    return {
        "indicator": found.indicator,
        "source": found.source,
        "rows": rows,
        "unplaced": _row(one, None, one.unplaced_residents, residents),
        "lowest": found.lowest,
        "lowest_total": _total(rows[: found.lowest], one, residents),
        "residents": residents or None,
        "residents_missing": one.residents_missing,
    }


def band_row(band: Band) -> dict[str, Any]:
    """Where a band lies, and what the rules give there."""
    return {
        "lower": _cut(band.lower),
        "upper": _cut(band.upper),
        "factor": None if band.factor is None else str(band.factor),
    }


def _cut(cut: Cut | None) -> dict[str, Any] | None:
    return None if cut is None else {"bound": str(cut.bound), "after": cut.after}


def _row(one: Comparison, index: int | None, living: int, residents: int) -> dict[str, Any]:
    places = [place for place in one.places if place.band == index]
    who = frozenset[str]().union(*(place.applications for place in places))
    award = sum(place.award_cents for place in places)
    against = None
    if one.against is not None:
        against = sum(place.against_cents or 0 for place in places)
    return {
        "neighbourhoods": sum(place.code is not None for place in places),
        "campaigns": len(who),
        **_shares(one, award, against, living if residents else None, residents),
    }


def _total(rows: list[dict[str, Any]], one: Comparison, residents: int) -> dict[str, Any]:
    against = None
    if one.against is not None:
        against = sum(row["against_cents"] for row in rows)
    living = sum(row["residents"] for row in rows) if residents else None
    return _shares(one, sum(row["award_cents"] for row in rows), against, living, residents)


def _shares(
    one: Comparison, award: int, against: int | None, living: int | None, residents: int
) -> dict[str, Any]:
    given = sum(one.outcome.awards.values())
    given_before = sum(one.against.awards.values()) if one.against is not None else 0
    return {
        "award_cents": award,
        "against_cents": against,
        "difference_cents": _difference(award, against),
        "residents": living,
        "award_share": thousandths(award, given),
        "against_share": None if against is None else thousandths(against, given_before),
        "residents_share": None if living is None else thousandths(living, residents),
    }
