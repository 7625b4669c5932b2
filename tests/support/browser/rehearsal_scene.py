"""Rehearsals in every state for the walk over all pages, with words as long as they may be."""

from typing import Any
from uuid import UUID

from tests.support.factories.rehearsals import RehearsalFactory
from tests.support.rehearsals import BESIDE, LIFTING, PLAIN, facts, report


def rehearsal_values(municipality_id: UUID, long_word: str) -> dict[str, list[dict[str, Any]]]:
    """What to fill into the addresses of rehearsals; those under way stand still."""
    outcome = report(LIFTING, PLAIN, facts(), BESIDE)
    for row in (*outcome["campaigns"], *outcome["neighbourhoods"]):
        row["title" if "title" in row else "name"] = f"{long_word} {long_word}"
    place = {"municipality_id": municipality_id}
    fault = {"path": f"rules.{long_word}", "nl": "Dit klopt niet.", "en": "This is wrong."}
    rehearsals = [
        RehearsalFactory(**place, outcome={**outcome, "files": []}, rules_name=long_word),
        RehearsalFactory(**place, against=None, against_sha256=None, outcome=_alone()),
        RehearsalFactory(**place, status="failed", failure="refused", faults=[fault]),
        RehearsalFactory(**place, status="failed", failure="broken"),
        RehearsalFactory(**place, status="running", progress=45),
    ]
    values = [{"rehearsal_id": rehearsal.id, "stil": "1"} for rehearsal in rehearsals]
    return {"staff.show_rehearsal": values, "officer.show_rehearsal": values}


def _alone() -> dict[str, Any]:
    return {**report(LIFTING, None, facts()), "files": [_FILE]}


_FILE = {
    "source": "Centraal Bureau voor de Statistiek",
    "filename": "kerncijfers-wijken-en-buurten-2024.xlsx",
    "vintage": 2024,
    "sha256": "0" * 64,
}
