"""Persons, roles, mandates, blocking."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.people import PersonFactory, RoleGrantFactory, actor_of, signed_in_as
from tests.support.factories.places import MunicipalityFactory
from voorjebuurt.kernel.actor import GUEST, SYSTEM, Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError
from voorjebuurt.people import queries, roles, service
from voorjebuurt.people.rules import Role

DAY = timedelta(days=1)


@pytest.fixture
def staff(session: Session) -> Actor:
    """A member of staff as an actor."""
    person = PersonFactory()
    RoleGrantFactory(person_id=person.id, role="staff")
    return actor_of(person, "staff")


def refused(call: Callable[..., object], *arguments: object, **keywords: Any) -> str:
    with pytest.raises(DomainError) as error:
        call(*arguments, **keywords)
    return error.value.code


def test_adding_somebody_twice_keeps_one_person_and_their_name(session: Session) -> None:
    first = service.add_person(session, email=" Ans@X.example", name="Ans", actor=SYSTEM)
    again = service.add_person(session, email="ans@x.example", name="Anders", actor=SYSTEM)
    assert (again.id, again.name, again.email) == (first.id, "Ans", "ans@x.example")


def test_staff_make_a_coach_and_take_the_role_away_at_once(session: Session, staff: Actor) -> None:
    person = PersonFactory()
    roles.give_role(session, person_id=person.id, role=Role.COACH, wait=DAY, actor=staff)
    (grant,) = queries.grants_of(session, person.id)
    assert grant.role == "coach"
    roles.revoke_role(session, grant_id=grant.id, actor=staff)
    assert queries.roles_of(session, person.id) == frozenset()
    with pytest.raises(NotFoundError):
        roles.revoke_role(session, grant_id=grant.id, actor=staff)
    session.flush()
    statement = text("SELECT action, actor_id FROM audit_events ORDER BY id")
    assert session.execute(statement).all() == [
        ("role.granted", staff.person_id),
        ("role.revoked", staff.person_id),
    ]


def test_an_officer_belongs_to_a_municipality_and_has_a_mandate(session: Session) -> None:
    person, place, other = PersonFactory(), MunicipalityFactory(), MunicipalityFactory()
    roles.grant_role(
        session,
        person_id=person.id,
        role=Role.OFFICER,
        municipality_id=place.id,
        mandate_limit_cents=500_000,
        actor=SYSTEM,
    )
    identity = queries.person_of_sign_in(session, signed_in_as(session, person))
    assert (certain(identity).roles, certain(identity).municipalities) == (
        frozenset({"officer"}),
        frozenset({place.id}),
    )
    assert queries.mandate_limit(session, person.id, place.id) == 500_000
    assert queries.mandate_limit(session, person.id, other.id) is None


def test_an_officer_without_a_limit_decides_nothing_alone(session: Session) -> None:
    person, place = PersonFactory(), MunicipalityFactory()
    roles.grant_role(
        session, person_id=person.id, role=Role.OFFICER, municipality_id=place.id, actor=SYSTEM
    )
    assert queries.mandate_limit(session, person.id, place.id) == 0


@pytest.mark.parametrize(
    ("role", "place", "limit", "code"),
    [
        (Role.OFFICER, False, None, "municipality_missing"),
        (Role.COACH, True, None, "municipality_not_for_role"),
        (Role.STAFF, False, 100, "mandate_only_for_officer"),
    ],
)
def test_a_role_must_fit(
    session: Session, staff: Actor, role: Role, place: bool, limit: int | None, code: str
) -> None:
    person, municipality = PersonFactory(), MunicipalityFactory()
    fields: dict[str, Any] = {
        "person_id": person.id,
        "role": role,
        "municipality_id": municipality.id if place else None,
        "mandate_limit_cents": limit,
    }
    assert code == refused(roles.grant_role, session, **fields, actor=SYSTEM)
    assert code == refused(roles.give_role, session, **fields, wait=DAY, actor=staff)


def test_the_same_role_is_not_given_twice(session: Session, staff: Actor) -> None:
    give: dict[str, Any] = {"person_id": PersonFactory().id, "role": Role.AUDITOR}
    roles.grant_role(session, **give, actor=SYSTEM)
    assert refused(roles.grant_role, session, **give, actor=SYSTEM) == "role_already_granted"
    code = refused(roles.give_role, session, **give, wait=DAY, actor=staff)
    assert code == "role_already_granted"


def test_only_staff_manage_people_and_not_themselves(session: Session, staff: Actor) -> None:
    person = PersonFactory()
    for actor in (GUEST, actor_of(person, "coach", "officer", "auditor")):
        with pytest.raises(ForbiddenError):
            roles.give_role(session, person_id=person.id, role=Role.COACH, wait=DAY, actor=actor)
        with pytest.raises(ForbiddenError):
            service.block_person(session, person_id=person.id, reason="x", actor=actor)
    own: dict[str, Any] = {"person_id": staff.person_id, "actor": staff}
    code = refused(roles.give_role, session, role=Role.AUDITOR, wait=DAY, **own)
    assert code == "not_on_yourself"
    assert refused(service.block_person, session, reason="x", **own) == "not_on_yourself"


def test_a_blocked_person_has_no_session_and_may_come_back(session: Session, staff: Actor) -> None:
    person = PersonFactory()
    before = signed_in_as(session, person)
    service.block_person(session, person_id=person.id, reason="Scheldt.", actor=staff)
    meanwhile = signed_in_as(session, person)
    assert queries.person_of_sign_in(session, before) is None
    assert queries.person_of_sign_in(session, meanwhile) is None
    service.unblock_person(session, person_id=person.id, reason="Sorry gezegd.", actor=staff)
    assert queries.person_of_sign_in(session, signed_in_as(session, person)) is not None
    assert queries.person_of_sign_in(session, before) is None
    session.flush()
    statement = text("SELECT action, reason FROM audit_events ORDER BY id")
    assert session.execute(statement).all() == [
        ("person.blocked", "Scheldt."),
        ("person.unblocked", "Sorry gezegd."),
    ]


def test_a_name_is_kept_on_one_line(session: Session) -> None:
    person = PersonFactory()
    service.change_profile(
        session, person_id=person.id, name="  Iris \n de  Vries ", locale="en", actor=SYSTEM
    )
    assert (person.name, person.locale) == ("Iris de Vries", "en")


@pytest.mark.parametrize(("name", "code"), [("  ", "name_missing"), ("x" * 81, "name_too_long")])
def test_a_name_has_a_length(session: Session, name: str, code: str) -> None:
    person = PersonFactory()
    change = {"person_id": person.id, "name": name, "locale": "nl", "actor": SYSTEM}
    assert refused(service.change_profile, session, **change) == code


def test_people_are_found_by_part_of_name_or_address_and_wildcards_mean_themselves(
    session: Session,
) -> None:
    PersonFactory(name="Iris de Vries", email="iris@x.example")
    PersonFactory(name="Bram_100%", email="bram@x.example")
    assert [p.name for p in queries.people(session, search="VRIES")] == ["Iris de Vries"]
    assert [p.name for p in queries.people(session, search="bram@")] == ["Bram_100%"]
    assert [p.name for p in queries.people(session, search="_1")] == ["Bram_100%"]
    assert queries.people(session, search="%%") == []


def test_mail_to_a_desk_goes_to_everybody_with_the_role_who_is_not_blocked(
    session: Session, staff: Actor
) -> None:
    coach, outsider, former = PersonFactory(), PersonFactory(), PersonFactory()
    for person in (coach, outsider, former):
        grant = roles.grant_role(session, person_id=person.id, role=Role.COACH, actor=SYSTEM)
    roles.revoke_role(session, grant_id=grant.id, actor=staff)
    service.block_person(session, person_id=outsider.id, reason="x", actor=staff)
    session.flush()
    assert queries.emails_with_role(session, Role.COACH) == [(coach.id, coach.email, "nl")]
