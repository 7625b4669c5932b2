"""Where people land after signing in: at their work, unless they were on the way to a page."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory, actor_of
from tests.support.factories.places import MunicipalityFactory
from tests.support.fixtures_site import Committing
from tests.support.pages import words
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.audit.service import raise_alert
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.people import signin
from voorjebuurt.people.factors import service as factors
from voorjebuurt.people.factors.codes import code_at
from voorjebuurt.settings import Settings

PASSWORD = "vier bomen op het plein"
EMAIL = "anna@voorbeeld.example"


def with_roles(session: Session, settings: Settings, *roles: str) -> None:
    person = PersonFactory(name="Anna Bakker", email=EMAIL)
    for role in roles:
        place = MunicipalityFactory().id if role == "officer" else None
        RoleGrantFactory(person_id=person.id, role=role, municipality_id=place)
    signin.set_password(session, person_id=person.id, password=PASSWORD, current=None, actor=SYSTEM)
    if roles:
        secret = factors.new_secret()
        factors.add_totp(
            session,
            person_id=person.id,
            secret=secret,
            code=code_at(secret, clock.now()),
            sealer=Sealer(settings.data_keys),
            actor=actor_of(person),
        )


def landing(client: FlaskClient, volgende: str = "") -> str:
    answer = client.post(
        "/inloggen/wachtwoord",
        data={"email": EMAIL, "password": PASSWORD, "volgende": volgende},
    )
    if not answer.location.startswith("/inloggen/tweede-stap"):
        return answer.location
    note = re.search(r"Oefen[^0-9]*(\d{6})", words(client.get(answer.location)))
    return client.post(answer.location, data={"code": certain(note)[1]}).location


@pytest.mark.parametrize(
    ("roles", "desk"),
    [
        ([], "/"),
        (["officer"], "/gemeente"),
        (["coach"], "/coach/acties"),
        (["staff"], "/beheer"),
        (["auditor"], "/beheer"),
        (["coach", "officer"], "/gemeente"),
    ],
)
def test_who_works_here_lands_at_their_desk(
    client: FlaskClient, committing: Committing, settings: Settings, roles: list[str], desk: str
) -> None:
    with committing() as session:
        with_roles(session, settings, *roles)
    assert landing(client) == desk
    assert client.get("/inloggen").location == desk, "also who is signed in already"


def test_who_was_on_the_way_to_a_page_goes_there(
    client: FlaskClient, committing: Committing, settings: Settings
) -> None:
    with committing() as session:
        with_roles(session, settings, "staff")
    assert landing(client, "/acties") == "/acties"


def test_of_several_desks_the_first_at_which_something_waits(
    client: FlaskClient, committing: Committing, settings: Settings
) -> None:
    with committing() as session:
        with_roles(session, settings, "officer", "coach", "staff")
        raise_alert(session, key="x", kind=AlertKind.JOB_FAILED, detail={"task": "x"})
    assert landing(client) == "/beheer"
    page = client.get("/beheer").text
    assert "Uw andere rollen" in page
    assert 'href="/gemeente">Gemeente' in page
    assert 'href="/coach/acties">' in page


def test_a_pitch_that_waits_for_a_coach_comes_before_an_empty_desk(
    client: FlaskClient, committing: Committing, settings: Settings
) -> None:
    with committing() as session:
        with_roles(session, settings, "officer", "coach")
        CampaignFactory(status="submitted")
    assert landing(client) == "/coach/acties"


def test_who_has_one_desk_sees_no_list_of_others(
    client: FlaskClient, committing: Committing, settings: Settings
) -> None:
    with committing() as session:
        with_roles(session, settings, "coach")
    assert "Uw andere rollen" not in client.get(landing(client)).text
