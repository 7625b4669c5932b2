"""The row of an inquiry: held, and written down in the trail and in letters."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject
from voorjebuurt.decisions.case_letters.service import News, write_letter
from voorjebuurt.decisions.inquiry_models import Inquiry
from voorjebuurt.decisions.rules.inquiries import INQUIRED
from voorjebuurt.decisions.rules.letters import LetterKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import NotFoundError, TransitionError
from voorjebuurt.matching.applications.rows import application_subject, locked_application
from voorjebuurt.matching.models import Application


def locked_inquiry(session: Session, inquiry_id: UUID) -> tuple[Application, Inquiry]:
    """Hold the campaign, then the application, then the inquiry. Raises ``NotFoundError``."""
    application_id = session.scalar(select(Inquiry.application_id).where(Inquiry.id == inquiry_id))
    if application_id is None:
        raise NotFoundError("inquiry_not_found")
    _, application = locked_application(session, application_id)
    inquiry = session.get_one(Inquiry, inquiry_id, with_for_update=True, populate_existing=True)
    return application, inquiry


def refuse_answered(application: Application, inquiry: Inquiry) -> None:
    """Raises ``TransitionError`` ``inquiry_over`` for one that waits for no answer any more."""
    if inquiry.closed_at is not None or inquiry.channel or application.status not in INQUIRED:
        raise TransitionError("inquiry_over")


def note(
    session: Session,
    application: Application,
    inquiry: Inquiry,
    action: Action,
    actor: Actor,
    *,
    reason: str = "",
    **detail: Any,
) -> None:
    """Write down what happened to it."""
    subject = application_subject(application)
    more = {"inquiry": str(inquiry.id), "number": inquiry.number, "ground": inquiry.ground}
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=Subject(
            subject.kind, subject.id, subject.municipality_id, {**subject.detail, **more}
        ),
        reason=reason or None,
        detail={"until": inquiry.until.isoformat(), **detail},
    )


def write(
    session: Session,
    application: Application,
    inquiry: Inquiry,
    kind: LetterKind,
    actor: Actor,
    **news: Any,
) -> None:
    """Write the letter about it, to who wants paper."""
    values = {
        "until": inquiry.until,
        "since": clock.local(inquiry.asked_at).date(),
        "about": inquiry.ground,
        **news,
    }
    write_letter(
        session,
        kind,
        News(inquiry.number, **values),
        application=application,
        signer_id=actor.person_id,
    )
