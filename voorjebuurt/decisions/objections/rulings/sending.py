"""A decision on an objection goes out: the old decision is revoked and replaced in one deed."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.decisions import letters
from voorjebuurt.decisions import objection_mails as mails
from voorjebuurt.decisions.cases.officers import refuse_approver_who_left
from voorjebuurt.decisions.letters.objections.frame import house
from voorjebuurt.decisions.letters.objections.ruling import ruling_letter
from voorjebuurt.decisions.letters.pdf import pdf_of
from voorjebuurt.decisions.letters.rendering import content_hash
from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.objection_models import JoinedLetter, ObjectionRuling
from voorjebuurt.decisions.objections.others import tell_of_ruling
from voorjebuurt.decisions.objections.postings import post_ruling
from voorjebuurt.decisions.objections.rows import TRANSITION_ACTIONS, objection_subject
from voorjebuurt.decisions.objections.rulings.approvals import locked_ruling
from voorjebuurt.decisions.objections.rulings.joining import letters_of, refuse_left_out
from voorjebuurt.decisions.objections.rulings.reopening import end_objection
from voorjebuurt.decisions.objections.rulings.replacements import carry_out
from voorjebuurt.decisions.proof.objection_schema import read_ruling
from voorjebuurt.decisions.rules.kinds import DECISION_TRANSITIONS, DecisionStatus
from voorjebuurt.decisions.rules.objections import (
    ACTIONS,
    FOUNDED,
    ObjectionStatus,
    object_until,
)
from voorjebuurt.decisions.rulings.rows import Case
from voorjebuurt.decisions.rulings.sending import is_maximum
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.matching.models import Application
from voorjebuurt.people.queries import names_of
from voorjebuurt.rulebook.values import jsontext


def due_rulings(session: Session) -> Sequence[UUID]:
    """Approved decisions on objections whose time to be recalled is over, the oldest first."""
    statement = select(ObjectionRuling.id).where(
        ObjectionRuling.status == DecisionStatus.APPROVED, ObjectionRuling.send_at <= clock.now()
    )
    return session.scalars(statement.order_by(ObjectionRuling.send_at)).all()


def send_ruling(session: Session, *, ruling_id: UUID, pay_to: str = "", website: str = "") -> bool:
    """Send an approved one whose time has come; returns whether it was.

    Objections, old and new decision, money, letters and mails are one transaction. Raises
    ``DomainError`` when it can't be carried out: then an officer must recall it.
    """
    case, objection, ruling = locked_ruling(session, ruling_id)
    if ruling.status != DecisionStatus.APPROVED:
        return False
    if ruling.send_at is None or ruling.send_at > clock.now():
        return False
    refuse_approver_who_left(
        session,
        municipality_id=case.application.municipality_id,
        approved_by=ruling.approved_by,
    )
    outcome = ObjectionStatus(ruling.outcome)
    judge = Actor("person", ruling.approved_by) if ruling.approved_by else SYSTEM
    refuse_left_out(session, objection, outcome, map(UUID, ruling.joined))
    objections = [objection, *_joined(session, ruling)]
    for each in objections:
        _end(session, each, ruling, outcome, judge)
    session.flush()
    new = None
    if outcome in FOUNDED:
        new = carry_out(
            session, case, objection, ruling, actor=SYSTEM, pay_to=pay_to, website=website
        )
    _announce(session, ruling, website)
    for each in objections:
        audit.record(
            session,
            actor=SYSTEM,
            action=Action.OBJECTION_RULING_SENT,
            subject=objection_subject(each),
            detail={"ruling": ruling.number, "appeal_until": str(ruling.appeal_until)},
        )
    _tell(session, case, objections, ruling, new)
    post_ruling(
        session,
        ruling_id=ruling.id,
        number=ruling.number,
        application=case.application,
        objections=objections,
        own_letters={row.objection_id: row.id for row in letters_of(session, ruling.id)},
    )
    return True


def alert_ruling_not_sent(session: Session, *, ruling_id: UUID, code: str) -> bool:
    """Ask for a person's eye, once; ``code`` is of the error that kept it back."""
    number, application = session.execute(
        select(ObjectionRuling.number, Application.number)
        .join(Application, Application.id == ObjectionRuling.application_id)
        .where(ObjectionRuling.id == ruling_id)
    ).one()
    return audit.raise_alert(
        session,
        key=f"decision_not_sent:{ruling_id}",
        kind=AlertKind.DECISION_NOT_SENT,
        detail={"application": application, "decision": number, "code": code},
    )


def _joined(session: Session, ruling: ObjectionRuling) -> Sequence[Objection]:
    """The other objections that are still open, held."""
    if not ruling.joined:
        return ()
    statement = select(Objection).where(
        Objection.id.in_([UUID(key) for key in ruling.joined]),
        Objection.status == ObjectionStatus.RECEIVED,
    )
    return session.scalars(statement.order_by(Objection.number).with_for_update()).all()


def _end(
    session: Session,
    objection: Objection,
    ruling: ObjectionRuling,
    outcome: ObjectionStatus,
    judge: Actor,
) -> None:
    objection.outcome = ruling.reason
    end_objection(objection, outcome, judge)
    audit.record(
        session,
        actor=judge,
        action=TRANSITION_ACTIONS[ACTIONS[outcome]],
        subject=objection_subject(objection),
        detail={"ruling": ruling.number},
    )


def _announce(session: Session, ruling: ObjectionRuling, website: str) -> None:
    """The letters of today, signed by who approved: each in one write."""
    today = clock.today()
    until = object_until(today)
    names = names_of(session, [ruling.approved_by])
    signer = names.get(ruling.approved_by, "") if ruling.approved_by else ""
    snapshot = read_ruling(ruling.snapshot)
    name, function = house(snapshot).signature(signer)
    announcement = letters.Announcement(today, until, name, function, website=website)
    with session.no_autoflush:
        _write(ruling, announcement)
        ruling.sent_at, ruling.appeal_until = clock.now(), until
        ruling.status = DECISION_TRANSITIONS.after(DecisionStatus(ruling.status), "send").value
    session.flush()
    for row in letters_of(session, ruling.id):
        with session.no_autoflush:
            _write(row, announcement)
    session.flush()


def _write(row: ObjectionRuling | JoinedLetter, announcement: letters.Announcement) -> None:
    letter = ruling_letter(read_ruling(row.snapshot), announcement)
    pdf = pdf_of(letter)
    details = {
        **jsontext.parse(announcement.text),
        "content_sha256": content_hash(letter),
        "maker": letters.MAKER,
    }
    row.letter, row.letter_sha256 = pdf, hashlib.sha256(pdf).hexdigest()
    row.announcement = jsontext.canonical(details)


def _tell(
    session: Session,
    case: Case,
    objections: Sequence[Objection],
    ruling: ObjectionRuling,
    new: Decision | None,
) -> None:
    """One mail to who applied, whoever objected: with the outcome, and what came in the place."""
    own = next((each for each in objections if each.party == "applicant"), objections[0])
    mails.objection_ruled(
        session,
        application=case.application,
        objection=own,
        ruling=ruling,
        new=new,
        is_maximum=new is not None and is_maximum(new),
    )
    tell_of_ruling(session, ruling, objections, application=case.application, new=new)
