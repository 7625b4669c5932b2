"""The screens of gifts in somebody's name, or for somebody."""

import re
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories.campaigns import CampaignFactory
from tests.support.fixtures_site import Committing
from tests.support.gift_screens import SendForm, form_of, rows
from tests.support.giving import give_back, paid
from tests.support.mailed_links import mailed_path
from tests.support.pages import words
from voorjebuurt.campaigns.follow.models import Follow
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.pledges.dedications.choosing import dedicate
from voorjebuurt.pledges.dedications.models import Dedication
from voorjebuurt.pledges.dedications.presents import TEMPLATE, tell_next_presents
from voorjebuurt.pledges.dedications.rules import DedicationKind, DedicationWish
from voorjebuurt.pledges.models import Pledge

NL = {"Accept-Language": "nl"}
MEMORY = {
    "dedication": "memory",
    "dedication_name": "Oma Riet",
    "dedication_words": "Zij hield van dit plein.",
    "dedication_on_page": "y",
}


@pytest.fixture
def last_day() -> date:
    return clock.today() + timedelta(days=9)


@pytest.fixture
def campaign(committing: Committing, last_day: date) -> Campaign:
    with committing():
        return CampaignFactory(
            status="live",
            title="Bomen op het plein",
            deadline_on=last_day,
            closes_at=clock.end_of_day(last_day),
        )


@pytest.fixture
def form(client: FlaskClient, campaign: Campaign) -> SendForm:
    return form_of(client, campaign)


def gift_of(committing: Committing, campaign: Campaign, wish: DedicationWish) -> Pledge:
    with committing() as session:
        gift = paid(session, session.get_one(Campaign, campaign.id))[0]
        dedicate(session, pledge=gift, wish=wish)
        return gift


def test_it_is_one_folded_block_in_the_form_of_a_gift(
    client: FlaskClient, campaign: Campaign
) -> None:
    page = client.get(f"/acties/{campaign.slug}/geef", headers=NL).text
    assert '<details class="vjb-more" id="dedication-fold">' in page
    assert "Geef namens een ander, of als cadeau" in page


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
    form: SendForm, fresh_database: Database
) -> None:
    answer = form(
        dedication="memory", dedication_name="", dedication_words="Zij hield", company_number="12"
    )
    assert '<details class="vjb-more" id="dedication-fold" open>' in answer.text
    assert "This is for a group or firm only." in answer.text
    assert "Zij hield" in answer.text
    answer = form(dedication="group", dedication_name="", company_number="12")
    assert "Enter the name of the group, firm or person." in answer.text
    assert 'value="12"' in answer.text
    answer = form(dedication_name="Bakkerij Visser")
    assert "Choose what this name is for" in answer.text
    answer = form(dedication="a-forged-choice", dedication_name="Bakkerij Visser")
    assert "Choose what this name is for" in answer.text
    assert rows(fresh_database, Pledge) == []


def test_a_group_needs_no_name_of_a_person(form: SendForm, fresh_database: Database) -> None:
    form(name="", dedication="group", dedication_name="Bakkerij Visser", company_number="12345678")
    (row,) = rows(fresh_database, Dedication)
    assert (row.kind, row.name, row.company_number) == ("group", "Bakkerij Visser", "12345678")


def test_a_gift_that_is_not_paid_yet_is_corrected_with_all_of_it(
    client: FlaskClient, form: SendForm, campaign: Campaign, fresh_database: Database
) -> None:
    form(**MEMORY)
    (gift,) = rows(fresh_database, Pledge)
    page = client.get(f"/acties/{campaign.slug}/geef?gift={gift.token}", headers=NL).text
    assert 'value="Oma Riet"' in page
    assert "Zij hield van dit plein." in page
    own_page = words(client.get(f"/giften/{gift.token}", headers=NL))
    assert "Ter nagedachtenis aan Oma Riet" in own_page


def test_a_day_after_the_campaign_is_refused_with_the_last_one(
    form: SendForm, last_day: date
) -> None:
    day = last_day + timedelta(days=1)
    answer = form(
        dedication="present",
        dedication_name="Bo",
        present_email="bo@elders.example",
        present_day=day.isoformat(),
    )
    assert "Choose a day from today up to and including" in answer.text
    assert "bo@elders.example" in answer.text


def test_the_page_names_a_memory_and_it_can_be_reported(
    client: FlaskClient, committing: Committing, campaign: Campaign
) -> None:
    wish = DedicationWish(DedicationKind.MEMORY, "Oma Riet", "Zij hield ervan.", on_page=True)
    gift = gift_of(committing, campaign, wish)
    page = client.get(f"/acties/{campaign.slug}", headers=NL)
    assert "Ter nagedachtenis aan Oma Riet" in words(page)
    link = re.search(rf'href="([^"]*{gift.id}[^"]*)"', page.text)
    assert link is not None
    assert "Zij hield ervan." in words(client.get(link[1], headers=NL))


def test_it_is_corrected_on_a_page_of_its_own(
    client: FlaskClient, committing: Committing, campaign: Campaign, fresh_database: Database
) -> None:
    gift = gift_of(committing, campaign, DedicationWish(DedicationKind.MEMORY, "Oma Riet"))
    address = f"/giften/{gift.token}/namens"
    assert "Wijzig van wie of voor wie uw gift is" in words(client.get(address, headers=NL))
    answer = client.post(
        address, data={**MEMORY, "dedication_name": "Oma Ria"}, headers=NL, follow_redirects=True
    )
    assert "We hebben het gewijzigd." in words(answer)
    (row,) = rows(fresh_database, Dedication)
    assert (row.name, row.on_page) == ("Oma Ria", True)
    assert client.get("/giften/bestaat-niet/namens", headers=NL).status_code == 404


def present_link(committing: Committing, campaign: Campaign) -> str:
    """The mailed link of a present whose day has come."""
    wish = DedicationWish(
        DedicationKind.PRESENT,
        "Bo",
        "Fijne verjaardag!",
        email="bo@elders.example",
        tell_on=clock.today(),
    )
    gift_of(committing, campaign, wish)
    noon = clock.end_of_day(clock.today()) - timedelta(hours=12)
    with committing() as session:
        with clock.at(noon):
            assert tell_next_presents(session, limit=9) == 1
        message = session.scalars(select(MailMessage).where(MailMessage.template == TEMPLATE)).one()
        return mailed_path(session, message)


def test_who_gets_a_present_reads_of_it_without_an_amount_and_follows(
    client: FlaskClient, committing: Committing, campaign: Campaign, fresh_database: Database
) -> None:
    link = present_link(committing, campaign)
    page = words(client.get(link, headers=NL))
    assert "Bo, Noor Visser gaf aan Bomen op het plein, als cadeau voor u." in page
    assert "Fijne verjaardag!" in page
    assert "€" not in page
    for _ in range(2):
        answer = client.post(f"{link}/volgen", headers=NL, follow_redirects=True)
        assert "U volgt deze actie nu." in words(answer)
    (follow,) = rows(fresh_database, Follow)
    assert follow.email == "bo@elders.example"


def test_who_says_that_it_is_not_for_them_is_forgotten(
    client: FlaskClient, committing: Committing, campaign: Campaign, fresh_database: Database
) -> None:
    link = present_link(committing, campaign)
    answer = client.post(f"{link}/niet-voor-mij", headers=NL, follow_redirects=True)
    assert "We hebben uw adres weggegooid." in words(answer)
    (row,) = rows(fresh_database, Dedication)
    assert row.email is None
    assert client.get("/cadeau/dit-is-geen-link-die-bestaat", headers=NL).status_code == 404


def test_a_card_to_print_names_no_amount(
    client: FlaskClient, committing: Committing, campaign: Campaign
) -> None:
    memory = DedicationWish(DedicationKind.MEMORY, "Oma Riet", "Zij hield ervan.")
    gift = gift_of(committing, campaign, memory)
    address = f"/giften/{gift.token}/kaart"
    assert address in client.get(f"/giften/{gift.token}", headers=NL).text
    answer = client.get(address, headers=NL)
    card = words(answer)
    assert "Ter nagedachtenis aan Oma Riet" in card
    assert "Zij hield ervan." in card
    assert "Noor Visser gaf aan Bomen op het plein" in card
    assert "€" not in card
    assert "<svg" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_group_has_no_card(
    client: FlaskClient, committing: Committing, campaign: Campaign
) -> None:
    group = gift_of(committing, campaign, DedicationWish(DedicationKind.GROUP, "Bakkerij Visser"))
    assert client.get(f"/giften/{group.token}/kaart").status_code == 404
    assert "/kaart" not in client.get(f"/giften/{group.token}", headers=NL).text


def test_of_a_gift_that_went_back_there_is_no_card(
    client: FlaskClient, committing: Committing, campaign: Campaign
) -> None:
    gift = gift_of(committing, campaign, DedicationWish(DedicationKind.MEMORY, "Oma Riet"))
    with committing() as session:
        assert give_back(session, session.get_one(Pledge, gift.id))
    assert client.get(f"/giften/{gift.token}/kaart").status_code == 404
