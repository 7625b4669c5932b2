"""Whom a member of staff sees the site as."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Passkey, Person, RoleGrant, TotpFactor
from voorjebuurt.people.queries import SignedIn
from voorjebuurt.people.rules import Role
from voorjebuurt.people.viewings.models import Viewing
from voorjebuurt.people.viewings.rules import VIEWINGS_A_DAY, VIEWINGS_DAY

_holds_role = exists().where(RoleGrant.person_id == Person.id, RoleGrant.revoked_at.is_(None))
_is_resident = (Person.blocked_at.is_(None), Person.erased_at.is_(None), ~_holds_role)


def seen_as(session: Session, person: SignedIn) -> SignedIn:
    """Who this request sees the site as: the resident whom a member of staff looks along with.

    Everybody else, and who looks no longer, sees it as themselves. The resident brings no role,
    and ``viewed_until`` says that nothing may be changed. What ended the right to look ends the
    looking: a role that either got or lost, a block, an erasure.
    """
    if Role.STAFF not in person.roles:
        return person
    statement = (
        select(
            Person.id,
            Person.email,
            Person.name,
            Person.locale,
            Person.password_hash.is_not(None).label("has_password"),
            or_(
                exists().where(TotpFactor.person_id == Person.id),
                exists().where(Passkey.person_id == Person.id),
            ).label("has_factor"),
            Viewing.until_at,
        )
        .join(Viewing, Viewing.person_id == Person.id)
        .where(
            Viewing.sign_in_id == person.sign_in_id,
            Viewing.ended_at.is_(None),
            Viewing.until_at > clock.now(),
            *_is_resident,
        )
    )
    row = session.execute(statement).one_or_none()
    if row is None:
        return person
    return replace(
        person,
        id=row.id,
        email=row.email,
        name=row.name,
        locale=row.locale,
        has_password=row.has_password,
        has_factor=row.has_factor,
        held_roles=frozenset(),
        roles=frozenset(),
        municipalities=frozenset(),
        inspects=frozenset(),
        viewed_until=row.until_at,
    )


def is_viewable(session: Session, person_id: UUID) -> bool:
    """Whether this is a resident and nothing more, who can sign in."""
    return bool(session.scalar(select(exists().where(Person.id == person_id, *_is_resident))))


def is_viewed_often(session: Session, person_id: UUID) -> bool:
    """Whether staff looked along with this person as often lately as they may."""
    number = session.scalar(
        select(func.count())
        .select_from(Viewing)
        .where(
            Viewing.person_id == person_id,
            Viewing.started_at > clock.now() - VIEWINGS_DAY,
        )
    )
    return (number or 0) >= VIEWINGS_A_DAY
