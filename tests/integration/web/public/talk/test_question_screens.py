"""Questions on the screens: asked by mail, answered by initiator or coach, hidden by staff."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.jobs import run_jobs
from tests.support.pages import words
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.questions.models import CampaignQuestion
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people.models import Person
from voorjebuurt.settings import Settings

NOOR = "noor@voorbeeld.example"
NL = {"Accept-Language": "nl"}
QUESTION, ANSWER = "Wie geeft de planten water?", "Twaalf gezinnen, om de beurt."


@pytest.fixture
def initiator(committing: Committing) -> Person:
    with committing():
        return PersonFactory()


@pytest.fixture
def campaign(committing: Committing, initiator: Person) -> Campaign:
    with committing():
        return CampaignFactory(status="live", title="Bomen", initiator=initiator)


@pytest.fixture
def link(
    client: FlaskClient, campaign: Campaign, fresh_database: Database, settings: Settings
) -> str:
    """The mailed link of a question that was asked."""
    form = {"text": QUESTION, "name": "Noor", "email": NOOR}
    reply = client.post(
        f"/acties/{campaign.slug}/vraag", data=form, headers=NL, follow_redirects=True
    )
    assert "We hebben u een link gemaild." in words(reply)
    run_jobs(fresh_database, settings)
    with fresh_database.reading() as session:
        mail = session.scalars(
            select(MailMessage).where(MailMessage.template == "campaign_question_confirm")
        ).one()
    assert "planten" not in (mail.text or ""), "what somebody typed goes to nobody unconfirmed"
    return str(re.findall(r"/vragen/[^\s\"]+", mail.text or "")[0])


def question_id(database: Database) -> str:
    with database.reading() as session:
        return str(session.scalars(select(CampaignQuestion.id)).one())


def test_from_asking_to_an_answer_that_everybody_reads(
    client: FlaskClient,
    campaign: Campaign,
    initiator: Person,
    link: str,
    signed_in: SignIn,
    fresh_database: Database,
) -> None:
    page = f"/acties/{campaign.slug}"
    assert QUESTION not in words(client.get(page, headers=NL)), "nobody confirmed it"
    assert "Uw vraag op de pagina zetten?" in words(client.get(link, headers=NL))
    for _ in range(2):
        reply = client.post(link, headers=NL, follow_redirects=True)
        assert "De initiatiefnemer heeft uw vraag." in words(reply)
    public = client.get(page, headers=NL)
    assert QUESTION in words(public)
    assert "Nog geen antwoord" in words(public)
    assert NOOR not in public.text
    own = signed_in(initiator)
    assert "Vragen (1 wacht)" in words(own.get(f"/mijn/acties/{campaign.id}", headers=NL))
    path = f"/mijn/acties/{campaign.id}/vragen/{question_id(fresh_database)}"
    assert NOOR not in own.get(path, headers=NL).text
    reply = own.post(path, data={"answer": ANSWER}, headers=NL, follow_redirects=True)
    assert "Uw antwoord staat op de pagina." in words(reply)
    for address in (page, f"{page}/vragen", link):
        assert ANSWER in words(client.get(address, headers=NL))


def test_who_asked_removes_it_with_one_press(
    client: FlaskClient, campaign: Campaign, link: str
) -> None:
    client.post(link)
    reply = client.post(f"{link}/verwijderen", headers=NL, follow_redirects=True)
    assert "Uw vraag is verwijderd." in words(reply)
    assert QUESTION not in words(client.get(f"/acties/{campaign.slug}", headers=NL))
    assert client.get(link).status_code == 404
    assert client.post(f"{link}/verwijderen").status_code == 404


def test_a_coach_sees_what_waits_and_answers(
    client: FlaskClient,
    committing: Committing,
    campaign: Campaign,
    link: str,
    signed_in: SignIn,
    fresh_database: Database,
) -> None:
    client.post(link)
    with committing():
        person = PersonFactory()
        RoleGrantFactory(person_id=person.id, role="coach")
    browser = signed_in(person)
    assert QUESTION in words(browser.get("/coach/vragen", headers=NL))
    path = f"/coach/vragen/{question_id(fresh_database)}"
    browser.post(path, data={"answer": ANSWER}, headers=NL)
    assert "Elke vraag heeft een antwoord" in words(browser.get("/coach/vragen", headers=NL))
    public = words(client.get(f"/acties/{campaign.slug}", headers=NL))
    assert "Beantwoord door een coach" in public


def test_staff_hide_it_and_show_it_again(
    client: FlaskClient,
    committing: Committing,
    campaign: Campaign,
    link: str,
    signed_in: SignIn,
    fresh_database: Database,
) -> None:
    client.post(link)
    with committing():
        person = PersonFactory()
        RoleGrantFactory(person_id=person.id, role="staff")
    browser, question_path = signed_in(person), f"/beheer/vragen/{question_id(fresh_database)}"
    home = f"/beheer/acties/{campaign.id}/vragen"
    assert QUESTION in words(browser.get(home, headers=NL))
    form = {"reason": "Noemt een buurvrouw."}
    browser.post(f"{question_path}/verbergen", data=form, headers=NL)
    assert QUESTION not in words(client.get(f"/acties/{campaign.slug}", headers=NL))
    assert "Noemt een buurvrouw." in words(client.get(link, headers=NL))
    browser.post(f"{question_path}/tonen")
    assert QUESTION in words(client.get(f"/acties/{campaign.slug}", headers=NL))


def test_a_question_of_another_campaign_is_not_there(
    client: FlaskClient,
    committing: Committing,
    link: str,
    signed_in: SignIn,
    fresh_database: Database,
) -> None:
    client.post(link)
    with committing():
        person = PersonFactory()
        other = CampaignFactory(status="live", initiator=person)
    path = f"/mijn/acties/{other.id}/vragen/{question_id(fresh_database)}"
    assert signed_in(person).get(path).status_code == 404
