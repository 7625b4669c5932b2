"""Letters to print about an objection on its way: for who has no account here, and for the file."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.objections.frame import house
from voorjebuurt.decisions.letters.objections.notices import notice_letter
from voorjebuurt.decisions.letters.pdf import pdf_of
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objections.papers import Words, ruling_snapshot, step_facts
from voorjebuurt.decisions.objections.rows import course
from voorjebuurt.decisions.objections.steps_of import steps_of
from voorjebuurt.decisions.rules.objections import ObjectionStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.people.queries import names_of


def notice_pdf(
    session: Session, objection_id: UUID, kind: str, actor: Actor, *, step_id: UUID | None = None
) -> bytes | None:
    """The letter about the last step of a kind, the receipt or the withdrawal; None when none is.

    ``step_id``: about that step.

    Signed by who prints it, with the day of printing.
    """
    objection = session.get(Objection, objection_id)
    if objection is None:
        return None
    steps = [
        step
        for step in steps_of(session, objection_id)
        if step.kind == kind and step_id in (None, step.id)
    ]
    facts = step_facts(steps[-1]) if steps else {}
    if kind == "withdrawal":
        facts = _withdrawal_of(session, objection)
    if kind != "receipt" and not facts:
        return None
    words = Words(objection.number, "rejected", "", "", "")
    signer = (
        names_of(session, [actor.person_id]).get(actor.person_id, "") if actor.person_id else ""
    )
    today = clock.today()
    snapshot = ruling_snapshot(session, objection, words)
    name, function = house(snapshot).signature(signer)
    letter = notice_letter(
        snapshot,
        kind,
        facts,
        objection.decide_by.isoformat(),
        Announcement(today, objection.decide_by, name, function),
    )
    return pdf_of(letter)


def _withdrawal_of(session: Session, objection: Objection) -> dict[str, Any]:
    """When it was withdrawn, and until when a hearing was planned; empty where it was not."""
    if objection.status != ObjectionStatus.WITHDRAWN or objection.decided_at is None:
        return {}
    on = clock.local(objection.decided_at).date()
    hearing = course(session, objection).hearing_ahead(on)
    return {"on": on.isoformat(), "until": hearing.isoformat() if hearing else None}
