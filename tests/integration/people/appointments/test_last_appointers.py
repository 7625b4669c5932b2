"""Two officers with the right who each take it from another at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.people import PersonFactory, appointer
from tests.support.factories.places import MunicipalityFactory
from tests.support.fixtures_site import Committing
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.people import queries, roles
from voorjebuurt.people.appointments.authority import appointers


def test_two_who_take_the_right_at_once_leave_two(
    fresh_database: Database, committing: Committing
) -> None:
    with committing() as session:
        place_id = MunicipalityFactory().id
        jo, mia, eva = (appointer(session, place_id, PersonFactory()) for _ in range(3))
        grants = {
            actor: queries.grants_of(session, certain(actor.person_id))[0].id
            for actor in (jo, mia, eva)
        }

    with ThreadPoolExecutor(1) as pool:
        with fresh_database.writing() as session:
            take(session, grants[mia], jo)
            second = pool.submit(taken, fresh_database, grants[eva], mia)
            with pytest.raises(TimeoutError):
                second.result(timeout=0.5)
        assert second.result(timeout=10) == "last_appointers"
    with fresh_database.reading() as session:
        assert appointers(session, place_id) == {jo.person_id, eva.person_id}


def take(session: Session, grant_id: UUID, actor: Actor) -> None:
    roles.revoke_role(session, grant_id=grant_id, reason="Andere baan.", actor=actor)
    session.flush()


def taken(database: Database, grant_id: UUID, actor: Actor) -> str:
    """What came of it."""
    try:
        with database.writing() as session:
            take(session, grant_id, actor)
    except DomainError as error:
        return error.code
    return "taken"
