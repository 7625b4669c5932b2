"""A letter that is sent to who wants paper becomes one to post; an officer ticks it off."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions.cases.officers import officer_of
from voorjebuurt.decisions.posting.models import PostedLetter
from voorjebuurt.decisions.rules.letters import LetterKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.matching.applicants.service import addressee_of, details_of
from voorjebuurt.matching.applications.rows import application_subject
from voorjebuurt.matching.models import Application


@dataclass(frozen=True)
class Mailing:
    """A letter that goes out: its kind, what it is of, and the number that it has."""

    kind: LetterKind
    subject_id: UUID
    number: str


def ask_to_post(
    session: Session, mailing: Mailing, *, application: Application, address: str | None = None
) -> bool:
    """Ask officers to post a letter that is sent; returns whether it is to be posted.

    To its applicant, unless they agreed to get it electronically or were never asked (Awb 2:14);
    with an ``address`` to that, for who has no account here. The same letter to the same address
    is posted once.
    """
    address = address or postal_address(session, application)
    if address is None or _is_there(session, mailing, address):
        return False
    session.add(
        PostedLetter(
            kind=mailing.kind.value,
            subject_id=mailing.subject_id,
            number=mailing.number,
            application_id=application.id,
            municipality_id=application.municipality_id,
            address=address,
            due_at=clock.now(),
        )
    )
    session.flush()
    return True


def postal_address(session: Session, application: Application) -> str | None:
    """The address that letters are posted to, in lines; None where they go electronically.

    It begins with the lines that the letter itself begins with.
    """
    details = details_of(session, application.id)
    if details is None or details.electronic:
        return None
    return "\n".join([*addressee_of(session, application).lines, *details.address_lines])


def note_posting(session: Session, *, letter_id: UUID, actor: Actor) -> bool:
    """An officer posted the letter; returns whether that is news.

    Raises ``NotFoundError`` where none is to be posted.
    """
    row = session.get(PostedLetter, letter_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFoundError("letter_not_found")
    officer_id = officer_of(session, municipality_id=row.municipality_id, actor=actor)
    if row.posted_at is not None:
        return False
    row.posted_at, row.posted_by = clock.now(), officer_id
    application = session.get_one(Application, row.application_id)
    audit.record(
        session,
        actor=actor,
        action=Action.DECISION_POSTED,
        subject=application_subject(application),
        detail={"letter": row.kind, row.kind: row.number},
    )
    return True


def _is_there(session: Session, mailing: Mailing, address: str) -> bool:
    same = select(PostedLetter.id).where(
        PostedLetter.subject_id == mailing.subject_id,
        PostedLetter.kind == mailing.kind.value,
        PostedLetter.address == address,
    )
    return session.scalar(same) is not None
