"""Objections to decisions: they come in, get a clock of their own, and another officer decides."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions import objection_mails as mails
from voorjebuurt.decisions.cases.officers import impartial_officer
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objections.files import objection_form, submit_files
from voorjebuurt.decisions.objections.others import tell_of_objection
from voorjebuurt.decisions.objections.postings import post_notice
from voorjebuurt.decisions.objections.rows import objection_subject
from voorjebuurt.decisions.objections.steps import StepNote, add_step
from voorjebuurt.decisions.proof.earlier import decisions_for_the_court
from voorjebuurt.decisions.proof.revocations import revocations
from voorjebuurt.decisions.rules.kinds import DecisionStatus
from voorjebuurt.decisions.rules.objections import (
    Channel,
    ObjectionStatus,
    Party,
    decide_objection_by,
    is_in_time,
)
from voorjebuurt.decisions.rules.proceedings import MissingPart, StepKind
from voorjebuurt.decisions.rulings.rows import Case, locked_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.kernel.errors import DomainError, TransitionError
from voorjebuurt.kernel.legal_days import last_day
from voorjebuurt.matching.applications.case_numbers import next_number
from voorjebuurt.matching.applications.ownership import require_applicant
from voorjebuurt.matching.applications.service import written

GROUNDS_WEEKS = 4
"""So long has who objects pro forma to give the grounds (Awb 6:6)."""


@dataclass(frozen=True)
class Objector:
    """Who objects when it is not the applicant, and who acts for whoever does (Awb 2:1)."""

    name: str = ""
    address: str = ""
    agent_name: str = ""
    agent_address: str = ""


def object_to_decision(
    session: Session,
    *,
    decision_id: UUID,
    grounds: str,
    objector: Objector | None = None,
    costs: str = "",
    actor: Actor,
) -> UUID:
    """The applicant objects on the site; returns the objection's id.

    Without ``grounds`` it is pro forma: they are asked at once, with a term (Awb 6:6). Also after
    the last day: whether there was an excuse is judged by an officer (6:11). ``costs``: a payment
    of professional help is asked (7:15). ``objector`` names who acts for the applicant.
    Raises ``DomainError`` ``only_appeal`` for a decision that answers an objection, and
    ``decision_revoked`` for one that does not hold any more.
    """
    case = locked_decision(session, decision_id)
    require_applicant(session, case.application, actor)
    agent = Objector("", "", objector.agent_name, objector.agent_address) if objector else None
    objection = _receive(
        session,
        case,
        grounds=grounds,
        channel=Channel.ONLINE,
        received_at=clock.now(),
        posted_on=None,
        objector=agent or Objector(),
        actor=actor,
    )
    submit_files(session, objection, objection_form(decision_id), actor)
    if costs.strip():
        add_step(session, objection, StepKind.COSTS, StepNote(clock.today(), body=costs), actor)
    return objection.id


def register_objection(
    session: Session,
    *,
    decision_id: UUID,
    grounds: str,
    channel: str,
    received_on: date,
    posted_on: date | None,
    committee: str = "",
    objector: Objector | None = None,
    actor: Actor,
) -> UUID:
    """An officer registers an objection that came by letter or at the desk; returns its id.

    ``objector`` with a name is another interested party than the applicant. ``committee``: the name
    of the advisory committee that is asked (Awb 7:13), so that it may take longer.
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
    objection = _receive(
        session,
        case,
        grounds=grounds,
        channel=Channel(channel),
        received_at=_moment_of(received_on),
        posted_on=posted_on,
        objector=objector or Objector(),
        actor=actor,
    )
    submit_files(session, objection, objection_form(decision_id), actor)
    if committee.strip():
        note = StepNote(received_on, detail=committee.strip())
        add_step(session, objection, StepKind.COMMITTEE, note, actor)
    return objection.id


def _receive(
    session: Session,
    case: Case,
    *,
    grounds: str,
    channel: Channel,
    received_at: datetime,
    posted_on: date | None,
    objector: Objector,
    actor: Actor,
) -> Objection:
    decision = case.decision
    until = _refuse_objection(session, case)
    party = Party.OTHER if objector.name.strip() else Party.APPLICANT
    _refuse_second(session, decision.id, objector.name.strip())
    received_on = clock.local(received_at).date()
    in_time = is_in_time(until, received_on=received_on, posted_on=posted_on)
    decide_by = decide_objection_by(
        until, received_on=received_on, in_time=in_time, committee=False
    )
    objection = Objection(
        number=next_number(session, kind="BZ"),
        decision_id=decision.id,
        application_id=decision.application_id,
        municipality_id=decision.municipality_id,
        received_at=received_at,
        received_by=None if channel is Channel.ONLINE else actor.person_id,
        channel=channel.value,
        party=party.value,
        party_name=objector.name.strip(),
        party_address=_tidy(objector.address),
        agent_name=objector.agent_name.strip(),
        agent_address=_tidy(objector.agent_address),
        posted_on=posted_on,
        grounds=_grounds(grounds),
        in_time=in_time,
        status=ObjectionStatus.RECEIVED.value,
        clock_from=until if in_time else received_on,
        first_decide_by=decide_by,
        decide_by=decide_by,
    )
    session.add(objection)
    session.flush()
    audit.record(
        session,
        actor=actor,
        action=Action.OBJECTION_RECEIVED,
        subject=objection_subject(objection),
        detail={"channel": channel.value, "in_time": in_time, "party": party.value},
    )
    if not objection.grounds:
        _ask_grounds(session, case, objection)
    mails.objection_received(session, application=case.application, objection=objection)
    tell_of_objection(session, objection, application=case.application, signer_id=actor.person_id)
    post_notice(
        session,
        "receipt",
        subject_id=objection.id,
        application=case.application,
        objection=objection,
    )
    return objection


def _tidy(lines: str) -> str:
    """A postal address, line by line."""
    return "\n".join(line.strip() for line in lines.splitlines() if line.strip())


def _grounds(text: str) -> str:
    """What is said against the decision; nothing is pro forma."""
    return written(text, "reason", "grounds_missing") if text.strip() else ""


def _ask_grounds(session: Session, case: Case, objection: Objection) -> None:
    """An objection without grounds gets four weeks to give them (Awb 6:6)."""
    today = clock.today()
    until = last_day(today, weeks=GROUNDS_WEEKS)
    note = StepNote(today, until=until, detail=MissingPart.GROUNDS.value)
    step = add_step(session, objection, StepKind.QUESTION, note, SYSTEM)
    mails.step_taken(session, application=case.application, objection=objection, step=step)
    post_notice(
        session,
        step.kind,
        subject_id=step.id,
        application=case.application,
        objection=objection,
    )


def _refuse_objection(session: Session, case: Case) -> date:
    """The last day to object. Raises for a decision that can't be objected to."""
    decision = case.decision
    if decision.status != DecisionStatus.SENT or decision.object_until is None:
        raise TransitionError("decision_not_sent_yet")
    if decision.id in decisions_for_the_court(session, case.application.id):
        raise DomainError("only_appeal")
    if decision.id in revocations(session, [case.application.id]):
        raise DomainError("decision_revoked")
    return decision.object_until


def _refuse_second(session: Session, decision_id: UUID, party_name: str) -> None:
    """One objection at a time of one party to a decision."""
    other = select(Objection.id).where(
        Objection.decision_id == decision_id,
        Objection.status == ObjectionStatus.RECEIVED,
        Objection.party_name == party_name,
    )
    if session.scalar(other) is not None:
        raise DomainError("objection_open_already")


def _moment_of(received_on: date) -> datetime:
    """Now for what came today; the middle of the day for what came before."""
    if received_on == clock.today():
        return clock.now()
    return clock.noon(received_on)
