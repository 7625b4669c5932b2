"""An officer asks for proof, gives more time for it, and closes the question with a finding."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions.cases.officers import impartial_officer
from voorjebuurt.decisions.inquiries import mails
from voorjebuurt.decisions.inquiries.queries import (
    current_inquiry,
    sample_is_unasked,
    status_today,
)
from voorjebuurt.decisions.inquiries.rows import locked_inquiry, note, refuse_answered, write
from voorjebuurt.decisions.inquiry_models import Inquiry
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.rules.inquiries import (
    INQUIRED,
    INQUIRY_DAYS,
    Finding,
    InquiryGround,
    findings_for,
)
from voorjebuurt.decisions.rules.kinds import OPEN
from voorjebuurt.decisions.rules.letters import LetterKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, TransitionError
from voorjebuurt.kernel.legal_days import moved
from voorjebuurt.matching.applications.case_numbers import next_number
from voorjebuurt.matching.applications.rows import locked_application
from voorjebuurt.matching.applications.service import written
from voorjebuurt.matching.arrangements import Way
from voorjebuurt.matching.models import Application
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import OWED_MATCH


@dataclass(frozen=True)
class ProofQuestion:
    """What is asked and why. ``cause`` is empty where the lot fell on the case."""

    ground: str
    cause: str
    asked: str
    until: date


def ask_for_proof(
    session: Session, *, application_id: UUID, question: ProofQuestion, actor: Actor
) -> UUID:
    """Ask the applicant to show that the plan was carried out; returns the inquiry's id.

    The letter goes at once; who wants paper gets it by post. Raises as ``refuse_inquiry``, and
    ``DomainError`` at ``ground``, ``cause``, ``asked`` or ``until``.
    """
    _, application = locked_application(session, application_id)
    person_id = impartial_officer(session, application=application, actor=actor)
    refuse_inquiry(session, application)
    cause = _checked_cause(session, application, question)
    wish = written(question.asked, "asked", "proof_question_missing")
    refuse_day(question.until)
    inquiry = Inquiry(
        number=next_number(session, kind="BW"),
        application_id=application.id,
        municipality_id=application.municipality_id,
        ground=question.ground,
        cause=cause,
        asked=wish,
        until=moved(question.until),
        asked_at=clock.now(),
        asked_by=person_id,
    )
    session.add(inquiry)
    session.flush()
    note(session, application, inquiry, Action.APPLICATION_PROOF_ASKED, actor, reason=cause)
    mails.proof_asked(session, application=application, inquiry=inquiry)
    write(
        session,
        application,
        inquiry,
        LetterKind.PROOF_QUESTION,
        actor,
        reason=inquiry.asked,
        cause=inquiry.cause,
    )
    return inquiry.id


def extend_inquiry(
    session: Session, *, inquiry_id: UUID, until: date, reason: str, actor: Actor
) -> None:
    """Give more time. Raises ``DomainError`` at ``until`` for a day that is not later, or too far.

    A term that has ended can be lengthened as well, as long as nothing was found.
    """
    application, inquiry = locked_inquiry(session, inquiry_id)
    impartial_officer(session, application=application, actor=actor)
    refuse_answered(application, inquiry)
    reason = written(reason, "reason", "reason_needed")
    latest = clock.today() + timedelta(days=INQUIRY_DAYS[1])
    if not max(inquiry.until, clock.today()) < until <= latest:
        raise DomainError("views_extension_wrong", field="until", latest=latest)
    before, inquiry.until = inquiry.until, moved(until)
    inquiry.extension = reason
    action = Action.APPLICATION_PROOF_EXTENDED
    note(session, application, inquiry, action, actor, reason=reason, before=before.isoformat())
    mails.proof_extended(session, application=application, inquiry=inquiry)
    write(
        session,
        application,
        inquiry,
        LetterKind.PROOF_EXTENSION,
        actor,
        reason=reason,
        before=before,
    )


def close_inquiry(
    session: Session, *, inquiry_id: UUID, finding: str, text: str, actor: Actor
) -> None:
    """Close it with what was found, which the applicant is told; the determination is free then.

    Raises ``TransitionError`` ``inquiry_over`` when it was closed, and ``DomainError`` at
    ``finding`` for one that can't be found now (nobody is silent before their term is over).
    """
    application, inquiry = locked_inquiry(session, inquiry_id)
    person_id = impartial_officer(session, application=application, actor=actor)
    if inquiry.closed_at is not None:
        raise TransitionError("inquiry_over")
    if finding not in findings_for(status_today(inquiry)):
        raise DomainError("finding_not_possible", field="finding")
    inquiry.finding = Finding(finding).value
    inquiry.finding_text = written(text, "finding_text", "reason_needed")
    inquiry.closed_at, inquiry.closed_by = clock.now(), person_id
    session.flush()
    note(
        session,
        application,
        inquiry,
        Action.APPLICATION_PROOF_CLOSED,
        actor,
        reason=inquiry.finding_text,
        finding=inquiry.finding,
    )
    mails.proof_closed(session, application=application, inquiry=inquiry)
    write(
        session,
        application,
        inquiry,
        LetterKind.PROOF_FINDING,
        actor,
        reason=inquiry.finding_text,
        about=inquiry.finding,
    )


def refuse_inquiry(session: Session, application: Application) -> None:
    """Raises ``DomainError`` while no proof can be asked for; locks and changes nothing.

    ``proof_not_for_way``: it is accounted for, or was determined at once; ``account_too_early``:
    the money is not the applicant's yet; ``inquiry_open_already``; ``decision_open_already``.
    """
    if application.status not in INQUIRED or application.arrangement != Way.EX_OFFICIO:
        raise DomainError("proof_not_for_way")
    match = session.get_one(CampaignMatch, application.id)
    if match.status not in OWED_MATCH or match.committed_at is None:
        raise DomainError("account_too_early")
    if current_inquiry(session, application.id) is not None:
        raise DomainError("inquiry_open_already")
    waiting = exists().where(
        Decision.application_id == application.id,
        Decision.status.in_([state.value for state in OPEN]),
    )
    if session.scalar(select(waiting)):
        raise DomainError("decision_open_already")


def refuse_day(until: date) -> None:
    """Raises ``DomainError`` at ``until`` for a term that is too short or too long."""
    shortest, longest = INQUIRY_DAYS
    if not shortest <= (until - clock.today()).days <= longest:
        raise DomainError("inquiry_term_wrong", field="until", shortest=shortest, longest=longest)


def _checked_cause(session: Session, application: Application, question: ProofQuestion) -> str:
    """The cause that is stated; empty for a case on which the lot fell, of which there is none."""
    if question.ground == InquiryGround.CAUSE:
        return written(question.cause, "cause", "proof_cause_missing")
    if question.ground != InquiryGround.SAMPLE or not sample_is_unasked(session, application.id):
        raise DomainError("sample_not_hit", field="ground")
    return ""
