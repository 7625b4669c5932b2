"""A decision goes out: its money moves, its letter is made, and the applicant is told."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.decisions import donor_mails, letters, mails
from voorjebuurt.decisions.cases.officers import refuse_approver_who_left
from voorjebuurt.decisions.cases.terms import add_event
from voorjebuurt.decisions.letters.parts import house
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.plans.rulings import carry_out_plan
from voorjebuurt.decisions.posting.service import Mailing, ask_to_post
from voorjebuurt.decisions.proof.schema import read
from voorjebuurt.decisions.rules.kinds import (
    AWARDS,
    FIRST,
    ON_SENDING,
    PLANS,
    DecisionKind,
    DecisionStatus,
)
from voorjebuurt.decisions.rules.letters import LetterKind
from voorjebuurt.decisions.rules.objections import object_until
from voorjebuurt.decisions.rules.terms import TermEventKind
from voorjebuurt.decisions.rulings.approvals import refuse_overtaken
from voorjebuurt.decisions.rulings.bookings import book_decision
from voorjebuurt.decisions.rulings.kind_checks import refuse_late_aside
from voorjebuurt.decisions.rulings.rows import (
    Case,
    decision_subject,
    fixed_arrangement,
    locked_decision,
    match_of,
    status_after,
)
from voorjebuurt.decisions.rulings.timeliness import refuse_late
from voorjebuurt.decisions.views.answers import close_intentions
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.matching.applications.rows import move_application
from voorjebuurt.matching.arrangements import Way
from voorjebuurt.matching.models import Application
from voorjebuurt.matching.pots.extra import ExtraRoom
from voorjebuurt.people.queries import names_of


def due_decisions(session: Session) -> Sequence[UUID]:
    """Approved decisions whose time to be recalled is over, the oldest first."""
    statement = select(Decision.id).where(
        Decision.status == DecisionStatus.APPROVED, Decision.send_at <= clock.now()
    )
    return session.scalars(statement.order_by(Decision.send_at)).all()


def send_decision(
    session: Session, *, decision_id: UUID, pay_to: str = "", website: str = ""
) -> bool:
    """Send an approved decision whose time has come; returns whether it was.

    ``pay_to``: name and account, on lines of their own, for who must pay back; ``website``: the
    site's address, which the letter names.

    Money, letter, state and mail are one transaction: a decision that was recalled has moved
    nothing. Raises ``DomainError`` when it can't be carried out (the pot is empty, a gift went
    back, who approved it is no officer any more): then an officer must recall it.
    """
    case = locked_decision(session, decision_id)
    decision = case.decision
    if decision.status != DecisionStatus.APPROVED:
        return False
    if decision.send_at is None or decision.send_at > clock.now():
        return False
    refuse_approver_who_left(
        session, municipality_id=decision.municipality_id, approved_by=decision.approved_by
    )
    refuse_late_aside(session, case.application, decision.grounds)
    send_locked(session, case, pay_to=pay_to, website=website)
    mails.decision_sent(
        session,
        application=case.application,
        decision=decision,
        answers_objection=read(decision.snapshot).objection is not None,
        is_maximum=is_maximum(decision),
    )
    return True


def send_locked(
    session: Session,
    case: Case,
    *,
    pay_to: str = "",
    website: str = "",
    extra: ExtraRoom | None = None,
) -> None:
    """Carry out an approved decision whose rows are held; who applied is told by the caller.

    ``extra``: what it may take above the ceiling, as part of a decision on an objection.
    """
    decision = case.decision
    refuse_overtaken(session, case)
    refuse_late(session, case.application, case.kind, at=decision.send_at or clock.now())
    book_decision(session, case, SYSTEM, extra)
    action = ON_SENDING[case.kind]
    arrangement = fixed_arrangement(decision)
    if arrangement is not None:
        case.application.arrangement = arrangement.way.value
        case.application.arrangement_weeks = arrangement.weeks
    if action is not None:
        move_application(session, application=case.application, action=action, actor=SYSTEM)
    if arrangement is not None and arrangement.way is Way.DIRECT:
        # One decision awards and determines (Awb 4:29, 4:42): there is nothing to account for.
        move_application(session, application=case.application, action="determine", actor=SYSTEM)
    if case.kind in FIRST:
        add_event(session, case.application, TermEventKind.DECIDED, SYSTEM)
    _announce(session, case, pay_to, website)
    audit.record(
        session,
        actor=SYSTEM,
        action=Action.DECISION_SENT,
        subject=decision_subject(decision),
        detail={"object_until": str(decision.object_until)},
    )
    donor_mails.decision_made(
        session,
        decision=decision,
        campaign=case.campaign,
        match=match_of(session, case.application.id),
        is_maximum=is_maximum(decision),
    )
    carry_out_plan(session, decision)
    if case.kind not in PLANS:
        close_intentions(session, case.application.id)
    mailing = Mailing(LetterKind.DECISION, decision.id, decision.number)
    ask_to_post(session, mailing, application=case.application)


def is_maximum(decision: Decision) -> bool:
    """Whether it awards how much at most, as a live fund does before gifts are matched."""
    grants = DecisionKind(decision.kind) in AWARDS
    return grants and read(decision.snapshot).is_maximum


def alert_not_sent(session: Session, *, decision_id: UUID, code: str) -> bool:
    """Ask for a person's eye, once per decision; ``code`` is of the error that kept it back."""
    number, application = session.execute(
        select(Decision.number, Application.number)
        .join(Application, Application.id == Decision.application_id)
        .where(Decision.id == decision_id)
    ).one()
    return audit.raise_alert(
        session,
        key=f"decision_not_sent:{decision_id}",
        kind=AlertKind.DECISION_NOT_SENT,
        detail={"application": application, "decision": number, "code": code},
    )


def _announce(session: Session, case: Case, pay_to: str, website: str) -> None:
    """The letter of today, signed by who approved; all of it in one write."""
    decision, today = case.decision, clock.today()
    names = names_of(session, [decision.approved_by])
    until = object_until(today)
    signer = names.get(decision.approved_by, "") if decision.approved_by else ""
    name, function = house(read(decision.snapshot)).signature(signer)
    announcement = letters.Announcement(
        today, until, name, function, pay_to=pay_to, website=website
    )
    letter = letters.make(decision.snapshot, announcement)
    with session.no_autoflush:
        decision.letter, decision.letter_sha256 = letter.pdf, letter.sha256
        decision.announcement = letter.announcement
        decision.sent_at, decision.object_until = clock.now(), until
        decision.status = status_after(decision, "send")
    session.flush()
