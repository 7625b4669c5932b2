"""A role that touches money or decisions: proposed by one, confirmed by another a day later."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.factories.people import PersonFactory, RoleGrantFactory, actor_of
from tests.support.factories.places import MunicipalityFactory
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, PROVIDER, SYSTEM, Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people import queries, roles, service
from voorjebuurt.people.appointments.authority import appointers
from voorjebuurt.people.models import Person, RoleProposal
from voorjebuurt.people.role_proposal_queries import gave_role_lately, waiting_roles
from voorjebuurt.people.rules import Role

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def anna(session: Session) -> Actor:
    return member("Anna")


@pytest.fixture
def bas(session: Session) -> Actor:
    return member("Bas")


@pytest.fixture
def noor(session: Session) -> Person:
    return PersonFactory(name="Noor")


def member(name: str, role: str = "staff", **fields: Any) -> Actor:
    person = PersonFactory(name=name)
    RoleGrantFactory(person_id=person.id, role=role, **fields)
    return actor_of(person, role)


def refused(deed: Callable[..., object], *arguments: object, **keywords: Any) -> str:
    with pytest.raises(DomainError) as error:
        deed(*arguments, **keywords)
    return error.value.code


def proposes(
    session: Session, person: Person, actor: Actor, role: Role = Role.AUDITOR, **fields: Any
) -> UUID:
    roles.give_role(session, person_id=person.id, role=role, wait=DAY, actor=actor, **fields)
    statement = select(RoleProposal.id).where(RoleProposal.person_id == person.id)
    proposal_id = session.scalars(statement.order_by(RoleProposal.id.desc())).first()
    assert proposal_id is not None
    return proposal_id


def confirms(session: Session, proposal_id: UUID, actor: Actor, after: timedelta = DAY) -> None:
    with clock.at(NOW + after):
        roles.confirm_role(session, proposal_id=proposal_id, actor=actor)


def recipients(session: Session, template: str) -> list[str]:
    statement = select(MailMessage.recipient).where(MailMessage.template == template)
    return sorted(session.scalars(statement))


@pytest.mark.parametrize("role", [Role.STAFF, Role.AUDITOR, Role.OFFICER])
def test_it_counts_once_a_second_colleague_confirms_it_a_day_later(
    session: Session, anna: Actor, bas: Actor, noor: Person, role: Role
) -> None:
    place = MunicipalityFactory() if role is Role.OFFICER else None
    fields = {"municipality_id": place.id, "may_appoint": True} if place else {}
    proposal_id = proposes(session, noor, anna, role, **fields)
    assert queries.roles_of(session, noor.id) == frozenset()
    early = DAY - timedelta(seconds=1)
    assert refused(confirms, session, proposal_id, bas, early) == "role_proposal_too_early"
    confirms(session, proposal_id, bas)
    assert queries.roles_of(session, noor.id) == {role}
    if place:
        assert queries.mandate_limit(session, noor.id, place.id) == 0
        assert appointers(session, place.id) == {noor.id}
    assert refused(confirms, session, proposal_id, bas) == "role_proposal_over"
    session.flush()
    trail = session.execute(text("SELECT action, actor_id FROM audit_events ORDER BY id")).all()
    assert trail == [("role.proposed", anna.person_id), ("role.granted", bas.person_id)]


def test_neither_the_proposer_nor_the_person_confirms(
    session: Session, anna: Actor, noor: Person
) -> None:
    proposal_id = proposes(session, noor, anna)
    assert refused(confirms, session, proposal_id, anna) == "own_role_proposal"
    themselves = actor_of(noor, "staff")
    assert refused(confirms, session, proposal_id, themselves) == "not_on_yourself"
    for actor in (actor_of(PersonFactory(), "auditor", "officer", "coach"), GUEST):
        assert refused(confirms, session, proposal_id, actor) == "only_staff"
    assert refused(confirms, session, proposal_id, SYSTEM) == "only_staff"
    assert queries.roles_of(session, noor.id) == frozenset()


@pytest.mark.parametrize(
    ("constraint", "assignment"),
    [
        ("two_people", "confirmed_by = proposed_by"),
        ("not_oneself", "confirmed_by = person_id"),
        ("in_time", "confirmed_by = :other, confirmed_at = confirmable_from - interval '1 second'"),
        ("in_time", "confirmed_by = :other, confirmed_at = lapses_at"),
        ("not_oneself", "proposed_by = person_id"),
        ("confirmation", "confirmed_by = :other, grant_id = NULL"),
    ],
)
def test_the_database_refuses_what_two_people_would_not_do(
    session: Session, anna: Actor, bas: Actor, noor: Person, constraint: str, assignment: str
) -> None:
    proposal_id = proposes(session, noor, anna)
    grant = RoleGrantFactory(person_id=PersonFactory().id, role="auditor")
    session.flush()
    changes = {"confirmed_at": "confirmable_from", "confirmed_by": ":other", "grant_id": ":grant"}
    changes |= dict(part.split(" = ") for part in assignment.split(", "))
    statement = ", ".join(f"{column} = {value}" for column, value in changes.items())
    values = {"id": proposal_id, "other": bas.person_id, "grant": grant.id}
    with pytest.raises(IntegrityError, match=constraint), session.begin_nested():
        session.execute(text(f"UPDATE role_proposals SET {statement} WHERE id = :id"), values)


def test_it_lapses_after_two_weeks_and_can_be_proposed_again(
    session: Session, anna: Actor, bas: Actor, noor: Person
) -> None:
    proposal_id = proposes(session, noor, anna)
    assert refused(proposes, session, noor, bas) == "role_proposed_already"
    assert refused(confirms, session, proposal_id, bas, 14 * DAY) == "role_proposal_over"
    with clock.at(NOW + 14 * DAY):
        assert waiting_roles(session) == []
        again = proposes(session, noor, bas)
    confirms(session, again, anna, 15 * DAY)
    assert queries.roles_of(session, noor.id) == {"auditor"}


def test_what_somebody_proposed_who_was_sent_away_is_not_confirmed(
    session: Session, anna: Actor, bas: Actor, noor: Person
) -> None:
    proposal_id = proposes(session, noor, anna)
    assert anna.person_id is not None
    (grant,) = queries.grants_of(session, anna.person_id)
    roles.revoke_role(session, grant_id=grant.id, actor=bas)
    assert refused(confirms, session, proposal_id, bas) == "proposer_left"
    of_cas = proposes(session, PersonFactory(), member("Cas"))
    cas = waiting_roles(session)[-1].proposer_id
    service.block_person(session, person_id=cas, reason="Weg.", actor=bas)
    assert refused(confirms, session, of_cas, bas) == "proposer_left"


def test_everybody_who_holds_the_role_is_mailed_and_can_dismiss_it(
    session: Session, anna: Actor, bas: Actor, noor: Person
) -> None:
    ours, theirs = MunicipalityFactory(), MunicipalityFactory()
    olga = member("Olga", "officer", municipality_id=ours.id)
    elsewhere = member("Piet", "officer", municipality_id=theirs.id)
    ours_to_appoint: dict[str, Any] = {"municipality_id": ours.id, "may_appoint": True}
    proposal_id = proposes(session, noor, anna, Role.OFFICER, **ours_to_appoint)
    names = {person.id: person.email for person in session.scalars(select(Person))}
    assert olga.person_id is not None
    assert recipients(session, "role_proposed") == [names[olga.person_id]]
    for actor in (elsewhere, actor_of(noor), member("Cor", "auditor"), GUEST, PROVIDER):
        with pytest.raises(ForbiddenError):
            roles.dismiss_role(session, proposal_id=proposal_id, actor=actor)
    roles.dismiss_role(session, proposal_id=proposal_id, actor=olga)
    roles.dismiss_role(session, proposal_id=proposal_id, actor=olga)
    assert refused(confirms, session, proposal_id, bas) == "role_proposal_over"
    again = proposes(session, noor, anna, Role.OFFICER, **ours_to_appoint)
    confirms(session, again, bas)
    assert refused(roles.dismiss_role, session, proposal_id=again, actor=olga) == (
        "role_proposal_over"
    )
    assert recipients(session, "role_confirmed") == [names[olga.person_id]]
    assert recipients(session, "role_granted") == [noor.email]
    assert recipients(session, "role_offered") == [noor.email, noor.email]


def test_staff_are_mailed_where_nobody_holds_the_role(
    session: Session, anna: Actor, bas: Actor, noor: Person
) -> None:
    proposes(session, noor, anna, Role.AUDITOR)
    staff = sorted(email for _, email, _ in queries.emails_with_role(session, Role.STAFF))
    assert len(staff) == 2
    assert recipients(session, "role_proposed") == staff


@pytest.mark.parametrize("role", list(Role))
def test_no_person_gives_a_role_as_the_system_does(
    session: Session, anna: Actor, noor: Person, role: Role
) -> None:
    for actor in (anna, GUEST, PROVIDER):
        with pytest.raises(ForbiddenError) as error:
            roles.grant_role(session, person_id=noor.id, role=role, actor=actor)
        assert error.value.code == "role_needs_two"
    assert queries.roles_of(session, noor.id) == frozenset()


def test_who_gave_whom_a_role_is_known_for_a_month(
    session: Session, anna: Actor, bas: Actor, noor: Person
) -> None:
    confirms(session, proposes(session, noor, anna), bas)
    cor = member("Cor")

    def gave(giver: Actor, days: int, role: Role = Role.AUDITOR) -> bool:
        assert giver.person_id is not None
        with clock.at(NOW + DAY + timedelta(days=days)):
            return gave_role_lately(session, giver_id=giver.person_id, holder_id=noor.id, role=role)

    assert [gave(giver, 29) for giver in (anna, bas, cor)] == [True, True, False]
    assert [gave(giver, 30) for giver in (anna, bas)] == [False, False]
    assert not gave(anna, 1, Role.STAFF)
