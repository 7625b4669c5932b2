"""The desk over the screens: a gift for somebody without internet, its receipt, and letters."""

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.pages import words
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.pledges.by_hand.models import DeskGift, DeskLetter
from voorjebuurt.pledges.mails import campaign_won_donor
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.tins.models import CashGift, CashHelper

NL = {"Accept-Language": "nl"}
GIVES = {"amount": "12,50", "way": "checkout", "name": "Oma Riet", "consent": "y"}


@dataclass
class Cast:
    """A live campaign, who runs it, and somebody else: each in a browser."""

    campaign: Campaign
    own: FlaskClient
    other: FlaskClient

    @property
    def desk(self) -> str:
        return f"/mijn/acties/{self.campaign.id}/balie"

    @property
    def tin(self) -> str:
        return f"/mijn/acties/{self.campaign.id}/contant"


@pytest.fixture
def cast(committing: Committing, signed_in: SignIn) -> Cast:
    with committing():
        signer = PersonFactory(name="Samira El Amrani", verified_at=clock.now())
        other = PersonFactory(name="Noor Visser", verified_at=clock.now())
        campaign = CampaignFactory(status="live", initiator=signer, title="Bomen")
    return Cast(campaign, signed_in(signer), signed_in(other))


def send(browser: FlaskClient, path: str, **fields: str) -> str:
    answer = browser.post(path, data=fields, headers=NL, follow_redirects=True)
    assert answer.status_code == 200, path
    return words(answer)


def get(browser: FlaskClient, path: str) -> str:
    answer = browser.get(path, headers=NL, follow_redirects=True)
    assert answer.status_code == 200, path
    return words(answer)


def only(committing: Committing) -> tuple[UUID, str]:
    """The one gift, and the token of its page."""
    with committing() as session:
        gift = session.scalars(select(DeskGift)).one()
        return gift.id, session.get_one(Pledge, gift.pledge_id).token


def test_a_form_that_is_wrong_says_so_at_the_field_and_keeps_what_was_typed(cast: Cast) -> None:
    page = send(cast.own, cast.desk, amount="x", name="Oma Riet", street="Lindelaan 3")
    for text in (
        "Kies hoe de donateur betaalt",
        "Lees het eerst voor",
        "Vul een postcode in",
        "Vul de plaats in",
    ):
        assert text in page
    answer = cast.own.post(cast.desk, data={"name": "Oma Riet"}, headers=NL)
    assert 'value="Oma Riet"' in answer.text
    values = {**GIVES, "name": "", "name_public": "y"}
    assert "Vul eerst de naam in" in send(cast.own, cast.desk, **values)


def test_sent_twice_it_is_one_gift_and_the_next_form_is_another(
    cast: Cast, committing: Committing
) -> None:
    slip = str(new_id())
    for _ in range(2):
        assert "Laat de donateur betalen" in send(cast.own, cast.desk, **GIVES, slip=slip)
    again = cast.own.post(cast.desk, data={**GIVES, "amount": "99", "slip": slip}, headers=NL)
    assert "Dit formulier was al gestuurd" in again.text
    fresh = re.search(r'name="slip" value="([^"]+)"', again.text)
    assert fresh
    assert fresh[1] != slip
    with committing() as session:
        assert session.query(DeskGift).count() == 1
    cash = {"amount": "5", "giver": "person", "name": "Piet", "slip": str(new_id())}
    for _ in range(2):
        assert "Het is opgeschreven." in send(cast.own, cast.tin, **cash)
    with committing() as session:
        assert session.query(CashGift).count() == 1


def test_the_receipt_is_a_sheet_with_the_code_of_the_gifts_own_page(
    cast: Cast, client: FlaskClient, committing: Committing
) -> None:
    home = {"street": "Lindelaan 3", "postcode": "1234ab", "town": "Ons Dorp"}
    send(cast.own, cast.desk, **GIVES, **home, name_public="y")
    gift_id, token = only(committing)
    page = get(cast.own, f"{cast.desk}/{gift_id}/bewijs")
    for text in ("Oma Riet", "Lindelaan 3", "1234 AB Ons Dorp", "12,50", "Bomen", token):
        assert text in page
    assert "nog niet betaald toen dit blad werd geprint" in page
    sheet = cast.own.get(f"{cast.desk}/{gift_id}/bewijs.pdf", headers=NL)
    assert sheet.data.startswith(b"%PDF")
    assert sheet.headers["Cache-Control"] == "no-store"
    for path in (f"{cast.desk}/{gift_id}", f"{cast.desk}/{gift_id}/bewijs.pdf", cast.desk):
        assert cast.other.get(path).status_code == 404
    own = get(client, f"/giften/{token}")
    assert "Op papier, van wie aan de balie zit" in own
    assert "Wijzig iets" not in own


def test_cash_at_the_desk_has_a_page_on_which_it_is_asked_back(
    cast: Cast, client: FlaskClient, committing: Committing
) -> None:
    send(cast.own, cast.desk, **{**GIVES, "way": "cash"})
    with committing() as session:
        gift = session.scalars(select(CashGift)).one()
        gift_id, token = gift.id, gift.token
    assert "Doe het geld in de bus" in get(cast.own, f"{cast.desk}/{gift_id}")
    sheet = get(cast.own, f"{cast.desk}/{gift_id}/bewijs")
    assert "Een tweede persoon moet dit contante geld nog bevestigen" in sheet
    assert f"/contant/{token}" in sheet
    assert "Vraag mijn contante geld terug" in get(client, f"/contant/{token}")
    assert "Haal het geld op" in send(client, f"/contant/{token}/terug")
    page = get(client, f"/contant/{token}")
    assert "U hebt het teruggevraagd" in page
    assert "Vraag mijn contante geld terug" not in page
    assert "kunt u niet meer terugnemen" in get(client, f"/contant/{token}/terug")
    assert "Teruggevraagd" in get(cast.own, cast.tin)


def test_a_letter_is_printed_and_ticked_off(cast: Cast, committing: Committing) -> None:
    send(cast.own, cast.desk, **GIVES)
    gift_id, token = only(committing)
    with committing() as session:
        pledge = session.scalars(select(Pledge)).one()
        campaign = session.get_one(Campaign, cast.campaign.id)
        campaign_won_donor(session, pledge=pledge, campaign=campaign)
    with committing() as session:
        letter_id = session.scalars(select(DeskLetter.id)).one()
    assert "Vertel 1 donateur iets" in get(cast.own, cast.desk)
    path = f"{cast.desk}/vertellen/{letter_id}"
    letter = get(cast.own, path)
    assert "Oma Riet" in letter
    assert token in letter
    assert cast.other.get(path).status_code == 404
    assert "Het is afgevinkt" in send(cast.own, path, how="letter")
    assert "U hoeft nu niemand iets te vertellen" in get(cast.own, f"{cast.desk}/vertellen")
    assert "Afgevinkt op" in get(cast.own, path)
    assert gift_id


def test_a_helper_of_a_day_gets_a_link_for_that_day(cast: Cast, committing: Committing) -> None:
    past = (clock.today() - timedelta(days=1)).strftime("%d-%m-%Y")
    assert "Kies vandaag" in send(cast.own, f"{cast.tin}/helpers", day=past)
    today = clock.today().strftime("%d-%m-%Y")
    answer = cast.own.post(f"{cast.tin}/helpers", data={"day": today}, headers=NL)
    link = re.search(r"/mijn/contant/meedoen/[\w-]+", answer.text)
    assert link
    send(cast.other, link[0])
    assert "Volgende gift aan de balie" in get(cast.other, cast.desk)
    with committing() as session:
        session.query(CashHelper).one().helps_until = clock.now() - timedelta(minutes=1)
    assert cast.other.get(cast.desk).status_code == 404


def test_what_is_in_the_tin_shows_as_not_counting_yet(
    cast: Cast, client: FlaskClient, committing: Committing
) -> None:
    page = f"/acties/{cast.campaign.slug}"
    with committing() as session:
        helper = PersonFactory(verified_at=clock.now())
        session.add(
            CashGift(
                token="t",
                campaign_id=cast.campaign.id,
                giver="stranger",
                name="",
                amount_cents=4_000,
                got_on=clock.today(),
                state="tin",
                number=1,
                entered_at=clock.now(),
                entered_by=cast.campaign.initiator_id,
                confirmed_at=clock.now(),
                confirmed_by=helper.id,
            )
        )
    screen = get(client, page)
    assert re.search(r"Er is ook €\s40 contant gegeven", screen)
    assert "telt dus nog niet mee" in screen
    with committing() as session:
        session.query(CashGift).one().back_asked_at = clock.now()
    assert "contant gegeven" not in get(client, page)
