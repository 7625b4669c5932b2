"""Roles: proposed by one and confirmed by another, given, dismissed and taken away.

What touches money or decisions is only given by ``confirm_role``, but for what the system begins
with (``house/test_two_for_a_role.py``). Who may do so stands in ``appointments.authority``.
"""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.people import role_mails
from voorjebuurt.people.appointments.authority import (
    Authority,
    appoints_itself,
    authority_over,
    keep_enough_appointers,
    refuse_former_proposer,
    refuse_more_than_staff_give,
)
from voorjebuurt.people.appointments.grants import (
    active_grant,
    add_grant,
    end_grant,
    person_of_grant,
    remit_of,
    replace_grant,
)
from voorjebuurt.people.appointments.proposals import locked_proposal, note, propose
from voorjebuurt.people.appointments.remits import Remit
from voorjebuurt.people.models import Person, RoleGrant, RoleProposal
from voorjebuurt.people.role_proposal_queries import gave_role_lately, may_dismiss
from voorjebuurt.people.rules import ROLE_GIVER_DAYS, TWO_PEOPLE, Role
from voorjebuurt.people.service import locked_person, refuse_erased


def give_role(
    session: Session,
    *,
    person_id: UUID,
    role: Role,
    municipality_id: UUID | None = None,
    mandate_limit_cents: int | None = None,
    may_appoint: bool = False,
    wait: timedelta,
    actor: Actor,
) -> None:
    """Make somebody a coach at once; propose any other role (``mandate_limit_cents``: eurocents).

    Nothing of a proposal counts before another confirms it, ``wait`` from now or later. Staff give
    an officer only the right to appoint, and who is an officer there already gets it beside their
    mandate. Raises ``ForbiddenError``, ``NotFoundError`` or ``DomainError``.
    """
    authority = authority_over(
        session, person_id=person_id, role=role, municipality_id=municipality_id, actor=actor
    )
    remit = Remit(role, municipality_id, mandate_limit_cents, may_appoint)
    remit.refuse_misfit()
    person = locked_person(session, person_id)
    refuse_erased(person)
    if role not in TWO_PEOPLE:
        add_grant(session, person, remit, actor)
        return
    current = active_grant(session, person.id, remit)
    if current is not None:
        remit = _with_right(remit, current, authority)
    propose(
        session,
        person=person,
        remit=remit,
        current=current,
        authority=authority,
        wait=wait,
        actor=actor,
    )


def _with_right(remit: Remit, current: RoleGrant, authority: Authority) -> Remit:
    """The right to appoint beside the mandate that an officer has; nothing else is given twice."""
    by_staff = remit.role is Role.OFFICER and authority.capacity is Role.STAFF
    if not by_staff or current.may_appoint or not remit.may_appoint:
        raise DomainError("role_already_granted", field="role")
    if remit.mandate_limit_cents is not None:
        raise DomainError("staff_give_right_only", field="mandate_limit_cents")
    own = remit_of(current)
    return replace(own, may_appoint=True)


def confirm_role(session: Session, *, proposal_id: UUID, actor: Actor) -> None:
    """Give the role that a colleague proposed; the person and who holds the role are mailed.

    Raises ``ForbiddenError`` for the proposer, who got their own role lately from the proposer, and
    who has no say; ``DomainError`` for the person concerned, before its time and after it, when the
    person's address is another one than was proposed, and when the proposer could not propose it
    any more.
    """
    person, proposal = locked_proposal(session, proposal_id)
    authority = authority_over(
        session,
        person_id=person.id,
        role=Role(proposal.role),
        municipality_id=proposal.municipality_id,
        actor=actor,
    )
    if authority.person_id == proposal.proposed_by:
        raise ForbiddenError("own_role_proposal")
    moment = clock.now()
    if not proposal.is_open(moment):
        raise DomainError("role_proposal_over")
    if moment < proposal.confirmable_from:
        raise DomainError("role_proposal_too_early", until=proposal.confirmable_from)
    if person.blocked_at is not None:
        raise DomainError("person_kept_out")
    if proposal.email not in (None, person.email):
        raise DomainError("person_changed", proposed=proposal.email, now=person.email)
    refuse_former_proposer(session, proposal)
    _refuse_dependent(session, proposal, authority)
    grant = _given(session, person, proposal, authority, actor)
    proposal.confirmed_at, proposal.confirmed_by = moment, authority.person_id
    proposal.confirmed_as, proposal.grant_id = authority.capacity.value, grant.id
    role_mails.role_confirmed(session, proposal, person)


def _refuse_dependent(session: Session, proposal: RoleProposal, authority: Authority) -> None:
    """Who has a say by the proposer's grace is no second person."""
    is_dependent = gave_role_lately(
        session,
        giver_id=proposal.proposed_by,
        holder_id=authority.person_id,
        role=authority.capacity,
        municipality_id=(proposal.municipality_id if authority.capacity is Role.OFFICER else None),
    )
    if is_dependent:
        raise ForbiddenError("role_from_role_proposer", days=ROLE_GIVER_DAYS)


def _given(
    session: Session, person: Person, proposal: RoleProposal, authority: Authority, actor: Actor
) -> RoleGrant:
    remit, current = remit_of(proposal), None
    if proposal.replaces_id is not None:
        current = session.get_one(RoleGrant, proposal.replaces_id, populate_existing=True)
        if current.revoked_at is not None:
            raise DomainError("role_proposal_over")
    if remit.role is Role.OFFICER:
        _refuse_by_staff(session, remit, current, (proposal.proposed_as, authority.capacity))
    if current is None:
        return add_grant(session, person, remit, actor)
    if not remit.may_appoint:
        keep_enough_appointers(session, current)
    return replace_grant(session, person, current, remit, actor)


def _refuse_by_staff(
    session: Session, remit: Remit, current: RoleGrant | None, capacities: tuple[str | None, Role]
) -> None:
    """What staff had a hand in is the right only, and only while the municipality has too few."""
    if all(capacity == Role.OFFICER for capacity in capacities):
        return
    refuse_more_than_staff_give(remit, current)
    if appoints_itself(session, remit.municipality_id):
        raise DomainError("municipality_appoints")


def dismiss_role(session: Session, *, proposal_id: UUID, actor: Actor) -> None:
    """Let nothing come of a proposal; dismissing it twice changes nothing.

    Staff may, and everybody who holds the role (of officers: in that municipality). Raises
    ``ForbiddenError`` for others, ``DomainError`` when it was confirmed.
    """
    _, proposal = locked_proposal(session, proposal_id)
    if not may_dismiss(session, proposal, actor):
        raise ForbiddenError("not_your_role_proposal")
    if proposal.confirmed_at is not None:
        raise DomainError("role_proposal_over")
    if proposal.dismissed_at is not None:
        return
    proposal.dismissed_at, proposal.dismissed_by = clock.now(), actor.person_id
    note(session, proposal, Action.ROLE_PROPOSAL_DISMISSED, actor)


def grant_role(
    session: Session,
    *,
    person_id: UUID,
    role: Role,
    municipality_id: UUID | None = None,
    mandate_limit_cents: int | None = None,
    may_appoint: bool = False,
    actor: Actor,
) -> RoleGrant:
    """Give a role without a second person: only the system does, for what a site begins with.

    Raises ``ForbiddenError`` for every person, ``NotFoundError`` or ``DomainError``.
    """
    if actor.kind != "system":
        raise ForbiddenError("role_needs_two")
    remit = Remit(role, municipality_id, mandate_limit_cents, may_appoint)
    remit.refuse_misfit()
    return add_grant(session, locked_person(session, person_id), remit, actor)


def revoke_role(session: Session, *, grant_id: UUID, reason: str = "", actor: Actor) -> None:
    """Take a role away, at once and by one: what a person may do is looked up at every request.

    Of an officer by one of the municipality with the right to appoint, who gives a ``reason``; by
    staff where fewer than two have it. Never from the last two who have it. Raises
    ``ForbiddenError``, ``DomainError``, or ``NotFoundError`` when it was taken away already.
    """
    person, grant = person_of_grant(session, grant_id)
    reason = reason.strip()
    if actor.kind != "system":
        authority = authority_over(
            session,
            person_id=person.id,
            role=Role(grant.role),
            municipality_id=grant.municipality_id,
            actor=actor,
        )
        if authority.capacity is Role.OFFICER and not reason:
            raise DomainError("reason_needed", field="reason")
        keep_enough_appointers(session, grant)
    grant = session.get_one(RoleGrant, grant.id, with_for_update=True, populate_existing=True)
    end_grant(session, person, grant, reason, actor)
    role_mails.role_ended(session, grant, person, reason=reason)
