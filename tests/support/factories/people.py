"""Persons and their roles."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import factory
from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from tests.support.certain import certain
from tests.support.factories.base import Factory
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.people import sign_ins
from voorjebuurt.people.models import Person, RoleGrant

LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


class PersonFactory(Factory[Person]):
    """Somebody with an address of their own."""

    class Meta:
        model = Person

    email = factory.Sequence(lambda number: f"bewoner{number}@voorbeeld.example")
    name = factory.Sequence(lambda number: f"Bewoner {number}")
    locale = "nl"
    created_at = LONG_AGO
    verified_at = LONG_AGO

    @classmethod
    def _create(cls, model_class: type[Person], *positional: Any, **fields: Any) -> Person:
        """Who signed in once is known to read their mail."""
        person: Person = super()._create(  # type: ignore[no-untyped-call]
            model_class, *positional, **fields
        )
        if person.verified_at is not None:
            session = certain(object_session(person))
            confirm_address(session, email=person.email, means=Means.SIGN_IN)
        return person


class RoleGrantFactory(Factory[RoleGrant]):
    """A role somebody has now."""

    class Meta:
        model = RoleGrant

    person_id = factory.LazyFunction(lambda: PersonFactory().id)
    role = "coach"
    granted_at = LONG_AGO


def actor_of(person: Person, *roles: str) -> Actor:
    """A person as the one who does something."""
    return Actor("person", person.id, frozenset(roles))


def appointer(
    session: Session, municipality_id: UUID, person: Person | None = None, *, mandate: int = 0
) -> Actor:
    """An officer with the right to appoint: somebody new, or one who is an officer there."""
    person = person or PersonFactory()
    current = session.scalar(
        select(RoleGrant).where(
            RoleGrant.person_id == person.id,
            RoleGrant.municipality_id == municipality_id,
            RoleGrant.revoked_at.is_(None),
        )
    )
    if current is not None:
        current.revoked_at = clock.now()
        session.flush()
    RoleGrantFactory(
        person_id=person.id,
        role="officer",
        municipality_id=municipality_id,
        mandate_limit_cents=(current.mandate_limit_cents if current else None) or mandate,
        may_appoint=True,
        replaces_id=current.id if current is not None else None,
    )
    session.flush()
    return actor_of(person, "officer")


def with_last_day(session: Session, person_id: UUID, last_day: date) -> None:
    """The same mandate of an officer of one municipality in the place of theirs, until a day."""
    current = session.scalars(
        select(RoleGrant).where(
            RoleGrant.person_id == person_id,
            RoleGrant.role == "officer",
            RoleGrant.revoked_at.is_(None),
        )
    ).one()
    current.revoked_at = clock.now()
    session.flush()
    RoleGrantFactory(
        person_id=person_id,
        role="officer",
        municipality_id=current.municipality_id,
        mandate_limit_cents=current.mandate_limit_cents,
        mandate_until=last_day,
        may_appoint=current.may_appoint,
        replaces_id=current.id,
    )
    session.flush()


def coach() -> Actor:
    """A new coach as an actor."""
    person = PersonFactory()
    RoleGrantFactory(person_id=person.id, role="coach")
    return actor_of(person, "coach")


def signed_in_as(session: Session, person: Person) -> UUID:
    """A sign-in of this person in which the second step was passed."""
    return sign_ins.open_sign_in(
        session,
        person_id=person.id,
        version=person.session_version,
        device="Firefox, Linux",
        factor_at=clock.now(),
    )
