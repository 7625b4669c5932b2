"""The coach's screens."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.fixtures_site import Committing, SignIn
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.db import Database
from voorjebuurt.people.models import Person


@pytest.fixture
def coach(committing: Committing) -> Person:
    with committing():
        person: Person = PersonFactory(name="Karim")
        RoleGrantFactory(person_id=person.id, role="coach")
    return person


@pytest.fixture
def pitch(committing: Committing) -> Campaign:
    with committing():
        campaign: Campaign = CampaignFactory(status="submitted", title="Moestuin")
    return campaign


@pytest.fixture
def browser(coach: Person, signed_in: SignIn) -> FlaskClient:
    return signed_in(coach)


def status_of(database: Database, campaign: Campaign) -> str:
    with database.reading() as session:
        return session.scalars(select(Campaign.status).where(Campaign.id == campaign.id)).one()


def test_from_queue_to_live(
    browser: FlaskClient, pitch: Campaign, fresh_database: Database, client: FlaskClient
) -> None:
    assert f"/coach/acties/{pitch.id}" in browser.get("/coach/acties").text
    page = browser.get(f"/coach/acties/{pitch.id}").text
    assert "Er verdwijnt een parkeerplek" in page

    answer = browser.post(f"/coach/acties/{pitch.id}/goedkeuren", follow_redirects=True)

    assert "De actie staat op de website." in answer.text
    assert status_of(fresh_database, pitch) == "live"
    assert client.get("/acties/moestuin").status_code == 200


def test_a_question_a_return_and_a_rejection_need_words(
    browser: FlaskClient, pitch: Campaign, fresh_database: Database
) -> None:
    base = f"/coach/acties/{pitch.id}"
    for act in ("vraag", "terugsturen", "afwijzen"):
        answer = browser.post(f"{base}/{act}", data={"body": " "})
        assert 'id="body-error"' in answer.text
    assert status_of(fresh_database, pitch) == "submitted"

    browser.post(f"{base}/vraag", data={"body": "Hoe zit het?"})
    assert "Hoe zit het?" in browser.get(base).text
    browser.post(f"{base}/terugsturen", data={"body": "De begroting mist iets."})
    assert status_of(fresh_database, pitch) == "returned"
    late = browser.post(f"{base}/afwijzen", data={"body": "Toch niet."})
    assert late.status_code == 200
    assert status_of(fresh_database, pitch) == "returned"


def test_rejecting_is_final(
    browser: FlaskClient, pitch: Campaign, fresh_database: Database
) -> None:
    browser.post(f"/coach/acties/{pitch.id}/afwijzen", data={"body": "Dit is een bedrijf."})

    assert status_of(fresh_database, pitch) == "rejected"
    assert "afwijzen" not in browser.get(f"/coach/acties/{pitch.id}").text


def test_a_coach_can_look_at_but_not_judge_their_own_plan(
    coach: Person, browser: FlaskClient, committing: Committing, fresh_database: Database
) -> None:
    with committing() as session:
        session.add(coach)
        own = CampaignFactory(status="submitted", initiator=coach)
    base = f"/coach/acties/{own.id}"

    page = browser.get(base).text
    assert "goedkeuren" not in page
    assert "Uw eigen plan" in browser.get("/coach/acties").text
    for act in ("vraag", "terugsturen", "afwijzen", "goedkeuren"):
        browser.post(f"{base}/{act}", data={"body": "Prachtig"})
    assert status_of(fresh_database, own) == "submitted"


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_what_was_not_handed_in_is_not_for_coaches(
    browser: FlaskClient, committing: Committing, status: str
) -> None:
    with committing():
        campaign = CampaignFactory(status=status)

    assert browser.get(f"/coach/acties/{campaign.id}").status_code == 404


def test_an_empty_queue_says_so(browser: FlaskClient) -> None:
    assert "Niets te lezen" in browser.get("/coach/acties").text


def test_who_is_no_coach_stays_out(
    pitch: Campaign, client: FlaskClient, committing: Committing, signed_in: SignIn
) -> None:
    with committing():
        staff = PersonFactory()
        RoleGrantFactory(person_id=staff.id, role="staff")

    assert "/inloggen" in client.get("/coach/acties").location
    assert signed_in(staff).get(f"/coach/acties/{pitch.id}").status_code == 403
    answer = signed_in(staff).post(f"/coach/acties/{pitch.id}/goedkeuren", data={"body": ""})
    assert answer.status_code == 403


def test_the_words_of_the_second_coach_are_not_lost(
    browser: FlaskClient, pitch: Campaign, committing: Committing
) -> None:
    with committing() as session:
        session.get_one(Campaign, pitch.id).status = "returned"
    answer = browser.post(f"/coach/acties/{pitch.id}/terugsturen", data={"body": "Lang verhaal."})
    assert "Lang verhaal." in answer.text
    assert "vjb-error-summary" in answer.text
