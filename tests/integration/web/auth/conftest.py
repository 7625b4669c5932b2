"""Two people who sign in, one of whom works here."""

import pytest

from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.fixtures_site import Committing
from voorjebuurt.people.models import Person


@pytest.fixture
def olga(committing: Committing) -> Person:
    """A member of staff."""
    with committing():
        person = PersonFactory(name="Olga Staf")
        RoleGrantFactory(person_id=person.id, role="staff")
    return person


@pytest.fixture
def resident(committing: Committing) -> Person:
    """Somebody without a role."""
    with committing():
        return PersonFactory(name="Rik Buur")
