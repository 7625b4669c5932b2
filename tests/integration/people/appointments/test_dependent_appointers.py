"""Who has the right to appoint is counted, blocked or not, and depends on nobody who appoints."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.people import PersonFactory, RoleGrantFactory, actor_of, appointer
from tests.support.factories.places import MunicipalityFactory
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.people import queries, roles, service
from voorjebuurt.people.appointments.authority import appointers, self_appointing
from voorjebuurt.people.appointments.mandates import propose_officer
from voorjebuurt.people.role_proposal_queries import waiting_roles
from voorjebuurt.people.rules import ROLE_GIVER_DAYS, Role

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def place_id(session: Session) -> UUID:
    return MunicipalityFactory(name="Waterdam").id


@pytest.fixture
def jo(session: Session, place_id: UUID) -> Actor:
    return appointer(session, place_id, PersonFactory(name="Jo"))


@pytest.fixture
def mia(session: Session, place_id: UUID) -> Actor:
    return appointer(session, place_id, PersonFactory(name="Mia"))


def member() -> Actor:
    person = PersonFactory()
    RoleGrantFactory(person_id=person.id, role="staff")
    return actor_of(person, "staff")


def gives_right(session: Session, place_id: UUID, actor: Actor) -> None:
    roles.give_role(
        session,
        person_id=PersonFactory().id,
        role=Role.OFFICER,
        municipality_id=place_id,
        may_appoint=True,
        wait=DAY,
        actor=actor,
    )


def proposes(session: Session, place_id: UUID, actor: Actor, email: str, **fields: Any) -> UUID:
    values: dict[str, Any] = {"mandate_limit_cents": 0, "may_appoint": True} | fields
    return propose_officer(
        session, municipality_id=place_id, email=email, wait=DAY, actor=actor, **values
    )


def blocks(session: Session, actor: Actor) -> None:
    service.block_person(session, person_id=certain(actor.person_id), reason="Weg.", actor=member())


def grant_id_of(session: Session, actor: Actor) -> UUID:
    (grant,) = queries.grants_of(session, certain(actor.person_id))
    return grant.id


def test_staff_who_block_an_officer_open_no_way_for_staff(
    session: Session, place_id: UUID, jo: Actor, mia: Actor
) -> None:
    anna, bas = member(), member()
    for officer in (mia, jo):
        blocks(session, officer)
        assert self_appointing(session) == {place_id}
        with pytest.raises(DomainError) as error:
            gives_right(session, place_id, anna)
        assert error.value.code == "municipality_appoints"
        with pytest.raises(DomainError) as error:
            roles.revoke_role(session, grant_id=grant_id_of(session, officer), actor=bas)
        assert error.value.code == "municipality_appoints"


def test_a_proposal_of_staff_is_not_confirmed_by_blocking_one_of_two(
    session: Session, place_id: UUID, jo: Actor
) -> None:
    anna, bas = member(), member()
    gives_right(session, place_id, anna)
    (proposal,) = waiting_roles(session, municipality_id=place_id)
    blocks(session, appointer(session, place_id, PersonFactory()))
    with clock.at(NOW + DAY), pytest.raises(DomainError) as error:
        roles.confirm_role(session, proposal_id=proposal.id, actor=bas)
    assert error.value.code == "municipality_appoints"


def test_who_is_left_takes_the_right_of_a_blocked_colleague_and_then_staff_help(
    session: Session, place_id: UUID, jo: Actor, mia: Actor
) -> None:
    anna, bas = member(), member()
    blocks(session, mia)
    roles.revoke_role(session, grant_id=grant_id_of(session, mia), reason="Is weg.", actor=jo)
    assert self_appointing(session) == frozenset()
    gives_right(session, place_id, anna)
    (proposal,) = waiting_roles(session, municipality_id=place_id)
    with clock.at(NOW + DAY):
        roles.confirm_role(session, proposal_id=proposal.id, actor=bas)
    assert len(appointers(session, place_id)) == 2


def test_who_got_the_right_from_the_proposer_lately_is_no_second_person(
    session: Session, place_id: UUID, jo: Actor, mia: Actor
) -> None:
    first = proposes(session, place_id, jo, "noor@gemeente.example")
    with clock.at(NOW + DAY):
        roles.confirm_role(session, proposal_id=first, actor=mia)
        noor = certain(queries.person_by_email(session, "noor@gemeente.example"))
        by_noor = actor_of(noor, "officer")
        second = proposes(session, place_id, jo, "piet@gemeente.example")
        third = proposes(session, place_id, by_noor, "eva@gemeente.example")
    with clock.at(NOW + 2 * DAY):
        with pytest.raises(DomainError) as error:
            roles.confirm_role(session, proposal_id=second, actor=by_noor)
        assert error.value.code == "role_from_role_proposer"
        roles.confirm_role(session, proposal_id=second, actor=mia)
        roles.confirm_role(session, proposal_id=third, actor=mia)
    with clock.at(NOW + (ROLE_GIVER_DAYS + 2) * DAY):
        fourth = proposes(session, place_id, jo, "kim@gemeente.example")
    with clock.at(NOW + (ROLE_GIVER_DAYS + 3) * DAY):
        roles.confirm_role(session, proposal_id=fourth, actor=by_noor)
    assert len(appointers(session, place_id)) == 6


def test_of_staff_too(session: Session) -> None:
    anna, bas = member(), member()

    def proposed(actor: Actor) -> tuple[UUID, Actor]:
        person = PersonFactory()
        roles.give_role(session, person_id=person.id, role=Role.STAFF, wait=DAY, actor=actor)
        (proposal,) = waiting_roles(session, person_id=person.id)
        return proposal.id, actor_of(person, "staff")

    first, cas = proposed(anna)
    with clock.at(NOW + DAY):
        roles.confirm_role(session, proposal_id=first, actor=bas)
        second, _ = proposed(anna)
    with clock.at(NOW + 2 * DAY):
        with pytest.raises(DomainError) as error:
            roles.confirm_role(session, proposal_id=second, actor=cas)
        assert error.value.code == "role_from_role_proposer"
        roles.confirm_role(session, proposal_id=second, actor=bas)
