"""Officers and their mandates are given by two officers of the municipality with that right."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.people import (
    PersonFactory,
    RoleGrantFactory,
    actor_of,
    appointer,
)
from tests.support.factories.places import MunicipalityFactory
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, SYSTEM, Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people import queries, roles, service
from voorjebuurt.people.appointments.authority import appointers
from voorjebuurt.people.appointments.mandates import change_mandate, propose_officer
from voorjebuurt.people.appointments.register import mandate_at, mandates
from voorjebuurt.people.models import Person, RoleGrant, RoleProposal
from voorjebuurt.people.role_proposal_queries import gave_role_lately, waiting_roles
from voorjebuurt.people.rules import Role

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
NOOR = "noor@gemeente.example"


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def place_id(session: Session) -> UUID:
    return MunicipalityFactory(name="Waterdam").id


@pytest.fixture
def jo(session: Session, place_id: UUID) -> Actor:
    return appointer(session, place_id, PersonFactory(name="Jo"), mandate=100_000)


@pytest.fixture
def mia(session: Session, place_id: UUID) -> Actor:
    return appointer(session, place_id, PersonFactory(name="Mia"))


def member(role: str = "staff", **fields: Any) -> Actor:
    person = PersonFactory()
    RoleGrantFactory(person_id=person.id, role=role, **fields)
    return actor_of(person, role)


def refused(deed: Callable[..., object], *arguments: object, **keywords: Any) -> str:
    with pytest.raises(DomainError) as error:
        deed(*arguments, **keywords)
    return error.value.code


def proposes(
    session: Session, place_id: UUID, actor: Actor, email: str = NOOR, **fields: Any
) -> UUID:
    values: dict[str, Any] = {"mandate_limit_cents": 500_000, "may_appoint": False} | fields
    return propose_officer(
        session, municipality_id=place_id, email=email, wait=DAY, actor=actor, **values
    )


def confirms(session: Session, proposal_id: UUID, actor: Actor, after: timedelta = DAY) -> None:
    with clock.at(NOW + after):
        roles.confirm_role(session, proposal_id=proposal_id, actor=actor)


def changes(session: Session, person_id: UUID, actor: Actor, **fields: Any) -> bool:
    grant = grant_of(session, person_id)
    values: dict[str, Any] = {
        "mandate_limit_cents": grant.mandate_limit_cents,
        "may_appoint": grant.may_appoint,
    }
    return change_mandate(session, grant_id=grant.id, wait=DAY, actor=actor, **(values | fields))


def grant_of(session: Session, person_id: UUID | None) -> RoleGrant:
    (grant,) = queries.grants_of(session, certain(person_id))
    return grant


def recipients(session: Session, template: str) -> list[str]:
    statement = select(MailMessage.recipient).where(MailMessage.template == template)
    return sorted(session.scalars(statement))


def address(session: Session, actor: Actor) -> str:
    return session.get_one(Person, actor.person_id).email


def test_two_officers_with_the_right_appoint_somebody_who_never_was_here(
    session: Session, place_id: UUID, jo: Actor, mia: Actor
) -> None:
    piet = member("officer", municipality_id=place_id)
    proposal_id = proposes(session, place_id, jo, email="Noor@Gemeente.example")
    noor = certain(queries.person_by_email(session, NOOR))
    assert queries.roles_of(session, noor.id) == frozenset()
    assert recipients(session, "role_offered") == [NOOR]
    assert recipients(session, "role_proposed") == sorted(
        address(session, actor) for actor in (jo, mia, piet)
    )
    assert refused(confirms, session, proposal_id, mia, DAY / 2) == "role_proposal_too_early"
    assert refused(confirms, session, proposal_id, jo) == "own_role_proposal"
    assert refused(confirms, session, proposal_id, piet) == "only_appointers"
    confirms(session, proposal_id, mia)
    assert queries.mandate_limit(session, noor.id, place_id) == 500_000
    assert recipients(session, "role_granted") == [NOOR]
    statement = select(MailMessage.context["role"]).where(
        MailMessage.template.in_(["role_proposed", "role_confirmed", "role_granted"])
    )
    assert {role["municipality"] for role in session.scalars(statement)} == {"Waterdam"}


def test_staff_neither_propose_nor_confirm_where_two_officers_have_the_right(
    session: Session, place_id: UUID, jo: Actor, mia: Actor
) -> None:
    staff, noor = member(), PersonFactory()
    by_staff: dict[str, Any] = {"role": Role.OFFICER, "municipality_id": place_id, "wait": DAY}
    for may_appoint in (True, False):
        code = refused(
            roles.give_role,
            session,
            person_id=noor.id,
            may_appoint=may_appoint,
            actor=staff,
            **by_staff,
        )
        assert code == "municipality_appoints"
    assert refused(confirms, session, proposes(session, place_id, jo), staff) == (
        "municipality_appoints"
    )
    elsewhere = appointer(session, MunicipalityFactory().id)
    for actor in (staff, elsewhere, member("officer", municipality_id=place_id), GUEST, SYSTEM):
        assert refused(proposes, session, place_id, actor, "x@y.example") == (
            "municipality_appoints" if actor is staff else "only_appointers"
        )
    assert queries.person_by_email(session, "x@y.example") is None
    grant_id = grant_of(session, mia.person_id).id
    assert refused(roles.revoke_role, session, grant_id=grant_id, actor=staff) == (
        "municipality_appoints"
    )


def test_staff_help_a_municipality_with_fewer_than_two_and_give_only_the_right(
    session: Session, place_id: UUID, jo: Actor
) -> None:
    anna, bas = member(), member()
    piet = member("officer", municipality_id=place_id, mandate_limit_cents=70_000)
    fields: dict[str, Any] = {"role": Role.OFFICER, "municipality_id": place_id, "wait": DAY}
    newcomer, piet_id = PersonFactory(), certain(piet.person_id)
    for wrong in ({"may_appoint": False}, {"may_appoint": True, "mandate_limit_cents": 1}):
        for person_id in (newcomer.id, piet_id):
            code = refused(
                roles.give_role, session, person_id=person_id, actor=anna, **fields, **wrong
            )
            assert code in ("staff_give_right_only", "role_already_granted")
    roles.give_role(session, person_id=piet_id, may_appoint=True, actor=anna, **fields)
    roles.give_role(session, person_id=newcomer.id, may_appoint=True, actor=anna, **fields)
    first, second = (each.id for each in waiting_roles(session, municipality_id=place_id))
    assert refused(confirms, session, first, anna) == "own_role_proposal"
    confirms(session, first, bas)
    assert appointers(session, place_id) == {jo.person_id, piet_id}
    assert queries.mandate_limit(session, piet_id, place_id) == 70_000, "the mandate stays"
    for actor, code in ((bas, "municipality_appoints"), (jo, "municipality_appoints")):
        assert refused(confirms, session, second, actor) == code, "two have the right by now"


def test_staff_confirm_no_mandate_that_the_only_officer_with_the_right_proposed(
    session: Session, place_id: UUID, jo: Actor
) -> None:
    staff = member()
    with_mandate = proposes(session, place_id, jo, may_appoint=True)
    assert refused(confirms, session, with_mandate, staff) == "staff_give_right_only"
    roles.dismiss_role(session, proposal_id=with_mandate, actor=jo)
    confirms(
        session, proposes(session, place_id, jo, mandate_limit_cents=0, may_appoint=True), staff
    )
    noor = certain(queries.person_by_email(session, NOOR))
    assert appointers(session, place_id) == {jo.person_id, noor.id}


def test_nobody_acts_on_the_own_role_or_mandate(
    session: Session, place_id: UUID, jo: Actor, mia: Actor
) -> None:
    own_id = certain(jo.person_id)
    assert refused(proposes, session, place_id, jo, address(session, jo)) == "not_on_yourself"
    code = refused(changes, session, own_id, jo, mandate_limit_cents=1)
    assert code == "not_on_yourself"
    grant_id = grant_of(session, own_id).id
    code = refused(roles.revoke_role, session, grant_id=grant_id, reason="Weg.", actor=jo)
    assert code == "not_on_yourself"
    assert not changes(session, own_id, mia, mandate_limit_cents=200_000)
    (proposal,) = waiting_roles(session)
    assert refused(confirms, session, proposal.id, jo) == "not_on_yourself"
    both = Actor("person", own_id, frozenset({"officer", "staff"}))
    assert refused(confirms, session, proposal.id, both) == "not_on_yourself"


def test_a_higher_mandate_takes_two_and_a_lower_one_holds_at_once(
    session: Session, place_id: UUID, jo: Actor, mia: Actor
) -> None:
    piet_id = certain(
        member("officer", municipality_id=place_id, mandate_limit_cents=70_000).person_id
    )
    assert refused(changes, session, piet_id, jo) == "mandate_unchanged"
    assert changes(session, piet_id, jo, mandate_limit_cents=90_000) is False
    assert queries.mandate_limit(session, piet_id, place_id) == 70_000
    (proposal,) = waiting_roles(session)
    assert certain(proposal.before).mandate_limit_cents == 70_000
    assert refused(changes, session, piet_id, mia, mandate_limit_cents=95_000) == (
        "role_proposed_already"
    )
    confirms(session, proposal.id, mia)
    assert queries.mandate_limit(session, piet_id, place_id) == 90_000
    with clock.at(NOW + 2 * DAY):
        assert changes(session, piet_id, mia, mandate_limit_cents=10_000) is True
        assert queries.mandate_limit(session, piet_id, place_id) == 10_000
        assert changes(session, piet_id, mia, mandate_limit_cents=5_000, may_appoint=True) is False
    assert recipients(session, "role_changed") == [session.get_one(Person, piet_id).email] * 2
    rows = [row for row in mandates(session, place_id) if row.person_id == piet_id]
    assert [(row.mandate_cents, row.proposer, row.giver, row.is_changed) for row in rows] == [
        (10_000, None, "Mia", False),
        (90_000, "Jo", "Mia", True),
        (70_000, None, None, True),
    ]
    moments = [NOW, NOW + DAY, NOW + 1.5 * DAY, NOW + 2 * DAY]
    assert [
        mandate_at(session, person_id=piet_id, municipality_id=place_id, moment=moment)
        for moment in moments
    ] == [70_000, 90_000, 90_000, 10_000]


def test_what_was_proposed_about_a_mandate_ends_with_it(
    session: Session, place_id: UUID, jo: Actor, mia: Actor
) -> None:
    piet_id = certain(
        member("officer", municipality_id=place_id, mandate_limit_cents=70_000).person_id
    )
    changes(session, piet_id, jo, mandate_limit_cents=90_000)
    (proposal,) = waiting_roles(session)
    changes(session, piet_id, mia, mandate_limit_cents=10_000)
    assert waiting_roles(session) == []
    assert refused(confirms, session, proposal.id, mia) == "role_proposal_over"
    assert queries.mandate_limit(session, piet_id, place_id) == 10_000


def test_the_right_is_not_taken_from_the_last_two_without_a_replacement(
    session: Session, place_id: UUID, jo: Actor, mia: Actor
) -> None:
    mia_id = certain(mia.person_id)

    def takes() -> str:
        grant_id = grant_of(session, mia_id).id
        return refused(roles.revoke_role, session, grant_id=grant_id, reason="Weg.", actor=jo)

    assert takes() == "last_appointers"
    assert refused(changes, session, mia_id, jo, may_appoint=False) == "last_appointers"
    eva = appointer(session, place_id)
    assert refused(roles.revoke_role, session, grant_id=grant_of(session, mia_id).id, actor=jo) == (
        "reason_needed"
    )
    service.block_person(session, person_id=certain(eva.person_id), reason="Weg.", actor=member())
    assert takes() == "last_appointers", "who is blocked appoints nobody"
    appointer(session, place_id)
    roles.revoke_role(
        session, grant_id=grant_of(session, mia_id).id, reason="Andere baan.", actor=jo
    )
    assert queries.roles_of(session, mia_id) == frozenset()
    statement = select(MailMessage).where(MailMessage.template.in_(["role_revoked", "role_ended"]))
    mails = session.scalars(statement).all()
    assert {mail.context["reason"] for mail in mails} == {"Andere baan."}
    assert address(session, mia) in {mail.recipient for mail in mails}
    assert address(session, jo) in {mail.recipient for mail in mails}


def test_who_lost_the_right_or_the_address_since_the_proposal_is_not_confirmed(
    session: Session, place_id: UUID, jo: Actor, mia: Actor
) -> None:
    proposal_id = proposes(session, place_id, jo)
    noor = certain(queries.person_by_email(session, NOOR))
    noor.email = "iemand.anders@gemeente.example"
    assert refused(confirms, session, proposal_id, mia) == "person_changed"
    (row,) = waiting_roles(session)
    assert (row.email, row.has_other_address) == (NOOR, True)
    with clock.at(NOW + DAY):
        assert not row.may_be_confirmed_by(mia.person_id)
    noor.email = NOOR
    appointer(session, place_id)
    grant_id = grant_of(session, jo.person_id).id
    roles.revoke_role(session, grant_id=grant_id, reason="Weg.", actor=mia)
    assert refused(confirms, session, proposal_id, mia) == "proposer_left"


def test_who_raised_a_mandate_lately_gave_it_and_who_lowered_one_did_not(
    session: Session, place_id: UUID, jo: Actor, mia: Actor
) -> None:
    piet_id = certain(
        member("officer", municipality_id=place_id, mandate_limit_cents=70_000).person_id
    )
    changes(session, piet_id, jo, mandate_limit_cents=90_000)
    confirms(session, waiting_roles(session)[0].id, mia)
    eva = appointer(session, place_id)
    with clock.at(NOW + 2 * DAY):
        changes(session, piet_id, eva, mandate_limit_cents=80_000)
        gave = {
            actor: gave_role_lately(
                session,
                giver_id=certain(actor.person_id),
                holder_id=piet_id,
                role=Role.OFFICER,
                municipality_id=place_id,
            )
            for actor in (jo, mia, eva)
        }
    assert gave == {jo: True, mia: True, eva: False}


@pytest.mark.parametrize(
    ("constraint", "assignment"),
    [
        ("municipal", "proposed_as = 'staff'"),
        ("municipal", "confirmed_as = 'staff'"),
        ("capacities", "proposed_as = 'coach'"),
        ("two_people", "confirmed_by = proposed_by"),
        ("not_oneself", "confirmed_by = person_id"),
    ],
)
def test_the_database_refuses_an_officer_who_was_not_appointed_by_two_of_the_municipality(
    session: Session, place_id: UUID, jo: Actor, mia: Actor, constraint: str, assignment: str
) -> None:
    proposal_id = proposes(session, place_id, jo)
    confirms(session, proposal_id, mia)
    session.flush()
    statement = text(f"UPDATE role_proposals SET {assignment} WHERE id = :id")
    with pytest.raises(IntegrityError, match=constraint), session.begin_nested():
        session.execute(statement, {"id": proposal_id})


@pytest.mark.parametrize(
    "assignment", ["mandate_limit_cents = 1", "may_appoint = false", "replaces_id = id"]
)
def test_the_database_keeps_a_mandate_as_it_was_given(
    session: Session, place_id: UUID, jo: Actor, assignment: str
) -> None:
    statement = text(f"UPDATE role_grants SET {assignment} WHERE person_id = :id")
    with pytest.raises(IntegrityError, match="does not change"), session.begin_nested():
        session.execute(statement, {"id": jo.person_id})


def test_a_proposal_of_before_there_was_the_right_is_not_confirmed(
    session: Session, place_id: UUID
) -> None:
    anna, bas = member(), member()
    noor = PersonFactory()
    proposal = RoleProposal(
        person_id=noor.id,
        role="officer",
        municipality_id=place_id,
        mandate_limit_cents=500_000,
        proposed_at=NOW,
        proposed_by=certain(anna.person_id),
        confirmable_from=NOW + DAY,
        lapses_at=NOW + 14 * DAY,
    )
    session.add(proposal)
    session.flush()
    assert refused(confirms, session, proposal.id, bas) == "staff_give_right_only"
    assert queries.roles_of(session, noor.id) == frozenset()
