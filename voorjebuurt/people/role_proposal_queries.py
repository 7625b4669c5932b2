"""Proposals to give a role: what waits, who may dismiss it, and who gave whom a role lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.people.models import Person, RoleGrant, RoleProposal
from voorjebuurt.people.queries import mandate_limit, names_of
from voorjebuurt.people.rules import ROLE_GIVER_DAYS, Role


@dataclass(frozen=True)
class WaitingRole:
    """A role that was proposed and may still be confirmed (eurocents)."""

    id: UUID
    person_id: UUID
    person: str
    role: str
    municipality_id: UUID | None
    mandate_limit_cents: int | None
    kinds: Sequence[str] | None
    until: date | None
    may_appoint: bool
    before: RoleGrant | None
    """The role as it is now, of a proposal to change it."""
    email: str
    has_other_address: bool
    """Whether the person's address is another one than was proposed: then nobody can confirm."""
    proposer_id: UUID
    proposer: str
    proposed_at: datetime
    confirmable_from: datetime
    lapses_at: datetime

    def may_be_confirmed_by(self, reader_id: UUID | None) -> bool:
        """Whether this reader, of those who may confirm such proposals, can do so now."""
        return (
            reader_id not in (None, self.person_id, self.proposer_id)
            and self.confirmable_from <= clock.now()
            and not self.has_other_address
        )


def waiting_roles(
    session: Session, *, person_id: UUID | None = None, municipality_id: UUID | None = None
) -> Sequence[WaitingRole]:
    """What waits to be confirmed, about one person or place or about all, the oldest first."""
    statement = _waiting()
    if person_id is not None:
        statement = statement.where(RoleProposal.person_id == person_id)
    if municipality_id is not None:
        statement = statement.where(RoleProposal.municipality_id == municipality_id)
    return _rows(session, session.scalars(statement).all())


def waiting_role_for(session: Session, proposal_id: UUID, actor: Actor) -> WaitingRole | None:
    """A proposal that waits, for who may dismiss it; None for others and when it is over."""
    proposal = session.scalar(_waiting().where(RoleProposal.id == proposal_id))
    if proposal is None or not may_dismiss(session, proposal, actor):
        return None
    return _rows(session, [proposal])[0]


def may_dismiss(session: Session, proposal: RoleProposal, actor: Actor) -> bool:
    """Whether somebody is of staff, or holds the role (of officers: in that municipality)."""
    if Role.STAFF in actor.roles:
        return True
    if actor.person_id is None or proposal.role not in actor.roles:
        return False
    place = proposal.municipality_id
    return place is None or mandate_limit(session, actor.person_id, place) is not None


def gave_role_lately(
    session: Session,
    *,
    giver_id: UUID,
    holder_id: UUID,
    role: Role,
    municipality_id: UUID | None = None,
) -> bool:
    """Whether ``giver_id`` proposed or confirmed this role of ``holder_id`` within a month.

    Who works in a role by somebody's grace is no second pair of eyes on what they propose. A
    change of mandate is given as well; lowering one is not.
    """
    gave = or_(
        RoleProposal.proposed_by == giver_id,
        and_(
            RoleGrant.granted_by == giver_id,
            or_(RoleProposal.id.is_not(None), RoleGrant.replaces_id.is_(None)),
        ),
    )
    statement = (
        select(RoleGrant.id)
        .outerjoin(RoleProposal, RoleProposal.grant_id == RoleGrant.id)
        .where(
            RoleGrant.person_id == holder_id,
            RoleGrant.role == role,
            RoleGrant.municipality_id.is_not_distinct_from(municipality_id),
            RoleGrant.granted_at > clock.now() - timedelta(days=ROLE_GIVER_DAYS),
            gave,
        )
        .limit(1)
    )
    return session.scalar(statement) is not None


def _waiting() -> Select[RoleProposal]:
    return (
        select(RoleProposal)
        .where(
            RoleProposal.confirmed_at.is_(None),
            RoleProposal.dismissed_at.is_(None),
            RoleProposal.lapses_at > clock.now(),
        )
        .order_by(RoleProposal.proposed_at, RoleProposal.id)
    )


def _rows(session: Session, proposals: Sequence[RoleProposal]) -> list[WaitingRole]:
    ids = [person_id for each in proposals for person_id in (each.person_id, each.proposed_by)]
    names = names_of(session, ids)
    by_ids = select(Person.id, Person.email).where(Person.id.in_(ids))
    emails = {row.id: row.email for row in session.execute(by_ids)}
    return [
        WaitingRole(
            id=each.id,
            person_id=each.person_id,
            person=names[each.person_id],
            role=each.role,
            municipality_id=each.municipality_id,
            mandate_limit_cents=each.mandate_limit_cents,
            kinds=each.mandate_kinds,
            until=each.mandate_until,
            may_appoint=each.may_appoint,
            before=session.get(RoleGrant, each.replaces_id) if each.replaces_id else None,
            email=each.email or emails[each.person_id],
            has_other_address=each.email not in (None, emails[each.person_id]),
            proposer_id=each.proposed_by,
            proposer=names[each.proposed_by],
            proposed_at=each.proposed_at,
            confirmable_from=each.confirmable_from,
            lapses_at=each.lapses_at,
        )
        for each in proposals
    ]
