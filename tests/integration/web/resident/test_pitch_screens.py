"""Writing a pitch in a browser without JavaScript: guest, steps, errors, handing in."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.places import MunicipalityFactory, NeighbourhoodFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.mailed_links import mailed_path
from tests.support.pitch_screens import IDEA, id_in, png, stored
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people.models import Person
from voorjebuurt.people.queries import email_of_open_link


@pytest.fixture
def draft(committing: Committing) -> Campaign:
    """A whole draft of somebody."""
    with committing():
        campaign: Campaign = CampaignFactory()
    return campaign


@pytest.fixture
def author(draft: Campaign, fresh_database: Database, signed_in: SignIn) -> FlaskClient:
    """A browser in which the draft's initiator is signed in."""
    with fresh_database.reading() as session:
        person = session.get_one(Person, draft.initiator_id)
    return signed_in(person)


def test_a_browser_that_began_a_draft_is_shown_the_way_back(
    client: FlaskClient, committing: Committing, app: Flask
) -> None:
    with committing():
        NeighbourhoodFactory()
    assert "U hebt een concept" not in client.get("/").text
    path = f"/mijn/acties/{id_in(client.post('/mijn/acties/nieuw', data=IDEA))}/controleren"
    for page in ("/", "/mijn/acties/nieuw"):
        text = client.get(page).text
        assert "U hebt een concept" in text
        assert f'href="{path}"' in text
    assert client.get(path).status_code == 200
    assert "U hebt een concept" not in app.test_client().get("/").text


def test_one_mail_and_one_press_lead_back_to_a_draft(
    client: FlaskClient, committing: Committing, app: Flask, fresh_database: Database
) -> None:
    with committing():
        NeighbourhoodFactory()
    campaign_id = id_in(client.post("/mijn/acties/nieuw", data=IDEA))
    with fresh_database.writing() as session:
        statement = select(MailMessage).where(MailMessage.template == "campaign_draft")
        message = session.scalars(statement).one()
        path = mailed_path(session, message)
    other_browser = app.test_client()
    other_browser.environ_base.update(client.environ_base)
    assert other_browser.get(path).status_code == 200
    question = other_browser.post(path).location
    assert question.startswith("/mijn/profiel"), "on another device nobody knows who types"
    form = {"name": "Els de Wit", "locale": "nl", "volgende": f"/mijn/acties/{campaign_id}"}
    answer = other_browser.post(question, data=form)
    assert answer.location == f"/mijn/acties/{campaign_id}"
    assert "Els de Wit" in other_browser.get(f"/mijn/acties/{campaign_id}").text
    assert message.context["page_path"] == answer.location, "and for later, without a secret"
    with fresh_database.reading() as session, clock.at(clock.now() + timedelta(days=8)):
        assert email_of_open_link(session, path.rpartition("/")[2]) is None
    assert app.test_client().post(path).location is None, "it works once"


def test_who_is_signed_in_sees_own_drafts_where_campaigns_begin(
    author: FlaskClient, draft: Campaign
) -> None:
    assert f"/mijn/acties/{draft.id}/controleren" in author.get("/mijn/acties/nieuw").text


def test_a_guest_writes_a_whole_pitch(
    client: FlaskClient, committing: Committing, fresh_database: Database, signed_in: SignIn
) -> None:
    with committing():
        neighbourhood = NeighbourhoodFactory(name="Bloemenbuurt")

    first_answer = client.post("/mijn/acties/nieuw", data=IDEA)
    campaign_id = id_in(first_answer)
    base = f"/mijn/acties/{campaign_id}"
    assert first_answer.location == f"{base}/waar"
    assert "Bloemenbuurt" in client.get(f"{base}/waar").text
    place_answer = client.post(
        f"{base}/waar", data={"neighbourhood": str(neighbourhood.id), "location": "Plein"}
    )
    assert place_answer.location == f"{base}/begroting"
    client.post(
        f"{base}/begroting",
        data={
            "lines-0-what": "Bank",
            "lines-0-amount": "350,50",
            "goal": "",
            "kind": "all_or_nothing",
            "deadline": (clock.today() + timedelta(days=20)).isoformat(),
        },
    )
    story_answer = client.post(
        f"{base}/verhaal",
        data={
            "story": "Het is er warm.",
            "picture": (png(), "linde.png"),
            "picture_alt": "Een boom",
            "worse_off": "Niemand.",
            "leftovers": "Verf.",
        },
    )
    assert story_answer.location == f"{base}/controleren"
    check = client.get(f"{base}/controleren").text
    assert "els@voorbeeld.example" in check
    assert f"{base}/indienen" not in check

    # Not signed in: the pitch can't be handed in, but a link comes by mail.
    assert "/inloggen" in client.post(f"{base}/indienen").location
    client.post(f"{base}/aanmelden")
    with fresh_database.reading() as session:
        mails = session.execute(select(MailMessage.template, MailMessage.recipient)).all()
        person = session.scalars(select(Person)).one()
    assert sorted(tuple(mail) for mail in mails) == [
        ("campaign_draft", "els@voorbeeld.example"),
        ("sign_in", "els@voorbeeld.example"),
    ]
    assert (person.name, person.verified_at) == ("", None), "perhaps it is another’s address"

    browser = signed_in(person)
    assert browser.get(f"{base}/controleren").status_code == 404, "the address is not confirmed"
    with fresh_database.writing() as session:
        signing_in = select(MailMessage).where(MailMessage.template == "sign_in")
        link = mailed_path(session, session.scalars(signing_in).one())
    question = browser.post(link).location
    assert question.startswith("/mijn/profiel")
    profile = {"name": "Els de Wit", "locale": "nl", "volgende": f"{base}/controleren"}
    assert browser.post(question, data=profile).location == f"{base}/controleren"
    assert f"{base}/indienen" in browser.get(f"{base}/controleren").text
    assert browser.post(f"{base}/indienen").location == base
    campaign = stored(fresh_database, campaign_id)
    assert (campaign.status, campaign.goal_cents) == ("submitted", 35_050)
    assert client.get(f"{base}/idee").status_code == 302  # the guest's browser is out


def test_a_guest_needs_a_name_and_an_address_and_loses_nothing(
    client: FlaskClient, committing: Committing, fresh_database: Database
) -> None:
    with committing():
        MunicipalityFactory()

    page = client.post("/mijn/acties/nieuw", data={**IDEA, "email": "geen adres", "name": ""})

    assert page.status_code == 200
    assert "Een bank onder de linde" in page.text
    assert "geen adres" in page.text
    assert 'id="email-error"' in page.text
    assert 'id="name-error"' in page.text
    with fresh_database.reading() as session:
        assert session.scalars(select(Campaign)).all() == []


def test_another_browser_can_not_reach_a_draft(
    draft: Campaign, client: FlaskClient, committing: Committing, signed_in: SignIn
) -> None:
    with committing():
        stranger = PersonFactory()
    base = f"/mijn/acties/{draft.id}"

    for path in ("idee", "waar", "begroting", "verhaal", "controleren", "voorbeeld"):
        assert "/inloggen" in client.get(f"{base}/{path}").location
        assert signed_in(stranger).get(f"{base}/{path}").status_code == 404


def test_with_more_municipalities_one_is_chosen(
    client: FlaskClient, committing: Committing, fresh_database: Database
) -> None:
    with committing():
        MunicipalityFactory(name="Aalsmeer")
        town = MunicipalityFactory(name="Zeist")

    assert "Zeist" in client.get("/mijn/acties/nieuw").text
    answer = client.post("/mijn/acties/nieuw", data={**IDEA, "municipality": str(town.id)})

    assert stored(fresh_database, id_in(answer)).municipality_id == town.id
    wrong_answer = client.post("/mijn/acties/nieuw", data={**IDEA, "municipality": "x"})
    assert wrong_answer.status_code == 200


def test_what_is_missing_is_listed_with_a_way_to_mend_it(
    author: FlaskClient, draft: Campaign, fresh_database: Database
) -> None:
    base = f"/mijn/acties/{draft.id}"
    author.post(f"{base}/waar", data={"neighbourhood": "", "location": ""})

    check = author.get(f"{base}/controleren").text
    assert f"{base}/waar?controle=1#neighbourhood" in check
    assert f"{base}/indienen" not in check
    answer = author.post(f"{base}/indienen", follow_redirects=True)
    assert "nog niet compleet" in answer.text

    story_answer = author.post(
        f"{base}/waar?controle=1", data={"neighbourhood": str(draft.neighbourhood_id)}
    )
    assert story_answer.location == f"{base}/controleren"
    assert author.post(f"{base}/indienen").location == base
    assert stored(fresh_database, draft.id).status == "submitted"
