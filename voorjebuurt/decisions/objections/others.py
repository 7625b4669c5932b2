"""Who applied for it hears on paper of an objection of somebody else, if they want paper (Awb 7:2).

Who agreed to electronic letters (Awb 2:14) reads the mail, which says the same.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.decisions.case_letters.service import News, write_letter
from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.objection_models import ObjectionRuling, ObjectionStep
from voorjebuurt.decisions.rules.letters import LetterKind
from voorjebuurt.decisions.rules.objections import Party
from voorjebuurt.decisions.rules.proceedings import StepKind
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application


def tell_of_objection(
    session: Session, objection: Objection, *, application: Application, signer_id: UUID | None
) -> bool:
    """An objection of somebody else came in; returns whether a letter goes by post."""
    if objection.party == Party.APPLICANT:
        return False
    news = _news(session, objection, until=objection.decide_by)
    return write_letter(
        session, LetterKind.OTHER_OBJECTION, news, application=application, signer_id=signer_id
    )


def tell_of_step(
    session: Session,
    step: ObjectionStep,
    objection: Objection,
    *,
    application: Application,
    signer_id: UUID | None,
) -> bool:
    """There is a hearing about it, or more time is needed; returns as ``tell_of_objection``."""
    if objection.party == Party.APPLICANT:
        return False
    is_hearing = step.kind == StepKind.INVITATION
    is_extension = step.kind == StepKind.EXTENSION
    until = (step.until if is_hearing else None) or objection.decide_by
    place = step.place if is_hearing else ""
    news = _news(session, objection, until=until, reason=step.body, cause=place)
    if is_hearing:
        return write_letter(
            session, LetterKind.OTHER_HEARING, news, application=application, signer_id=signer_id
        )
    if is_extension:
        return write_letter(
            session, LetterKind.OTHER_EXTENSION, news, application=application, signer_id=signer_id
        )
    return False


def tell_of_withdrawal(
    session: Session,
    objection: Objection,
    *,
    application: Application,
    until: date | None,
    signer_id: UUID | None,
) -> bool:
    """It was withdrawn today, and its hearing of ``until`` is off. Returns as above."""
    if objection.party == Party.APPLICANT:
        return False
    about = session.get_one(Decision, objection.decision_id).number
    news = News(objection.number, "", until=until, since=clock.today(), about=about)
    return write_letter(
        session, LetterKind.OTHER_WITHDRAWAL, news, application=application, signer_id=signer_id
    )


def tell_of_ruling(
    session: Session,
    ruling: ObjectionRuling,
    objections: Sequence[Objection],
    *,
    application: Application,
    new: Decision | None,
) -> bool:
    """It was decided on; who objected besides has the decision itself. Returns as above."""
    if any(each.party == Party.APPLICANT for each in objections):
        return False
    news = _news(
        session,
        objections[0],
        until=ruling.appeal_until or clock.today(),
        reason=ruling.outcome,
        cause=new.number if new else "",
    )
    return write_letter(
        session,
        LetterKind.OTHER_RULING,
        news,
        application=application,
        signer_id=ruling.approved_by,
    )


def _news(
    session: Session, objection: Objection, *, until: date, reason: str = "", cause: str = ""
) -> News:
    return News(
        objection.number,
        reason,
        until=until,
        since=clock.local(objection.received_at).date(),
        about=session.get_one(Decision, objection.decision_id).number,
        cause=cause,
    )
