"""The pages by which a donor changes a gift that was paid, or takes it back."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories.campaigns import CampaignFactory
from tests.support.fixtures_site import Committing
from tests.support.gift_screens import rows
from tests.support.giving import paid, pledge
from tests.support.mailed_links import mailed_path
from tests.support.pages import words
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.payments.models import Refund
from voorjebuurt.pledges.models import Pledge

NL = {"Accept-Language": "nl"}
WORDS = {"name": "Noor V.", "name_public": "yes", "message": "Zet hem op!"}


@pytest.fixture
def gift(committing: Committing) -> Pledge:
    with committing() as session:
        deadline = clock.today() + timedelta(days=9)
        campaign = CampaignFactory(
            status="live", deadline_on=deadline, closes_at=clock.end_of_day(deadline)
        )
        return paid(session, campaign)[0]


def read(client: FlaskClient, gift: Pledge, path: str = "") -> str:
    return words(client.get(f"/giften/{gift.token}{path}", headers=NL))


def end_campaign(committing: Committing, gift: Pledge) -> None:
    with committing() as session:
        campaign = session.get_one(Campaign, gift.campaign_id)
        campaign.closes_at = clock.now() - timedelta(minutes=1)


def test_a_gift_is_taken_back_in_two_presses_and_its_page_says_where_it_is(
    client: FlaskClient, fresh_database: Database, gift: Pledge
) -> None:
    assert "Neem uw gift terug (tot en met" in read(client, gift)
    page = read(client, gift, "/terugnemen")
    assert "We sturen € 52 terug naar de rekening waarmee u betaalde." in page
    assert "Dat is uw gift en wat u extra gaf." in page
    for _ in range(2):  # Pressed twice, or in another tab.
        answer = client.post(f"/giften/{gift.token}/terugnemen", headers=NL, follow_redirects=True)
        assert "U nam uw gift terug." in words(answer)
        assert "€ 52 is naar u onderweg" in words(answer)
    (refund,) = rows(fresh_database, Refund)
    assert refund.amount_cents == 5200
    assert "Deze gift gaat al terug" in read(client, gift, "/terugnemen")
    assert "Neem uw gift terug" not in read(client, gift)


def test_after_the_last_day_it_stays_and_the_page_says_why(
    client: FlaskClient, committing: Committing, fresh_database: Database, gift: Pledge
) -> None:
    end_campaign(committing, gift)
    assert "Neem uw gift terug" not in read(client, gift)
    assert "Deze gift blijft bij de actie" in read(client, gift, "/terugnemen")
    answer = client.post(f"/giften/{gift.token}/terugnemen", headers=NL)
    assert "De laatste dag van de actie is voorbij." in words(answer)
    assert rows(fresh_database, Refund) == []


def test_what_was_not_paid_is_not_offered(client: FlaskClient, committing: Committing) -> None:
    with committing() as session:
        promise = pledge(session, CampaignFactory(status="live"))
    assert "Neem uw gift terug" not in read(client, promise)
    assert "Er is niets om terug te nemen" in read(client, promise, "/terugnemen")
    assert client.get("/giften/bestaat-niet/terugnemen").status_code == 404
    assert client.get("/giften/bestaat-niet/wijzigen").status_code == 404


def test_a_message_is_written_afterwards_and_the_name_changed(
    client: FlaskClient, fresh_database: Database, gift: Pledge
) -> None:
    assert "Schrijf een bericht of verander uw naam" in read(client, gift)
    answer = client.post(
        f"/giften/{gift.token}/wijzigen", data=WORDS, headers=NL, follow_redirects=True
    )
    assert "We hebben het veranderd." in words(answer)
    (row,) = rows(fresh_database, Pledge)
    assert (row.name, row.name_public, row.message) == ("Noor V.", True, "Zet hem op!")
    page = client.get(f"/acties/{page_slug(fresh_database, gift)}", headers=NL)
    assert "Zet hem op!" in page.text


def page_slug(database: Database, gift: Pledge) -> str:
    with database.reading() as session:
        return session.get_one(Campaign, gift.campaign_id).slug


def test_what_is_wrong_is_told_and_what_was_typed_stays(
    client: FlaskClient, fresh_database: Database, gift: Pledge
) -> None:
    answer = client.post(f"/giften/{gift.token}/wijzigen", data={**WORDS, "name": ""}, headers=NL)
    assert "Uw naam: vul uw naam in" in words(answer)
    assert "Zet hem op!" in answer.text
    (row,) = rows(fresh_database, Pledge)
    assert row.message == ""


def test_another_tab_that_changed_it_meanwhile_is_not_overwritten(
    client: FlaskClient, fresh_database: Database, gift: Pledge
) -> None:
    page = client.get(f"/giften/{gift.token}/wijzigen", headers=NL).text
    version = page.partition('name="version" value="')[2].partition('"')[0]
    assert version
    client.post(f"/giften/{gift.token}/wijzigen", data=WORDS, headers=NL)
    late = {**WORDS, "message": "Iets anders", "version": version}
    answer = client.post(f"/giften/{gift.token}/wijzigen", data=late, headers=NL)
    assert answer.status_code == 200
    assert "Iets anders" in answer.text, "what was typed is still there"
    (row,) = rows(fresh_database, Pledge)
    assert row.message == "Zet hem op!"


def test_who_gives_reads_it_before(
    client: FlaskClient, gift: Pledge, fresh_database: Database
) -> None:
    slug = page_slug(fresh_database, gift)
    form = words(client.get(f"/acties/{slug}/geef", headers=NL))
    assert "Tot die tijd staat uw geld apart en kunt u het terugnemen." in form
    terms = words(client.get("/voorwaarden", headers=NL))
    assert "Tot en met de laatste dag kunt u uw gift terugnemen" in terms


def test_another_address_is_asked_and_confirmed_by_a_button(
    client: FlaskClient, fresh_database: Database, gift: Pledge
) -> None:
    assert "Verander het e-mailadres van uw gift" in read(client, gift)
    path = f"/giften/{gift.token}/adres"
    same = client.post(path, data={"email": gift.email or ""}, headers=NL)
    assert "Uw gift heeft dit adres al." in words(same)
    answer = client.post(
        path, data={"email": "noor@elders.example"}, headers=NL, follow_redirects=True
    )
    assert "We hebben een link naar het nieuwe adres gemaild." in words(answer)
    with fresh_database.writing() as session:
        statement = select(MailMessage).where(MailMessage.template == "gift_address_confirm")
        link = mailed_path(session, session.scalars(statement).one())
    assert "noor@elders.example" in words(client.get(link, headers=NL))
    (row,) = rows(fresh_database, Pledge)
    assert row.email == gift.email, "scanners of mail follow links and press no buttons"
    page = client.post(link, headers=NL, follow_redirects=True)
    assert "Uw gift heeft nu dit adres." in words(page)
    assert client.get(f"/giften/{gift.token}").status_code == 404
    assert client.get(link, headers=NL).status_code == 404
    again = client.post(link, headers=NL)
    assert again.status_code == 404
    assert "Vind uw giften" in again.text
