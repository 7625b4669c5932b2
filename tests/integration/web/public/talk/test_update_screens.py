"""Updates on the screens: from writing to reading, for everybody, for donors, and for staff."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.browser.people import photo
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.jobs import run_jobs
from tests.support.pages import words
from tests.support.updates import FOR_DONORS, NEWS, publish_update
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.tasks import sweep_pictures
from voorjebuurt.campaigns.updates.models import CampaignUpdate
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people.models import Person
from voorjebuurt.settings import Settings

NOOR = "noor@voorbeeld.example"
NL = {"Accept-Language": "nl"}
FORM = {"title": NEWS.title, "body": "Ze komen **in mei**. <b>!</b>", "audience": "everybody"}


@pytest.fixture
def initiator(committing: Committing) -> Person:
    with committing():
        return PersonFactory()


@pytest.fixture
def campaign(committing: Committing, initiator: Person) -> Campaign:
    with committing():
        return CampaignFactory(status="live", title="Bomen", initiator=initiator)


def only_update(database: Database) -> CampaignUpdate:
    with database.reading() as session:
        return session.scalars(select(CampaignUpdate)).one()


def test_from_writing_to_the_mail_and_the_page(
    client: FlaskClient,
    committing: Committing,
    campaign: Campaign,
    initiator: Person,
    signed_in: SignIn,
    fresh_database: Database,
    settings: Settings,
) -> None:
    with committing() as session:
        PledgeFactory(campaign=campaign, email=NOOR)
        confirm_address(session, email=NOOR, means=Means.PAYMENT)
    browser, home = signed_in(initiator), f"/mijn/acties/{campaign.id}/nieuws"
    assert "U hebt nog niets verteld" in words(browser.get(home, headers=NL))
    preview = browser.post(f"{home}/nieuw", data=FORM, headers=NL, follow_redirects=True)
    assert "Zo ziet uw bericht eruit." in words(preview)
    assert "We mailen het aan 1 persoon." in words(preview)
    public = f"/acties/{campaign.slug}"
    assert NEWS.title not in words(client.get(public, headers=NL))
    page = f"{home}/{only_update(fresh_database).id}"
    for _ in range(2):
        reply = browser.post(page, headers=NL, follow_redirects=True)
        assert "Uw nieuwsbericht staat op de pagina." in words(reply)
    run_jobs(fresh_database, settings)
    with fresh_database.reading() as session:
        (mail,) = session.scalars(
            select(MailMessage).where(MailMessage.template == "campaign_update")
        )
    assert (mail.recipient, mail.sent_at is not None) == (NOOR, True)
    unsubscribe = re.findall(r"/afmelden/[^\s\"]+", mail.text or "")[0]
    assert NEWS.title in words(client.get(public, headers=NL))
    assert NEWS.title in words(client.get(f"{public}/nieuws", headers=NL))
    update = client.get(f"{public}/nieuws/1", headers=NL)
    assert "<strong>in mei</strong>" in update.text
    assert "<b>!</b>" not in update.text
    assert f'rel="canonical" href="http://localhost{public}/nieuws/1"' in update.text
    assert client.post(unsubscribe).status_code == 200


def test_a_picture_stays_whatever_else_is_wrong_and_is_not_swept(
    campaign: Campaign,
    initiator: Person,
    signed_in: SignIn,
    fresh_database: Database,
    settings: Settings,
) -> None:
    browser, home = signed_in(initiator), f"/mijn/acties/{campaign.id}/nieuws"
    picture = (BytesIO(photo()["buffer"]), "hout.jpg")
    form = {**FORM, "title": "", "picture": picture, "picture_alt": "Een stapel hout"}
    reply = browser.post(f"{home}/nieuw", data=form, headers=NL)
    assert "Schrijf in een paar woorden wat het nieuws is." in words(reply)
    key = re.findall(r'name="picture_key"[^>]*value="([^"]+)"', reply.text)[0]
    form = {**FORM, "picture_key": key, "picture_alt": "Een stapel hout"}
    browser.post(f"{home}/nieuw", data=form, headers=NL)
    browser.post(f"{home}/{only_update(fresh_database).id}")
    with clock.at(clock.now() + timedelta(days=30)):
        sweep_pictures(Runtime(fresh_database, settings))
    page = browser.get(f"/acties/{campaign.slug}/nieuws/1", headers=NL)
    assert 'alt="Een stapel hout"' in page.text
    assert browser.get(f"/beelden/{key}-480.jpg").status_code == 200


def test_a_correction_is_told_on_its_page(
    client: FlaskClient,
    committing: Committing,
    campaign: Campaign,
    initiator: Person,
    signed_in: SignIn,
) -> None:
    with committing() as session:
        update = publish_update(session, session.get_one(Campaign, campaign.id))
    browser = signed_in(initiator)
    path = f"/mijn/acties/{campaign.id}/nieuws/{update.id}/bewerken"
    assert "Iedereen ziet wat u verbetert" in words(browser.get(path, headers=NL))
    form = {"title": NEWS.title, "body": "Ze komen in juni.", "audience": "donors"}
    browser.post(path, data=form, headers=NL)
    page = words(client.get(f"/acties/{campaign.slug}/nieuws/1", headers=NL))
    assert "Ze komen **in mei**." in page
    assert "Ze komen in juni." in page


def test_news_for_donors_is_read_with_the_link_of_a_gift_that_counts(
    client: FlaskClient, committing: Committing, campaign: Campaign
) -> None:
    with committing() as session:
        publish_update(session, session.get_one(Campaign, campaign.id), FOR_DONORS)
        gift = PledgeFactory(campaign=campaign, email=NOOR)
        back = PledgeFactory(campaign=campaign, email="ali@voorbeeld.example", status="refunded")
    public = f"/acties/{campaign.slug}"
    for path in (public, f"{public}/nieuws"):
        assert FOR_DONORS.title not in words(client.get(path, headers=NL))
    assert client.get(f"{public}/nieuws/1").status_code == 404
    assert FOR_DONORS.title in words(client.get(f"/giften/{gift.token}/nieuws", headers=NL))
    assert FOR_DONORS.title not in words(client.get(f"/giften/{back.token}/nieuws", headers=NL))
    assert client.get(f"/giften/{'x' * 43}/nieuws").status_code == 404


def test_taking_back_asks_first_and_is_quiet_the_second_time(
    client: FlaskClient,
    committing: Committing,
    campaign: Campaign,
    initiator: Person,
    signed_in: SignIn,
) -> None:
    with committing() as session:
        update = publish_update(session, session.get_one(Campaign, campaign.id))
    browser = signed_in(initiator)
    path = f"/mijn/acties/{campaign.id}/nieuws/{update.id}/terugnemen"
    assert "Mails die al verstuurd zijn" in words(browser.get(path, headers=NL))
    for _ in range(2):
        reply = browser.post(path, headers=NL, follow_redirects=True)
        assert "Bericht teruggenomen" in words(reply)
    assert client.get(f"/acties/{campaign.slug}/nieuws/1").status_code == 404


def test_staff_hide_it_and_the_initiator_reads_why(
    client: FlaskClient,
    committing: Committing,
    campaign: Campaign,
    initiator: Person,
    signed_in: SignIn,
) -> None:
    with committing() as session:
        update = publish_update(session, session.get_one(Campaign, campaign.id))
        staff = PersonFactory()
        RoleGrantFactory(person_id=staff.id, role="staff")
    browser, home = signed_in(staff), f"/beheer/acties/{campaign.id}/nieuws"
    assert NEWS.title in words(browser.get(home, headers=NL))
    form = {"reason": "Noemt een buurvrouw."}
    reply = browser.post(
        f"{home}/{update.id}/verbergen", data=form, headers=NL, follow_redirects=True
    )
    assert "Het is verborgen." in words(reply)
    assert client.get(f"/acties/{campaign.slug}/nieuws/1").status_code == 404
    own = signed_in(initiator).get(f"/mijn/acties/{campaign.id}/nieuws", headers=NL)
    assert "Noemt een buurvrouw." in words(own)
    browser.post(f"{home}/{update.id}/tonen")
    assert client.get(f"/acties/{campaign.slug}/nieuws/1").status_code == 200


@pytest.mark.parametrize("number", ["0", "2", "x", "99999999999999999999", "1e3", "٣"])
def test_a_number_that_there_is_not_is_no_page(
    client: FlaskClient, committing: Committing, campaign: Campaign, number: str
) -> None:
    with committing() as session:
        publish_update(session, session.get_one(Campaign, campaign.id))
    assert client.get(f"/acties/{campaign.slug}/nieuws/{number}").status_code == 404


def test_an_update_of_another_campaign_is_not_there(
    committing: Committing, campaign: Campaign, initiator: Person, signed_in: SignIn
) -> None:
    with committing() as session:
        other = publish_update(session, CampaignFactory(status="live"))
    home = f"/mijn/acties/{campaign.id}/nieuws/{other.id}"
    browser = signed_in(initiator)
    for path in (home, f"{home}/bewerken", f"{home}/terugnemen"):
        assert browser.get(path).status_code == 404
