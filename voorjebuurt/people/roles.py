"""Roles: proposed by one and confirmed by another, given, dismissed and taken away.

``RoleGrant`` rows are made here and nowhere else (``house/test_two_for_a_role.py``): what touches
money or decisions only by ``confirm_role``, but for what the system begins with.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.people import role_mails, security_mails
from voorjebuurt.people.models import Person, RoleGrant, RoleProposal, SignIn, SignInLink
from voorjebuurt.people.queries import roles_of
from voorjebuurt.people.role_proposal_queries import may_dismiss
from voorjebuurt.people.rules import (
    DESK_IDLE,
    DESK_LONGEST,
    ROLE_PROPOSAL_DAYS,
    TWO_PEOPLE,
    Role,
)
from voorjebuurt.people.service import locked_person, may_manage, person_subject


def give_role(
    session: Session,
    *,
    person_id: UUID,
    role: Role,
    municipality_id: UUID | None = None,
    mandate_limit_cents: int | None = None,
    wait: timedelta,
    actor: Actor,
) -> None:
    """Make somebody a coach at once; propose any other role (``mandate_limit_cents``: eurocents).

    Nothing of a proposal counts before another member of staff confirms it, ``wait`` from now or
    later. Raises ``ForbiddenError``, ``NotFoundError`` or ``DomainError``.
    """
    staff_id = _staff_member(person_id, actor)
    _refuse_misfit(role, municipality_id, mandate_limit_cents)
    person = locked_person(session, person_id)
    if role in TWO_PEOPLE:
        moment = clock.now()
        proposal = RoleProposal(
            id=new_id(),
            person_id=person_id,
            role=role.value,
            municipality_id=municipality_id,
            mandate_limit_cents=mandate_limit_cents,
            proposed_at=moment,
            proposed_by=staff_id,
            confirmable_from=moment + wait,
            lapses_at=moment + timedelta(days=ROLE_PROPOSAL_DAYS),
        )
        _propose(session, proposal, person, actor)
    else:
        _add_grant(session, person, role, None, None, actor)


def _propose(session: Session, proposal: RoleProposal, person: Person, actor: Actor) -> None:
    """Who holds the role is mailed."""
    _refuse_second(session, person.id, Role(proposal.role), proposal.municipality_id)
    session.add(proposal)
    session.flush()
    _record(session, proposal, Action.ROLE_PROPOSED, actor)
    role_mails.role_proposed(session, proposal, person)


def confirm_role(session: Session, *, proposal_id: UUID, actor: Actor) -> None:
    """Give the role that a colleague proposed; the person and who holds the role are mailed.

    Raises ``ForbiddenError`` for the proposer and ``DomainError`` for the person concerned, before
    its time and after it, and when the proposer is not of staff any more.
    """
    person, proposal = _locked_proposal(session, proposal_id)
    confirmer_id = _staff_member(person.id, actor)
    if confirmer_id == proposal.proposed_by:
        raise ForbiddenError("own_role_proposal")
    moment = clock.now()
    if not proposal.is_open(moment):
        raise DomainError("role_proposal_over")
    if moment < proposal.confirmable_from:
        raise DomainError("role_proposal_too_early", until=proposal.confirmable_from)
    _refuse_former_proposer(session, proposal.proposed_by)
    grant = _add_grant(
        session,
        person,
        Role(proposal.role),
        proposal.municipality_id,
        proposal.mandate_limit_cents,
        actor,
    )
    proposal.confirmed_at, proposal.confirmed_by = moment, confirmer_id
    proposal.grant_id = grant.id
    role_mails.role_confirmed(session, proposal, person)


def dismiss_role(session: Session, *, proposal_id: UUID, actor: Actor) -> None:
    """Let nothing come of a proposal; dismissing it twice changes nothing.

    Staff may, and everybody who holds the role (of officers: in that municipality). Raises
    ``ForbiddenError`` for others, ``DomainError`` when it was confirmed.
    """
    _, proposal = _locked_proposal(session, proposal_id)
    if not may_dismiss(session, proposal, actor):
        raise ForbiddenError("not_your_role_proposal")
    if proposal.confirmed_at is not None:
        raise DomainError("role_proposal_over")
    if proposal.dismissed_at is not None:
        return
    proposal.dismissed_at, proposal.dismissed_by = clock.now(), actor.person_id
    _record(session, proposal, Action.ROLE_PROPOSAL_DISMISSED, actor)


def grant_role(
    session: Session,
    *,
    person_id: UUID,
    role: Role,
    municipality_id: UUID | None = None,
    mandate_limit_cents: int | None = None,
    actor: Actor,
) -> RoleGrant:
    """Give a role without a second person: only the system does, for what a site begins with.

    Raises ``ForbiddenError`` for every person, ``NotFoundError`` or ``DomainError``.
    """
    if actor.kind != "system":
        raise ForbiddenError("role_needs_two")
    _refuse_misfit(role, municipality_id, mandate_limit_cents)
    person = locked_person(session, person_id)
    return _add_grant(session, person, role, municipality_id, mandate_limit_cents, actor)


def revoke_role(session: Session, *, grant_id: UUID, actor: Actor) -> None:
    """Take a role away, at once and by one: what a person may do is looked up at every request.

    Raises ``ForbiddenError``, or ``NotFoundError`` when it was taken away already.
    """
    grant = session.get(RoleGrant, grant_id, with_for_update=True, populate_existing=True)
    if grant is None or grant.revoked_at is not None:
        raise NotFoundError("role_not_granted")
    may_manage(grant.person_id, actor)
    grant.revoked_at, grant.revoked_by = clock.now(), actor.person_id
    audit.record(
        session,
        actor=actor,
        action=Action.ROLE_REVOKED,
        subject=person_subject(grant.person_id, grant.municipality_id),
        detail={"role": grant.role},
    )
    person = session.get_one(Person, grant.person_id)
    _end_idle_sign_ins(session, person.id)
    security_mails.role_revoked(session, person, grant)


def _end_idle_sign_ins(session: Session, person_id: UUID) -> None:
    """What was over because a role was held stays over when it is not."""
    now = clock.now()
    is_over = (SignIn.last_used_at < now - DESK_IDLE) | (SignIn.opened_at < now - DESK_LONGEST)
    session.execute(
        update(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None), is_over)
        .values(ended_at=now)
    )


def _add_grant(
    session: Session,
    person: Person,
    role: Role,
    municipality_id: UUID | None,
    mandate_limit_cents: int | None,
    actor: Actor,
) -> RoleGrant:
    if _active_grant(session, person.id, role, municipality_id) is not None:
        raise DomainError("role_already_granted", field="role")
    grant = RoleGrant(
        id=new_id(),
        person_id=person.id,
        role=role.value,
        municipality_id=municipality_id,
        mandate_limit_cents=mandate_limit_cents,
        granted_at=clock.now(),
        granted_by=actor.person_id,
    )
    session.add(grant)
    session.flush()
    # A link that was mailed to a resident works for days: too long for who works here.
    session.execute(delete(SignInLink).where(SignInLink.email == person.email))
    audit.record(
        session,
        actor=actor,
        action=Action.ROLE_GRANTED,
        subject=person_subject(person.id, municipality_id),
        detail={"role": role.value, "mandate_limit_cents": mandate_limit_cents},
    )
    security_mails.role_granted(session, person, grant)
    return grant


def _locked_proposal(session: Session, proposal_id: UUID) -> tuple[Person, RoleProposal]:
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


def _staff_member(person_id: UUID, actor: Actor) -> UUID:
    """Who of staff decides about this person; the system is no second pair of eyes."""
    may_manage(person_id, actor)
    if actor.person_id is None:
        raise ForbiddenError("only_staff")
    return actor.person_id


def _refuse_misfit(role: Role, municipality_id: UUID | None, mandate: int | None) -> None:
    if role is Role.OFFICER and municipality_id is None:
        raise DomainError("municipality_missing", field="municipality_id")
    if role is not Role.OFFICER and municipality_id is not None:
        raise DomainError("municipality_not_for_role", field="municipality_id")
    if role is not Role.OFFICER and mandate is not None:
        raise DomainError("mandate_only_for_officer", field="mandate_limit_cents")


def _refuse_second(
    session: Session, person_id: UUID, role: Role, municipality_id: UUID | None
) -> None:
    """Somebody who has the role, or may get it already. Ends a proposal that lapsed."""
    if _active_grant(session, person_id, role, municipality_id) is not None:
        raise DomainError("role_already_granted", field="role")
    waiting = session.scalar(
        select(RoleProposal).where(
            RoleProposal.person_id == person_id,
            RoleProposal.role == role.value,
            RoleProposal.municipality_id.is_not_distinct_from(municipality_id),
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


def _refuse_former_proposer(session: Session, proposer_id: UUID) -> None:
    proposer = session.get_one(Person, proposer_id)
    if proposer.blocked_at is not None or Role.STAFF not in roles_of(session, proposer_id):
        raise DomainError("proposer_left")


def _active_grant(
    session: Session, person_id: UUID, role: Role, municipality_id: UUID | None
) -> RoleGrant | None:
    return session.scalar(
        select(RoleGrant).where(
            RoleGrant.person_id == person_id,
            RoleGrant.role == role.value,
            RoleGrant.municipality_id.is_not_distinct_from(municipality_id),
            RoleGrant.revoked_at.is_(None),
        )
    )


def _record(session: Session, proposal: RoleProposal, action: Action, actor: Actor) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=person_subject(proposal.person_id, proposal.municipality_id),
        detail={"role": proposal.role, "mandate_limit_cents": proposal.mandate_limit_cents},
    )
