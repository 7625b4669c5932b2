"""Thanking donors on the screens, and staff who stop it."""

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.pages import words
from voorjebuurt.kernel.db import Database
from voorjebuurt.pledges.thanks.queries import thanks_of

NL = {"Accept-Language": "nl"}
WORDS = "Dank u wel, namens de hele straat."


def test_an_initiator_thanks_one_and_all_and_staff_stop_it(
    committing: Committing, signed_in: SignIn, fresh_database: Database
) -> None:
    with committing():
        person, staff = PersonFactory(), PersonFactory()
        RoleGrantFactory(person_id=staff.id, role="staff")
        campaign = CampaignFactory(status="live", initiator=person)
        gift = PledgeFactory(campaign=campaign, email="noor@voorbeeld.example", name="Noor Visser")
    browser, path = signed_in(person), f"/mijn/acties/{campaign.id}/bedanken"
    page = browser.get(path, headers=NL)
    assert "Iedereen die gaf (1)" in words(page)
    assert "noor@" not in page.text
    for _ in range(2):
        form = {"to": "all", "body": WORDS}
        reply = browser.post(path, data=form, headers=NL, follow_redirects=True)
        assert "Uw bedankje is onderweg." in words(reply)
    form = {"to": str(gift.id), "body": "Dank voor uw gift."}
    browser.post(path, data=form, headers=NL)
    wrong = browser.post(path, data={"to": "x", "body": ""}, headers=NL)
    assert "Schrijf uw bedankje." in words(wrong)
    with fresh_database.reading() as session:
        rows = thanks_of(session, campaign.id, limit=9)
    assert [row.body for row in rows] == ["Dank voor uw gift.", WORDS]
    desk = signed_in(staff)
    assert WORDS in words(desk.get(f"/beheer/acties/{campaign.id}/nieuws", headers=NL))
    stop = f"/beheer/bedankjes/{rows[1].id}/verbergen"
    assert WORDS in words(desk.get(stop, headers=NL))
    desk.post(stop, data={"reason": "Reclame."}, headers=NL)
    assert "Reclame." in words(browser.get(path, headers=NL))
