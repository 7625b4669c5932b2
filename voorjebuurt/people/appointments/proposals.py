"""The rows of proposals: made, found and held here and nowhere else."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.people import role_mails
from voorjebuurt.people.appointments.authority import Authority, refuse_more_than_staff_give
from voorjebuurt.people.appointments.grants import kind_codes, remit_detail, remit_of
from voorjebuurt.people.appointments.remits import Remit
from voorjebuurt.people.models import Person, RoleGrant, RoleProposal
from voorjebuurt.people.rules import ROLE_PROPOSAL_DAYS, Role
from voorjebuurt.people.service import locked_person, person_subject


def propose(
    session: Session,
    *,
    person: Person,
    remit: Remit,
    current: RoleGrant | None,
    authority: Authority,
    wait: timedelta,
    actor: Actor,
) -> UUID:
    """Propose a role, or another mandate in the one somebody has; returns the proposal's id.

    Who holds the role is mailed, and who is to be an officer. Raises ``DomainError``.
    """
    if remit.role is Role.OFFICER and authority.capacity is Role.STAFF:
        refuse_more_than_staff_give(remit, current)
    _refuse_second(session, person.id, remit)
    moment = clock.now()
    proposal = RoleProposal(
        id=new_id(),
        person_id=person.id,
        role=remit.role.value,
        municipality_id=remit.municipality_id,
        mandate_limit_cents=remit.mandate_limit_cents,
        mandate_kinds=kind_codes(remit),
        mandate_until=remit.until,
        may_appoint=remit.may_appoint,
        replaces_id=current.id if current is not None else None,
        email=person.email,
        proposed_at=moment,
        proposed_by=authority.person_id,
        proposed_as=authority.capacity.value,
        confirmable_from=moment + wait,
        lapses_at=moment + timedelta(days=ROLE_PROPOSAL_DAYS),
    )
    session.add(proposal)
    session.flush()
    note(session, proposal, Action.ROLE_PROPOSED, actor)
    role_mails.role_proposed(session, proposal, person, before=current)
    return proposal.id


def locked_proposal(session: Session, proposal_id: UUID) -> tuple[Person, RoleProposal]:
    """The proposal and the person it is about, held until the commit, the person first."""
    by_id = select(RoleProposal.person_id).where(RoleProposal.id == proposal_id)
    person_id = session.scalar(by_id)
    if person_id is None:
        raise NotFoundError("role_proposal_not_found")
    person = locked_person(session, person_id)
    proposal = session.get_one(
        RoleProposal, proposal_id, with_for_update=True, populate_existing=True
    )
    return person, proposal


def note(session: Session, proposal: RoleProposal, action: Action, actor: Actor) -> None:
    """Write down what happened to a proposal."""
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=person_subject(proposal.person_id, proposal.municipality_id),
        detail=remit_detail(remit_of(proposal)),
    )


def _refuse_second(session: Session, person_id: UUID, remit: Remit) -> None:
    """Somebody who may get the role already. Ends a proposal that lapsed."""
    waiting = session.scalar(
        select(RoleProposal).where(
            RoleProposal.person_id == person_id,
            RoleProposal.role == remit.role.value,
            RoleProposal.municipality_id.is_not_distinct_from(remit.municipality_id),
            RoleProposal.confirmed_at.is_(None),
            RoleProposal.dismissed_at.is_(None),
        )
    )
    if waiting is None:
        return
    if waiting.is_open(clock.now()):
        raise DomainError("role_proposed_already", field="role")
    waiting.dismissed_at = clock.now()
    session.flush()
