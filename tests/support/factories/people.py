"""Persons and their roles."""

from datetime import UTC, datetime

import factory

from tests.support.factories.base import Factory
from voorjebuurt.kernel.actor import Actor
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


def coach() -> Actor:
    """A new coach as an actor."""
    person = PersonFactory()
    RoleGrantFactory(person_id=person.id, role="coach")
    return actor_of(person, "coach")
