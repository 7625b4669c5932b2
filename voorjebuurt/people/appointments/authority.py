"""Who decides about somebody's role: of officers their own municipality, of others staff."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.people.appointments.remits import ENOUGH_APPOINTERS, Remit
from voorjebuurt.people.models import Person, RoleGrant, RoleProposal
from voorjebuurt.people.queries import roles_of
from voorjebuurt.people.rules import Role
from voorjebuurt.people.service import may_manage


class Authority(NamedTuple):
    """Who decides, and as what: an officer of the municipality, or staff."""

    person_id: UUID
    capacity: Role


def appointers(session: Session, municipality_id: UUID | None) -> frozenset[UUID]:
    """The officers of a municipality who may appoint others and are not blocked."""
    statement = (
        select(RoleGrant.person_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.municipality_id == municipality_id,
            RoleGrant.may_appoint,
            RoleGrant.revoked_at.is_(None),
            Person.blocked_at.is_(None),
        )
    )
    return frozenset(session.scalars(statement))


def appoints_itself(session: Session, municipality_id: UUID | None) -> bool:
    """Whether enough officers of a municipality have the right to appoint: then nobody else does.

    Also who is blocked counts. A block is put on by one member of staff, who would open the way
    for staff with it.
    """
    statement = select(func.count()).where(
        RoleGrant.municipality_id == municipality_id,
        RoleGrant.may_appoint,
        RoleGrant.revoked_at.is_(None),
    )
    return (session.scalar(statement) or 0) >= ENOUGH_APPOINTERS


def self_appointing(session: Session) -> frozenset[UUID]:
    """The municipalities of which that is so."""
    statement = (
        select(RoleGrant.municipality_id)
        .where(RoleGrant.may_appoint, RoleGrant.revoked_at.is_(None))
        .group_by(RoleGrant.municipality_id)
        .having(func.count() >= ENOUGH_APPOINTERS)
    )
    return frozenset(place for place in session.scalars(statement) if place is not None)


def authority_over(
    session: Session,
    *,
    person_id: UUID,
    role: Role,
    municipality_id: UUID | None = None,
    actor: Actor,
) -> Authority:
    """Who decides about this role of a person, if this actor may. Nobody does about their own.

    Raises ``ForbiddenError`` (``only_staff``, ``only_appointers``, ``municipality_appoints``) or
    ``DomainError`` (``not_on_yourself``).
    """
    if role is not Role.OFFICER:
        may_manage(person_id, actor)
    if actor.person_id is None:
        raise ForbiddenError("only_staff" if role is not Role.OFFICER else "only_appointers")
    if role is not Role.OFFICER:
        return Authority(actor.person_id, Role.STAFF)
    if actor.person_id == person_id and {Role.STAFF, Role.OFFICER} & actor.roles:
        raise DomainError("not_on_yourself")
    is_officer = Role.OFFICER in actor.roles
    if is_officer and actor.person_id in appointers(session, municipality_id):
        return Authority(actor.person_id, Role.OFFICER)
    if Role.STAFF not in actor.roles:
        raise ForbiddenError("only_appointers")
    if appoints_itself(session, municipality_id):
        raise ForbiddenError("municipality_appoints")
    return Authority(actor.person_id, Role.STAFF)


def refuse_more_than_staff_give(remit: Remit, current: RoleGrant | None) -> None:
    """Staff give an officer the right to appoint and nothing else: no mandate, no other officer.

    Raises ``DomainError`` (``staff_give_right_only``).
    """
    own = current.mandate_limit_cents if current is not None else None
    is_same = (remit.mandate_limit_cents or 0) == (own or 0)
    if current is not None:
        kinds, until = current.mandate_kinds, current.mandate_until
        is_same = is_same and remit.until == until and remit.kinds == (kinds and frozenset(kinds))
    if not remit.may_appoint or not is_same:
        raise DomainError("staff_give_right_only", field="mandate_limit_cents")


def refuse_former_proposer(session: Session, proposal: RoleProposal) -> None:
    """Raise ``DomainError`` (``proposer_left``) where the proposer could not propose it now."""
    if proposal.proposed_as == Role.OFFICER:
        is_there = proposal.proposed_by in appointers(session, proposal.municipality_id)
    else:
        proposer = session.get_one(Person, proposal.proposed_by)
        is_there = proposer.blocked_at is None and Role.STAFF in roles_of(session, proposer.id)
    if not is_there:
        raise DomainError("proposer_left")


def keep_enough_appointers(session: Session, grant: RoleGrant) -> None:
    """Refuse to take the right to appoint from the last two; others wait for the commit.

    Not from who is blocked: they appoint nobody, and a municipality is not to wait for who blocked
    them. Call it before the grant itself is locked. Raises ``DomainError`` (``last_appointers``).
    """
    if not grant.may_appoint or _is_blocked(session, grant.person_id):
        return
    is_blocked = exists().where(Person.id == RoleGrant.person_id, Person.blocked_at.is_not(None))
    others = session.scalars(
        select(RoleGrant.person_id)
        .where(
            RoleGrant.municipality_id == grant.municipality_id,
            RoleGrant.may_appoint,
            RoleGrant.revoked_at.is_(None),
            ~is_blocked,
        )
        .order_by(RoleGrant.id)
        .with_for_update()
    ).all()
    if len(set(others) - {grant.person_id}) < ENOUGH_APPOINTERS:
        raise DomainError("last_appointers", minimum=ENOUGH_APPOINTERS)


def _is_blocked(session: Session, person_id: UUID) -> bool:
    return session.get_one(Person, person_id).blocked_at is not None
