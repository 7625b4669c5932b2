"""A notice of default, and the decision that states the penalty (Awb 4:17, 4:18).

The penalty is paid by the municipality itself: its money for this is not on the site, so that it
was paid is written down here, and nothing is booked.
"""

import hashlib
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.decisions import objection_mails as mails
from voorjebuurt.decisions.cases.officers import impartial_officer, require_mandate
from voorjebuurt.decisions.cases.term_queries import term_of_application
from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.objections.penalty import (
    PenaltySnapshot,
    penalty_letter,
    read_penalty,
)
from voorjebuurt.decisions.letters.objections.penalty import house as penalty_house
from voorjebuurt.decisions.letters.pdf import pdf_of
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objection_models import DefaultNotice, ObjectionRuling
from voorjebuurt.decisions.objections.postings import post_to_reader
from voorjebuurt.decisions.objections.readers import Reader, reader_of
from voorjebuurt.decisions.posting.service import Mailing, ask_to_post
from voorjebuurt.decisions.proof.snapshots import words_now
from voorjebuurt.decisions.rules.letters import LetterKind
from voorjebuurt.decisions.rules.objections import ObjectionStatus, Party, object_until
from voorjebuurt.decisions.rules.penalties import (
    NoPenalty,
    first_penalty_day,
    penalty_cents,
    penalty_days,
)
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError, TransitionError
from voorjebuurt.matching.applicants.service import addressee_of
from voorjebuurt.matching.applications.case_numbers import next_number
from voorjebuurt.matching.applications.rows import locked_application
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.people.queries import names_of
from voorjebuurt.people.rules import MandateKind
from voorjebuurt.places.models import Municipality


def register_default(
    session: Session,
    *,
    application_id: UUID,
    objection_id: UUID | None,
    received_on: date,
    actor: Actor,
) -> UUID:
    """Somebody wrote that the decision is late; about the application, or about an objection.

    The penalty is theirs: of who applied, or of who objected. Everybody has a notice of their own,
    and one penalty for each term that was let pass (Awb 4:17).

    Raises ``DomainError``: ``not_late_yet`` for one that came before the last day to decide was
    over, as such a notice is none (4:17, third paragraph); ``default_open_already`` and
    ``penalty_of_term_set`` when the same person's notice about it waits or was dealt with.
    """
    _, application = locked_application(session, application_id)
    impartial_officer(session, application=application, actor=actor)
    due_on = _due_on(session, application, objection_id)
    if received_on > clock.today():
        raise DomainError("received_on_wrong", field="received_on")
    if received_on <= due_on:
        raise DomainError("not_late_yet", field="received_on", due_on=due_on)
    _refuse_second(session, application.id, objection_id, due_on)
    notice = DefaultNotice(
        number=next_number(session, kind="IG"),
        application_id=application.id,
        objection_id=objection_id,
        municipality_id=application.municipality_id,
        status="received",
        due_on=due_on,
        received_on=received_on,
        registered_at=clock.now(),
        registered_by=actor.person_id,
    )
    session.add(notice)
    session.flush()
    _record(session, notice, Action.APPLICATION_DEFAULT_REGISTERED, actor)
    if not _is_of_somebody_else(session, notice):
        mails.default_registered(session, application=application, notice=notice)
    return notice.id


def propose_penalty(
    session: Session,
    *,
    notice_id: UUID,
    ground: str,
    reason: str,
    bands: Sequence[int],
    actor: Actor,
) -> int:
    """Propose the penalty as the law computes it, or none on a ground; returns it (eurocents).

    ``bands`` are the statutory amounts per day. Raises ``DomainError`` while it is still running.
    """
    application, notice = _held(session, notice_id)
    impartial_officer(session, application=application, actor=actor)
    if notice.status == "sent":
        raise TransitionError("penalty_determined")
    if ground and ground not in set(NoPenalty):
        raise DomainError("ground_not_for_kind", field="ground")
    if ground and not reason.strip():
        raise DomainError("reason_needed", field="reason")
    first = first_penalty_day(notice.due_on, notice.received_on)
    decided_on = decided_on_of(session, application, notice)
    days = 0 if ground else penalty_days(first, decided_on or clock.today())
    if decided_on is None and not ground and days < 42:
        raise DomainError("penalty_still_runs")
    cents = penalty_cents(days, bands)
    _require_mandate(session, notice, cents, actor)
    notice.decided_on, notice.days, notice.penalty_cents = decided_on, days, cents
    notice.ground, notice.reason = ground, reason.strip()
    notice.snapshot = _snapshot(session, application, notice, first, bands).text
    notice.status, notice.proposed_at, notice.proposed_by = "proposed", clock.now(), actor.person_id
    _record(session, notice, Action.APPLICATION_PENALTY_PROPOSED, actor)
    return cents


def approve_penalty(session: Session, *, notice_id: UUID, actor: Actor) -> None:
    """A second officer approves it, and it is announced at once (Awb 4:18)."""
    application, notice = _held(session, notice_id)
    person_id = refuse_penalty_approver(session, application, notice, actor)
    today = clock.today()
    signer = names_of(session, [person_id]).get(person_id, "")
    snapshot = read_penalty(notice.snapshot)
    name, function = penalty_house(snapshot).signature(signer)
    announcement = Announcement(today, object_until(today), name, function)
    pdf = pdf_of(penalty_letter(snapshot, announcement))
    with session.no_autoflush:
        notice.letter, notice.letter_sha256 = pdf, hashlib.sha256(pdf).hexdigest()
        notice.approved_at, notice.approved_by = clock.now(), person_id
        notice.sent_at, notice.status = clock.now(), "sent"
    session.flush()
    _record(session, notice, Action.APPLICATION_PENALTY_DETERMINED, actor)
    if not _is_of_somebody_else(session, notice):
        mails.penalty_determined(session, application=application, notice=notice)
    mailing = Mailing(LetterKind.PENALTY, notice.id, notice.number)
    if notice.objection_id is None:
        ask_to_post(session, mailing, application=application)
    else:
        objection = session.get_one(Objection, notice.objection_id)
        post_to_reader(session, mailing, application=application, objection=objection)


def refuse_penalty_approver(
    session: Session, application: Application, notice: DefaultNotice, actor: Actor
) -> UUID:
    """The officer, if they may approve this penalty. Raises as ``approve_penalty`` does."""
    person_id = impartial_officer(session, application=application, actor=actor)
    if notice.status != "proposed":
        raise TransitionError("penalty_determined")
    if person_id == notice.proposed_by:
        raise ForbiddenError("own_decision")
    _require_mandate(session, notice, notice.penalty_cents, actor)
    return person_id


def _require_mandate(session: Session, notice: DefaultNotice, cents: int, actor: Actor) -> None:
    require_mandate(
        session,
        municipality_id=notice.municipality_id,
        kind=MandateKind.PENALTY,
        cents=cents,
        actor=actor,
    )


def pay_penalty(session: Session, *, notice_id: UUID, paid_on: date, actor: Actor) -> None:
    """Write down that the municipality paid it."""
    application, notice = _held(session, notice_id)
    impartial_officer(session, application=application, actor=actor)
    if notice.status != "sent" or not notice.penalty_cents or notice.paid_on is not None:
        raise TransitionError("penalty_not_owed")
    sent_on = clock.local(notice.sent_at).date() if notice.sent_at else clock.today()
    if not sent_on <= paid_on <= clock.today():
        raise DomainError("received_on_wrong", field="paid_on")
    notice.paid_on, notice.paid_by = paid_on, actor.person_id
    _record(session, notice, Action.APPLICATION_PENALTY_PAID, actor)


def notices_of(session: Session, application_id: UUID) -> Sequence[DefaultNotice]:
    """The notices of default about an application and its objections, the oldest first."""
    statement = select(DefaultNotice).where(DefaultNotice.application_id == application_id)
    return session.scalars(statement.order_by(DefaultNotice.registered_at)).all()


def writer_of(session: Session, application: Application, notice: DefaultNotice) -> Reader:
    """Who wrote that the decision is late, or acts for them: they get the letter."""
    if notice.objection_id is not None:
        return reader_of(session, session.get_one(Objection, notice.objection_id), application)
    addressee = addressee_of(session, application)
    return Reader(addressee.name, addressee.lines)


def payee_of(session: Session, application: Application, notice: DefaultNotice) -> str:
    """Whose the penalty is: of who applied or objected, also when somebody acts for them."""
    if notice.objection_id is not None:
        objection = session.get_one(Objection, notice.objection_id)
        if objection.party == Party.OTHER:
            return objection.party_name
    return addressee_of(session, application).name


def _is_of_somebody_else(session: Session, notice: DefaultNotice) -> bool:
    """Whether it is about an objection of another than who applied, who has no account here."""
    if notice.objection_id is None:
        return False
    return session.get_one(Objection, notice.objection_id).party == Party.OTHER


def decided_on_of(session: Session, application: Application, notice: DefaultNotice) -> date | None:
    """The day on which what was late was decided after all.

    An objection that a court opened again was decided late all the same: the first decision after
    the term ends the penalty, whatever became of it.
    """
    if notice.objection_id is None:
        return term_of_application(session, application).decided_on
    objection = session.get_one(Objection, notice.objection_id)
    rulings = select(ObjectionRuling.sent_at).where(
        ObjectionRuling.sent_at.is_not(None),
        or_(
            ObjectionRuling.objection_id == objection.id,
            ObjectionRuling.joined.contains([str(objection.id)]),
        ),
    )
    for sent_at in session.scalars(rulings.order_by(ObjectionRuling.sent_at)):
        if sent_at is not None and clock.local(sent_at).date() > notice.due_on:
            return clock.local(sent_at).date()
    if objection.status == ObjectionStatus.RECEIVED or objection.decided_at is None:
        return None
    return clock.local(objection.decided_at).date()


def _due_on(session: Session, application: Application, objection_id: UUID | None) -> date:
    if objection_id is None:
        return term_of_application(session, application).end
    objection = session.get(Objection, objection_id)
    if objection is None or objection.application_id != application.id:
        raise NotFoundError("objection_not_found")
    return objection.decide_by


def _refuse_second(
    session: Session, application_id: UUID, objection_id: UUID | None, due_on: date
) -> None:
    """Of one person and one request; the notices of others change nothing."""
    statement = select(DefaultNotice).where(
        DefaultNotice.application_id == application_id,
        DefaultNotice.objection_id.is_not_distinct_from(objection_id),
        or_(DefaultNotice.status != "sent", DefaultNotice.due_on == due_on),
    )
    for notice in session.scalars(statement.order_by(DefaultNotice.status)):
        if notice.status == "sent":
            raise DomainError("penalty_of_term_set", field="about", notice=notice.number)
        raise DomainError("default_open_already", field="about", notice=notice.number)


def _held(session: Session, notice_id: UUID) -> tuple[Application, DefaultNotice]:
    application_id = session.scalar(
        select(DefaultNotice.application_id).where(DefaultNotice.id == notice_id)
    )
    if application_id is None:
        raise NotFoundError("default_not_found")
    _, application = locked_application(session, application_id)
    notice = session.get_one(DefaultNotice, notice_id, with_for_update=True, populate_existing=True)
    return application, notice


def _snapshot(
    session: Session,
    application: Application,
    notice: DefaultNotice,
    first: date,
    bands: Sequence[int],
) -> PenaltySnapshot:
    fund = session.get_one(Fund, application.fund_id)
    writer, payee = (
        writer_of(session, application, notice),
        payee_of(session, application, notice),
    )
    subject = f"uw aanvraag {application.number}"
    if notice.objection_id is not None:
        subject = f"uw bezwaar {session.get_one(Objection, notice.objection_id).number}"
    return PenaltySnapshot(
        number=notice.number,
        subject=subject,
        addressee=writer.lines,
        name=writer.name,
        municipality=session.get_one(Municipality, application.municipality_id).name,
        sender=fund.sender,
        objection_address=fund.objection_address or fund.sender,
        due_on=notice.due_on.isoformat(),
        received_on=notice.received_on.isoformat(),
        first_day=first.isoformat(),
        decided_on=notice.decided_on.isoformat() if notice.decided_on else "",
        days=notice.days,
        cents=notice.penalty_cents,
        bands=tuple(bands),
        ground=notice.ground,
        reason=notice.reason,
        proposed_at=clock.now().isoformat(),
        words=words_now(session, application.municipality_id),
        payee="" if payee == writer.name else payee,
    )


def _record(session: Session, notice: DefaultNotice, action: Action, actor: Actor) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=Subject(
            SubjectKind.APPLICATION,
            notice.application_id,
            notice.municipality_id,
            {"number": notice.number, "penalty_cents": notice.penalty_cents},
        ),
    )
