"""What an initiator does with a pitch on their desk, and what the desk shows of each state."""

import pytest
from flask.testing import FlaskClient

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.places import NeighbourhoodFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.pitch_screens import IDEA, stored
from voorjebuurt.campaigns.models import Campaign, ReviewNote
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.people.models import Person


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


def test_saving_and_stopping_leads_to_the_desk(draft: Campaign, author: FlaskClient) -> None:
    base = f"/mijn/acties/{draft.id}"

    answer = author.post(f"{base}/idee", data={**IDEA, "stop": "1"})

    assert answer.location == base
    assert "Een bank onder de linde" in author.get("/mijn/acties").text
    assert author.get(base).status_code == 200


def test_a_pitch_is_withdrawn_after_a_question(
    draft: Campaign, author: FlaskClient, fresh_database: Database
) -> None:
    address = f"/mijn/acties/{draft.id}/intrekken"
    assert author.get(address).status_code == 200
    assert stored(fresh_database, draft.id).status == "draft"

    author.post(address)

    assert stored(fresh_database, draft.id).status == "withdrawn"
    assert author.get(address).status_code == 302
    assert author.get(f"/mijn/acties/{draft.id}/idee").location == f"/mijn/acties/{draft.id}"


def test_the_initiator_answers_the_coach(
    committing: Committing, signed_in: SignIn, fresh_database: Database
) -> None:
    with committing() as session:
        person, coach = PersonFactory(), PersonFactory(name="Karim")
        campaign = CampaignFactory(status="submitted", initiator=person)
        note = ReviewNote(
            campaign_id=campaign.id,
            author_id=coach.id,
            kind="question",
            body="Van wie is de grond?",
            at=clock.now(),
        )
        session.add(note)
    browser = signed_in(person)
    base = f"/mijn/acties/{campaign.id}"
    assert "Van wie is de grond?" in browser.get(base).text

    empty = browser.post(f"{base}/antwoord", data={"body": " "})
    assert 'id="body-error"' in empty.text
    browser.post(f"{base}/antwoord", data={"body": "Van de kerk."})

    assert "Van de kerk." in browser.get(base).text


def test_the_desk_has_a_page_for_every_state(committing: Committing, signed_in: SignIn) -> None:
    with committing():
        person, area = PersonFactory(), NeighbourhoodFactory()
        campaigns = [
            CampaignFactory(
                status=status.value,
                initiator=person,
                neighbourhood=area,
                title=f"Actie {status.value}",
            )
            for status in CampaignStatus
        ]
    browser = signed_in(person)

    for campaign in campaigns:
        page = browser.get(f"/mijn/acties/{campaign.id}")
        assert page.status_code == 200, campaign.status
        assert campaign.title in page.text
        assert campaign.title in browser.get("/mijn/acties").text
