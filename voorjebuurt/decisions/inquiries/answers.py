"""The applicant answers online, with files; or an officer registers what came on paper."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.attachments.service import Owner, submit_drafts
from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions.cases.officers import impartial_officer
from voorjebuurt.decisions.inquiries import mails
from voorjebuurt.decisions.inquiries.queries import inquiry_form
from voorjebuurt.decisions.inquiries.rows import locked_inquiry, note, refuse_answered
from voorjebuurt.decisions.inquiry_models import Inquiry
from voorjebuurt.decisions.rules.inquiries import InquiryChannel
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.applications.ownership import require_applicant
from voorjebuurt.matching.applications.rows import application_subject
from voorjebuurt.matching.applications.service import written
from voorjebuurt.matching.models import Application


def answer_inquiry(session: Session, *, inquiry_id: UUID, answer: str, actor: Actor) -> None:
    """The applicant shows what was done, with the files that were added; once.

    After the last day too, as long as nothing was found. Raises ``ForbiddenError`` for somebody
    else, ``TransitionError`` when it was answered or closed; ``DomainError`` at ``answer``.
    """
    application, inquiry = locked_inquiry(session, inquiry_id)
    require_applicant(session, application, actor)
    _keep(session, application, inquiry, answer, InquiryChannel.ONLINE, clock.today(), actor)


def register_answer(
    session: Session,
    *,
    inquiry_id: UUID,
    channel: str,
    received_on: date,
    answer: str,
    actor: Actor,
) -> None:
    """An officer writes down what came on paper or was shown at the desk, with scans if any.

    Raises ``DomainError`` at ``channel``, ``received_on`` or ``answer``, and as above.
    """
    application, inquiry = locked_inquiry(session, inquiry_id)
    impartial_officer(session, application=application, actor=actor)
    if channel not in set(InquiryChannel) - {InquiryChannel.ONLINE}:
        raise DomainError("channel_unknown", field="channel")
    if not clock.local(inquiry.asked_at).date() <= received_on <= clock.today():
        raise DomainError("views_day_wrong", field="received_on")
    _keep(session, application, inquiry, answer, InquiryChannel(channel), received_on, actor)


def _keep(
    session: Session,
    application: Application,
    inquiry: Inquiry,
    answer: str,
    channel: InquiryChannel,
    received_on: date,
    actor: Actor,
) -> None:
    refuse_answered(application, inquiry)
    inquiry.answer = written(answer, "answer", "proof_answer_missing")
    inquiry.channel, inquiry.received_on = channel.value, received_on
    inquiry.answered_at, inquiry.answered_by = clock.now(), actor.person_id
    session.flush()
    submit_drafts(
        session,
        form=inquiry_form(inquiry.id),
        owner=Owner(application_id=application.id),
        subject=application_subject(application),
        actor=actor,
    )
    action = Action.APPLICATION_PROOF_RECEIVED
    note(
        session,
        application,
        inquiry,
        action,
        actor,
        channel=channel.value,
        received_on=received_on.isoformat(),
    )
    mails.proof_received(session, application=application, inquiry=inquiry)
