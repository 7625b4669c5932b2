"""Residents of a place that is not there leave their address, and hear when it is."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories.places import MunicipalityFactory, NeighbourhoodFactory
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.jobs import run_jobs
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.places.models import PlaceWish
from voorjebuurt.places.tasks import tell_openings
from voorjebuurt.settings import Settings

ASK = "/gemeente-volgen"
NOOR = "noor@voorbeeld.example"


def ask(client: FlaskClient, place: str = "Gemeente Waterdal", email: str = NOOR) -> str:
    return client.post(ASK, data={"place": place, "email": email}, follow_redirects=True).text


def mails(database: Database, settings: Settings) -> list[MailMessage]:
    run_jobs(database, settings)
    with database.reading() as session:
        return list(session.scalars(select(MailMessage).order_by(MailMessage.created_at)))


def link_of(mail: MailMessage) -> str:
    return str(re.findall(r"/gemeente-volgen/[^\s\"]+", mail.text or "")[0])


def wishes(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(PlaceWish.email)))


def test_from_leaving_an_address_to_being_told(
    client: FlaskClient, fresh_database: Database, settings: Settings, committing: Committing
) -> None:
    runtime = Runtime(fresh_database, settings)
    assert ASK in client.get("/mijn/acties/nieuw").text
    assert "een link" in ask(client)
    (mail,) = mails(fresh_database, settings)
    assert mail.recipient == NOOR
    assert "Waterdal" not in (mail.text or ""), "what somebody typed goes to nobody unconfirmed"
    path = link_of(mail)
    assert client.get(path).status_code == 200
    for _ in range(2):
        assert "Uw adres is bevestigd" in client.post(path, follow_redirects=True).text
    with committing():
        place = MunicipalityFactory(name="Waterdal", slug="waterdal")
    tell_openings(runtime)
    assert len(mails(fresh_database, settings)) == 1, "nobody can begin there yet"
    with committing():
        NeighbourhoodFactory(municipality_id=place.id)
    for _ in range(2):
        tell_openings(runtime)
    news = mails(fresh_database, settings)
    assert [each.template for each in news] == ["place_wish_confirm", "place_opened"]
    assert "Waterdal" in (news[1].text or "")
    assert news[1].sent_at is not None
    assert wishes(fresh_database) == [], "and the address is gone"
    assert client.get(path).status_code == 404


def test_an_address_is_removed_with_one_press(
    client: FlaskClient, fresh_database: Database, settings: Settings
) -> None:
    ask(client)
    path = link_of(mails(fresh_database, settings)[0])
    assert client.get(f"{path}/verwijderen").status_code == 405, "a scanner follows links"
    assert client.post(f"{path}/verwijderen").status_code == 302
    assert wishes(fresh_database) == []
    assert client.post(f"{path}/verwijderen").status_code == 404
    assert client.post(path).status_code == 404


def test_nobody_is_told_who_did_not_confirm(
    client: FlaskClient, fresh_database: Database, settings: Settings, committing: Committing
) -> None:
    ask(client)
    with committing():
        place = MunicipalityFactory(name="Waterdal", slug="waterdal")
        NeighbourhoodFactory(municipality_id=place.id)
    tell_openings(Runtime(fresh_database, settings))
    assert len(mails(fresh_database, settings)) == 1
    with clock.at(clock.now() + timedelta(days=8)):
        tell_openings(Runtime(fresh_database, settings))
    assert wishes(fresh_database) == []
    assert mails(fresh_database, settings) == [], "the secret goes with it"


def test_asking_twice_is_one_wish_and_one_mail(
    client: FlaskClient, fresh_database: Database, settings: Settings
) -> None:
    assert ask(client) == ask(client, "WATERDAL ", "Noor@Voorbeeld.example")
    assert len(mails(fresh_database, settings)) == len(wishes(fresh_database)) == 1


def test_who_asks_again_on_a_later_day_and_did_not_confirm_is_mailed_again(
    client: FlaskClient, fresh_database: Database, settings: Settings
) -> None:
    """The mail of the first day may have been lost, or held back by the allowance."""
    ask(client)
    for _ in range(2):
        with clock.at(clock.now() + timedelta(days=1)):
            ask(client)
            messages = mails(fresh_database, settings)
    assert len(messages) == 2
    assert len(wishes(fresh_database)) == 1


@pytest.mark.parametrize(
    ("place", "email", "words"),
    [
        ("", NOOR, "naam van uw gemeente"),
        ("gemeente ", NOOR, "naam van uw gemeente"),
        ("W" * 61, NOOR, "60 tekens"),
        ("Waterdal", "noor", "adres"),
    ],
)
def test_what_is_wrong_is_told_and_kept(
    client: FlaskClient, fresh_database: Database, place: str, email: str, words: str
) -> None:
    page = ask(client, place, email)
    assert words in page
    assert f'value="{email}"' in page
    assert wishes(fresh_database) == []


def test_staff_see_where_people_wait(
    client: FlaskClient,
    fresh_database: Database,
    settings: Settings,
    committing: Committing,
    signed_in: SignIn,
) -> None:
    ask(client)
    client.post(link_of(mails(fresh_database, settings)[0]))
    with committing() as session:
        anna = with_role(session, "staff", "Anna Bakker")
    assert "Waterdal (1)" in signed_in(anna).get("/beheer/gebieden/gemeente").text


def test_another_name_of_the_municipality_comes_true_too(
    client: FlaskClient, fresh_database: Database, settings: Settings, committing: Committing
) -> None:
    ask(client, place="Gemeente Den Haag")
    client.post(link_of(mails(fresh_database, settings)[0]))
    assert len(mails(fresh_database, settings)) == 1
    ask(client, place="'s-Gravenhage")
    assert len(wishes(fresh_database)) == 1, "it is the same one"
    with committing():
        place = MunicipalityFactory(name="'s-Gravenhage", slug="s-gravenhage")
        NeighbourhoodFactory(municipality_id=place.id)
    tell_openings(Runtime(fresh_database, settings))
    assert mails(fresh_database, settings)[-1].template == "place_opened"
    assert wishes(fresh_database) == []


def test_a_wish_is_kept_no_longer_than_the_settings_say(
    client: FlaskClient, fresh_database: Database, settings: Settings
) -> None:
    ask(client)
    client.post(link_of(mails(fresh_database, settings)[0]))
    days = settings.retention.place_wish_days
    for age, number in ((days - 1, 1), (days + 1, 0)):
        with clock.at(clock.now() + timedelta(days=age)):
            tell_openings(Runtime(fresh_database, settings))
        assert len(wishes(fresh_database)) == number, age
