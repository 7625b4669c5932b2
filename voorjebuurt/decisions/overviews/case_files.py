"""Which files of a case its applicant sees: not what somebody else sent with an objection.

Those they can read at the municipality before the hearing (Awb 7:4): an officer shows them.
"""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.attachments.queries import AttachmentRow, of_application
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.rules.objections import Party


def own_files(session: Session, application_id: UUID) -> list[AttachmentRow]:
    """The files of a case but for those of others' objections."""
    others = others_objections(session, application_id)
    return [
        row for row in of_application(session, application_id) if row.objection_id not in others
    ]


def others_objections(session: Session, application_id: UUID) -> set[UUID]:
    """The objections to decisions on an application that came from somebody else."""
    statement = select(Objection.id).where(
        Objection.application_id == application_id, Objection.party == Party.OTHER.value
    )
    return set(session.scalars(statement))
