"""Letters of a municipality: one version that counts, and a draft that has everything in it."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tests.support.factories.own_words import TEXTS, approved_words, logo_file
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.ownwords import service
from voorjebuurt.ownwords.logo import small_logo


def wording_values(
    session: Session, officer: Actor, municipality_id: UUID, long_text: str
) -> dict[str, list[dict[str, Any]]]:
    """What to fill into the addresses of the pages about letters."""
    approved_id = approved_words(session, municipality_id, officer)
    draft_id = service.begin(session, municipality_id=municipality_id, actor=officer)
    service.write(
        session,
        wording_id=draft_id,
        changes={
            **TEXTS,
            "organisation": long_text[:80],
            "budget_year": "2027",
            "logo": small_logo(logo_file()),
        },
        parts=("award", {"opening": long_text[:400], "explanation": "U mag bezwaar maken."}),
        actor=officer,
    )
    return {
        "officer.show_wording": [{"wording_id": approved_id}, {"wording_id": draft_id}],
        "officer.edit_wording": [
            {"wording_id": draft_id, "section": section}
            for section in ("afzender", "contact", "regels", "logo", "toekenning")
        ],
        "officer.preview_wording": [
            {"wording_id": draft_id, "letter": letter}
            for letter in ("toekenning", "beslissing-op-bezwaar", "dwangsom")
        ],
        "officer.give_back_wording": [{"wording_id": draft_id}],
    }
