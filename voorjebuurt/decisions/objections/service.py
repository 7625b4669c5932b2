"""Objections to decisions: they come in, get a clock of their own, and another officer decides."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions import mails
from voorjebuurt.decisions.cases.officers import impartial_officer
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objections.rows import locked_objection, objection_subject
from voorjebuurt.decisions.proof.earlier import decisions_for_the_court
from voorjebuurt.decisions.rules.kinds import DecisionStatus
from voorjebuurt.decisions.rules.objections import (
    OBJECTION_TRANSITIONS,
    Channel,
    ObjectionStatus,
    decide_objection_by,
    extended_by_law,
    is_in_time,
)
from voorjebuurt.decisions.rulings.rows import Case, locked_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.matching.applications.case_numbers import next_number
from voorjebuurt.matching.applications.service import written


def object_to_decision(
    session: Session, *, decision_id: UUID, grounds: str, committee: bool = False, actor: Actor
) -> UUID:
    """The applicant objects on the site; returns the objection's id.

    Also after the last day: whether there was an excuse is decided by an officer (Awb 6:11).
    Raises ``DomainError`` ``only_appeal`` for a decision that answers an objection.
    ``committee``: the municipality asks an advisory committee (Awb 7:13), so it may take longer.
    """
    case = locked_decision(session, decision_id)
    if actor.person_id != case.application.applicant_id:
        raise ForbiddenError("not_your_campaign")
    if decision_id in decisions_for_the_court(session, case.application.id):
        raise DomainError("only_appeal")
    return _receive(
        session,
        case,
        grounds=grounds,
        channel=Channel.ONLINE,
        received_at=clock.now(),
        posted_on=None,
        committee=committee,
        actor=actor,
    )


def register_objection(
    session: Session,
    *,
    decision_id: UUID,
    grounds: str,
    channel: str,
    received_on: date,
    posted_on: date | None,
    committee: bool,
    actor: Actor,
) -> UUID:
    """An officer registers an objection that came by letter or at the desk; returns its id.

    Raises ``DomainError`` at ``channel``, ``received_on`` or ``posted_on`` for what can't be.
    """
    case = locked_decision(session, decision_id)
    impartial_officer(session, application=case.application, actor=actor)
    if channel not in (Channel.LETTER, Channel.DESK):
        raise DomainError("channel_unknown", field="channel")
    sent_at = case.decision.sent_at
    if sent_at is not None and not clock.local(sent_at).date() <= received_on <= clock.today():
        raise DomainError("received_on_wrong", field="received_on")
    if posted_on is not None and posted_on > received_on:
        raise DomainError("posted_after_receipt", field="posted_on")
    return _receive(
        session,
        case,
        grounds=grounds,
        channel=Channel(channel),
        received_at=_moment_of(received_on),
        posted_on=posted_on,
        committee=committee,
        actor=actor,
    )


def extend_objection(session: Session, *, objection_id: UUID, reason: str, actor: Actor) -> None:
    """Take six weeks more, once, with a reason (Awb 7:10, third paragraph); who objects is told."""
    case, objection = locked_objection(session, objection_id)
    impartial_officer(session, application=case.application, actor=actor)
    refuse_extension(objection)
    objection.extended_reason = written(reason, "reason", "reason_needed")
    objection.decide_by = extended_by_law(objection.decide_by)
    audit.record(
        session,
        actor=actor,
        action=Action.OBJECTION_EXTENDED,
        subject=objection_subject(objection),
        reason=objection.extended_reason,
    )
    mails.objection_extended(session, application=case.application, objection=objection)


def refuse_extension(objection: Objection) -> None:
    """Raises ``DomainError`` for an objection whose term can't be lengthened (any more)."""
    if objection.status != ObjectionStatus.RECEIVED:
        raise TransitionError("objection_decided")
    if objection.extended_reason:
        raise DomainError("term_extended_before")
    if clock.today() > objection.decide_by:
        raise DomainError("term_ended")


def withdraw_objection(session: Session, *, objection_id: UUID, actor: Actor) -> None:
    """Who objected takes it back (Awb 6:21)."""
    case, objection = locked_objection(session, objection_id)
    if actor.person_id != case.application.applicant_id:
        raise ForbiddenError("not_your_campaign")
    before = ObjectionStatus(objection.status)
    objection.status = OBJECTION_TRANSITIONS.after(before, "withdraw").value
    objection.decided_at = clock.now()
    audit.record(
        session,
        actor=actor,
        action=Action.OBJECTION_WITHDRAWN,
        subject=objection_subject(objection),
    )
    mails.objection_withdrawn(session, application=case.application, objection=objection)


def _receive(
    session: Session,
    case: Case,
    *,
    grounds: str,
    channel: Channel,
    received_at: datetime,
    posted_on: date | None,
    committee: bool,
    actor: Actor,
) -> UUID:
    decision = case.decision
    if decision.status != DecisionStatus.SENT or decision.object_until is None:
        raise TransitionError("decision_not_sent_yet")
    grounds = written(grounds, "reason", "grounds_missing")
    _refuse_second(session, decision.id)
    received_on, until = clock.local(received_at).date(), decision.object_until
    in_time = is_in_time(until, received_on=received_on, posted_on=posted_on)
    objection = Objection(
        number=next_number(session, kind="BZ"),
        decision_id=decision.id,
        application_id=decision.application_id,
        municipality_id=decision.municipality_id,
        received_at=received_at,
        received_by=None if channel is Channel.ONLINE else actor.person_id,
        channel=channel.value,
        grounds=grounds,
        in_time=in_time,
        status=ObjectionStatus.RECEIVED.value,
        decide_by=decide_objection_by(
            until, received_on=received_on, in_time=in_time, committee=committee
        ),
    )
    session.add(objection)
    session.flush()
    audit.record(
        session,
        actor=actor,
        action=Action.OBJECTION_RECEIVED,
        subject=objection_subject(objection),
        detail={"channel": channel.value, "in_time": in_time},
    )
    mails.objection_received(session, application=case.application, objection=objection)
    return objection.id


def _refuse_second(session: Session, decision_id: UUID) -> None:
    """One objection at a time to a decision."""
    other = select(Objection.id).where(
        Objection.decision_id == decision_id, Objection.status == ObjectionStatus.RECEIVED
    )
    if session.scalar(other) is not None:
        raise DomainError("objection_open_already")


def _moment_of(received_on: date) -> datetime:
    """Now for what came today; the middle of the day for what came before."""
    if received_on == clock.today():
        return clock.now()
    return clock.noon(received_on)
