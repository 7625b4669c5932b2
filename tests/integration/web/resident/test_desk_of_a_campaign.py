"""What an initiator reads is true of that day: the bank account, the steps of a pitch."""

import re
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from tests.support.factories import payouts as make
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.fixtures_site import Committing, SignIn
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.people.models import Person

STEPS = ("idee", "waar", "begroting", "verhaal")


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("none", "Geef op naar welke rekening"),
        ("submitted", "We controleren uw rekening."),
        ("verified", "Wij hebben uw rekening goedgekeurd."),
    ],
)
def test_the_desk_says_how_far_the_bank_account_is(
    committing: Committing, signed_in: SignIn, state: str, sentence: str
) -> None:
    with committing() as session:
        case = make.payable_campaign(session)
        if state == "submitted":
            make.submit(session, case)
        if state == "verified":
            make.verified(session, case)
        initiator = session.get_one(Person, case.initiator.person_id)
    page = signed_in(initiator).get(f"/mijn/acties/{case.campaign.id}?taal=nl").text
    assert sentence in page
    assert ("We controleren uw rekening." in page) is (state == "submitted")


def marks(browser: FlaskClient, campaign_id: UUID, step: str) -> list[bool]:
    """Of each earlier step whether it is marked as done."""
    page = browser.get(f"/mijn/acties/{campaign_id}/{step}?taal=nl").text
    items = re.findall(r'<li class="(vjb-steps__step[^"]*)"', page)
    current = next(n for n, classes in enumerate(items) if "--current" in classes)
    return ["--done" in classes for classes in items[:current]]


def test_a_step_that_lacks_something_is_not_marked_as_done(
    committing: Committing, signed_in: SignIn
) -> None:
    with committing():
        person = PersonFactory()
        campaign: Campaign = CampaignFactory(initiator=person)
        campaign.neighbourhood_id = None
        campaign.budget.clear()
    browser = signed_in(person)
    for number, step in enumerate(STEPS):
        assert len(marks(browser, campaign.id, step)) == number
    assert marks(browser, campaign.id, "verhaal") == [True, False, False]
