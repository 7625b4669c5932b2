"""Giving each month over the screens: choosing it, then pausing, changing and stopping by link."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories.campaigns import CampaignFactory
from tests.support.fixtures_site import Committing
from tests.support.gift_screens import rows
from tests.support.mailed_links import mailed_path
from tests.support.monthly import begun
from tests.support.pages import words
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.monthly.models import MonthlyGift

NL = {"Accept-Language": "nl"}
FORM = {
    "amount": "1000",
    "name": "Noor Visser",
    "email": "noor@voorbeeld.example",
    "name_public": "yes",
    "consent": "y",
}


@pytest.fixture
def campaign(committing: Committing) -> Campaign:
    with committing() as session:
        row: Campaign = CampaignFactory(
            status="live", deadline_on=clock.today() + timedelta(days=150)
        )
        session.flush()
        return row


@pytest.fixture
def monthly(committing: Committing, campaign: Campaign) -> MonthlyGift:
    with committing() as session:
        return begun(session, session.get_one(Campaign, campaign.id))


def send(client: FlaskClient, path: str, **fields: str) -> str:
    return words(client.post(path, data=fields, headers=NL, follow_redirects=True))


def test_it_is_chosen_in_the_form_and_told_before_paying(
    client: FlaskClient, fresh_database: Database, campaign: Campaign
) -> None:
    page = words(client.get(f"/acties/{campaign.slug}/geef", headers=NL))
    assert "Eén keer" in page
    assert f"keer op dag {clock.today().day}." in page
    check = send(client, f"/acties/{campaign.slug}/geef", **FORM, often="monthly")
    (monthly,) = rows(fresh_database, MonthlyGift)
    total = f"€ {monthly.most * 10}"
    assert f"hoogstens {monthly.most} keer, en samen hoogstens {total}." in check
    (gift,) = rows(fresh_database, Pledge)
    again = f"/acties/{campaign.slug}/geef?gift={gift.token}"
    form = client.get(again).get_data(as_text=True)
    (choice,) = re.findall(r'<input[^>]*value="monthly"[^>]*>', form)
    assert "checked" in choice
    once = send(client, again, **FORM, often="once")
    assert "samen hoogstens" not in once
    assert [row.status for row in rows(fresh_database, MonthlyGift)] == ["stop"]


def test_it_is_not_offered_where_no_other_month_fits(
    client: FlaskClient, committing: Committing, fresh_database: Database
) -> None:
    with committing():
        campaign = CampaignFactory(status="live", deadline_on=clock.today() + timedelta(days=20))
        slug = campaign.slug
    assert "Hoe vaak?" not in words(client.get(f"/acties/{slug}/geef", headers=NL))
    answer = client.post(f"/acties/{slug}/geef", data=FORM | {"often": "monthly"}, headers=NL)
    assert "De actie loopt te snel af om elke maand te geven." in words(answer)
    assert "Noor Visser" in answer.get_data(as_text=True)
    assert rows(fresh_database, Pledge) == []


def test_paused_gone_on_and_stopped(
    client: FlaskClient, fresh_database: Database, monthly: MonthlyGift
) -> None:
    path = f"/maandgiften/{monthly.token}"
    assert "Volgende keer:" in words(client.get(path, headers=NL))
    for _ in range(2):
        assert "Het staat stil" in send(client, path, deed="pause")
    assert "U geeft weer elke maand." in send(client, path, deed="resume")
    assert "Wat u gaf, blijft bij de actie." in words(client.get(f"{path}/stoppen", headers=NL))
    for _ in range(2):
        assert "Het is gestopt." in send(client, f"{path}/stoppen")
    assert [row.reason for row in rows(fresh_database, MonthlyGift)] == ["donor"]
    assert "U bent gestopt." in words(client.get(path, headers=NL))
    assert client.get(f"{path}/stoppen").status_code == 302
    assert client.get(f"{path}/wijzigen").status_code == 302
    assert "niets te wijzigen" in send(client, path, deed="pause")


def test_more_needs_a_tick_and_nothing_typed_is_lost(
    client: FlaskClient, fresh_database: Database, monthly: MonthlyGift
) -> None:
    path = f"/maandgiften/{monthly.token}/wijzigen"
    refusal = client.post(path, data={"amount": "75", "tip": "0"}, headers=NL)
    assert "Vink aan dat u dat goedvindt." in words(refusal)
    assert 'value="75"' in refusal.get_data(as_text=True)
    assert "Geef minstens" in send(client, path, amount="0,10", tip="0")
    assert "Vul een bedrag in." in send(client, path, amount="", tip="0")
    assert "We hebben het gewijzigd." in send(client, path, amount="75", tip="0", agreed="y")
    (row,) = rows(fresh_database, MonthlyGift)
    assert (row.amount_cents, row.tip_cents) == (7500, 0)


def test_a_gift_says_what_it_is_a_part_of_and_an_unknown_link_is_none(
    client: FlaskClient, fresh_database: Database, monthly: MonthlyGift
) -> None:
    with fresh_database.reading() as session:
        token = session.scalars(select(Pledge.token)).one()
    page = client.get(f"/giften/{token}", headers=NL)
    assert f"/maandgiften/{monthly.token}" in page.get_data(as_text=True)
    for path in ("", "/wijzigen", "/stoppen"):
        assert client.get(f"/maandgiften/{'x' * 43}{path}").status_code == 404


def test_it_stands_among_the_gifts_of_who_is_mailed_a_link(
    client: FlaskClient, fresh_database: Database, monthly: MonthlyGift
) -> None:
    client.post("/mijn-giften", data={"email": "noor@voorbeeld.example"}, headers=NL)
    with fresh_database.writing() as session:
        statement = select(MailMessage).where(MailMessage.template == "own_gifts_link")
        path = mailed_path(session, session.scalars(statement).one())
    page = client.get(path, headers=NL)
    assert "€ 52 per maand" in words(page)
    assert f"/maandgiften/{monthly.token}" in page.get_data(as_text=True)
