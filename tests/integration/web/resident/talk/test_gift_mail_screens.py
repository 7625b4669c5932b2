"""Choosing how often mails about gifts come."""

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.pages import words
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail.cadences import Cadence
from voorjebuurt.pledges.gift_news import gift_cadence

NL = {"Accept-Language": "nl"}


def test_an_initiator_chooses_and_sees_the_choice(
    committing: Committing, signed_in: SignIn, fresh_database: Database
) -> None:
    with committing():
        person = PersonFactory()
        campaign = CampaignFactory(status="live", initiator=person)
    browser, path = signed_in(person), f"/mijn/acties/{campaign.id}/mails"
    assert "Mails over giften" in words(browser.get(f"/mijn/acties/{campaign.id}", headers=NL))
    assert "Hoe vaak wilt u horen over nieuwe giften?" in words(browser.get(path, headers=NL))
    for _ in range(2):
        reply = browser.post(path, data={"cadence": "never"}, headers=NL, follow_redirects=True)
        assert "Uw keuze is opgeslagen." in words(reply)
    with fresh_database.reading() as session:
        assert gift_cadence(session, person.id) is Cadence.NEVER
    wrong = browser.post(path, data={}, headers=NL)
    assert "Kies hoe vaak." in words(wrong)
