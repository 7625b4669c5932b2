"""What an initiator finds to print and share, and who else does not."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.pages import words
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Person
from voorjebuurt.settings import Settings


def made(committing: Committing, status: str = "live") -> tuple[Person, Campaign]:
    with committing() as session:
        person = PersonFactory()
        row: Campaign = CampaignFactory(status=status, slug="bomen", initiator=person)
        session.flush()
        session.refresh(row)
        session.expunge(row)
    return person, row


def test_everything_that_is_offered_is_there(
    signed_in: SignIn, committing: Committing, settings: Settings
) -> None:
    person, campaign = made(committing)
    browser = signed_in(person)
    desk = browser.get(f"/mijn/acties/{campaign.id}").text
    assert f"/mijn/acties/{campaign.id}/materiaal" in desk
    page = browser.get(f"/mijn/acties/{campaign.id}/materiaal").text
    paths = {unescape(at) for at in re.findall(r'(?:href|src)="(/acties/[^"]+)"', page)}
    assert len([path for path in paths if ".pdf" in path]) == 12
    assert len([path for path in paths if ".png" in path]) == 6
    for path in paths:
        assert browser.get(path).status_code == 200, path
    assert f"{settings.base_url}/a/{campaign.short_code}" in page
    frames = [unescape(code) for code in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)]
    assert len(frames) == 2
    for frame in frames:
        (path,) = re.findall(rf'src="{re.escape(settings.base_url)}([^"]+)"', frame)
        assert browser.get(unescape(path)).status_code == 200


@pytest.mark.parametrize("status", ["draft", "submitted", "succeeded", "cancelled"])
def test_without_gifts_there_is_nothing_to_print(
    signed_in: SignIn, committing: Committing, status: str
) -> None:
    person, campaign = made(committing, status)
    answer = signed_in(person).get(f"/mijn/acties/{campaign.id}/materiaal")
    assert answer.status_code == 200
    assert "Er is nu niets om af te drukken" in words(answer)
    assert ".pdf" not in answer.text


def test_it_is_the_initiators_alone(
    client: FlaskClient, signed_in: SignIn, committing: Committing
) -> None:
    _, campaign = made(committing)
    with committing():
        stranger = PersonFactory()
    path = f"/mijn/acties/{campaign.id}/materiaal"
    assert signed_in(stranger).get(path).status_code == 404
    assert client.get(path).status_code == 302


@pytest.mark.parametrize(("status", "shares"), [("live", True), ("succeeded", False)])
def test_who_gave_can_tell_others_while_it_helps(
    client: FlaskClient, committing: Committing, status: str, shares: bool
) -> None:
    _, campaign = made(committing, status)
    with committing():
        gift = PledgeFactory(campaign_id=campaign.id, status="booked", booked_at=clock.now())
    page = client.get(f"/giften/{gift.token}").text
    assert (f"/a/{campaign.short_code}" in page) is shares
    assert ("https://wa.me/" in page) is shares
