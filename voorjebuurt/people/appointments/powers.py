"""For which decisions an officer's mandate is, and which colleagues have one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.kernel.errors import ForbiddenError
from voorjebuurt.people.models import Person, RoleGrant
from voorjebuurt.people.queries import cents_of, officer_grant
from voorjebuurt.people.rules import MandateKind, Role


def covers(grant: RoleGrant, kind: MandateKind) -> bool:
    """Whether a mandate is for decisions of this kind (Awb 10:3, 10:5). A general one is.

    One of which the last day is over is for none.
    """
    kinds = grant.mandate_kinds
    return (kinds is None or kind.value in kinds) and not _is_over(grant)


def mandate_kinds(
    session: Session, person_id: UUID, municipality_id: UUID
) -> frozenset[MandateKind]:
    """The kinds of decision that an officer may propose and, up to their limit, approve."""
    grant = officer_grant(session, person_id, municipality_id)
    if grant is None:
        return frozenset()
    return frozenset(kind for kind in MandateKind if covers(grant, kind))


def require_kind(
    session: Session, *, municipality_id: UUID, kind: MandateKind, actor: Actor
) -> None:
    """Raise ``ForbiddenError`` ``mandate_not_for_kind`` for who has no mandate for such decisions.

    The system itself needs none.
    """
    if actor == SYSTEM:
        return
    person_id = actor.person_id
    if person_id is None or kind not in mandate_kinds(session, person_id, municipality_id):
        raise ForbiddenError("mandate_not_for_kind", mandate_kind=kind.value)


def officers_for(
    session: Session, *, municipality_id: UUID, kind: MandateKind, cents: int = 0
) -> dict[UUID, str]:
    """The officers with a mandate for such decisions up to this amount (eurocents), by name."""
    statement = (
        select(RoleGrant, Person)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.role == Role.OFFICER,
            RoleGrant.municipality_id == municipality_id,
            RoleGrant.revoked_at.is_(None),
            Person.blocked_at.is_(None),
        )
        .order_by(Person.name, Person.email)
    )
    return {
        person.id: person.name or person.email
        for grant, person in session.execute(statement)
        if covers(grant, kind) and cents_of(grant) >= cents
    }


def role_ended_since(
    session: Session, *, person_id: UUID, municipality_id: UUID, moment: datetime
) -> bool:
    """Whether somebody was no officer there for a while after a moment.

    Another mandate in the place of one is no end.
    """
    followers = select(RoleGrant.replaces_id).where(RoleGrant.replaces_id.is_not(None))
    statement = (
        select(RoleGrant.id)
        .where(
            RoleGrant.person_id == person_id,
            RoleGrant.municipality_id == municipality_id,
            RoleGrant.role == Role.OFFICER,
            RoleGrant.revoked_at >= moment,
            RoleGrant.id.not_in(followers),
        )
        .limit(1)
    )
    return session.scalar(statement) is not None


def _is_over(grant: RoleGrant) -> bool:
    day = grant.mandate_until
    return day is not None and day < clock.today()
