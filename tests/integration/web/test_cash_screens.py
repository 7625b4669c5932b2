"""Cash over the screens: a helper by link, two at the tin, two of the staff, and the giver."""

import re
from dataclasses import dataclass
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.pages import words
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import held
from voorjebuurt.pledges.tins.models import CashDeposit, CashGift

NL = {"Accept-Language": "nl"}


@dataclass
class Cast:
    """A live campaign, who runs it, who helps, and staff: each in a browser."""

    campaign: Campaign
    own: FlaskClient
    helper: FlaskClient
    anna: FlaskClient
    bram: FlaskClient

    @property
    def tin(self) -> str:
        return f"/mijn/acties/{self.campaign.id}/contant"


@pytest.fixture
def cast(committing: Committing, signed_in: SignIn) -> Cast:
    with committing() as session:
        signer = PersonFactory(name="Samira El Amrani", verified_at=clock.now())
        helper = PersonFactory(name="Noor Visser", verified_at=clock.now())
        campaign = CampaignFactory(status="live", initiator=signer, title="Bomen")
        staff = [with_role(session, "staff", name) for name in ("Anna Bakker", "Bram Smit")]
    return Cast(campaign, *map(signed_in, (signer, helper, *staff)))


def get(browser: FlaskClient, path: str) -> str:
    answer = browser.get(path, headers=NL, follow_redirects=True)
    assert answer.status_code == 200, path
    return answer.text


def send(browser: FlaskClient, path: str, **fields: str) -> str:
    answer = browser.post(path, data=fields, headers=NL, follow_redirects=True)
    assert answer.status_code == 200, path
    return words(answer)


def helps(cast: Cast) -> str:
    """Let the helper open a link; returns its path."""
    answer = cast.own.post(f"{cast.tin}/helpers", headers=NL)
    link = re.search(r"/mijn/contant/meedoen/[\w-]+", answer.text)
    assert link
    assert "Contant geld en balie" in send(cast.helper, link[0])
    return link[0]


def only(committing: Committing, table: type[CashGift] | type[CashDeposit]) -> UUID:
    with committing() as session:
        return session.scalars(select(table.id)).one()


def test_a_helper_joins_by_a_link_that_works_once(
    cast: Cast, committing: Committing, signed_in: SignIn
) -> None:
    with committing():
        other = PersonFactory(name="Piet Jansen", verified_at=clock.now())
    stranger = signed_in(other)
    assert cast.helper.get(cast.tin).status_code == 404
    path = helps(cast)
    assert "Deze link werkt niet meer" in send(stranger, path)
    assert stranger.get(cast.tin).status_code == 404
    assert cast.helper.get(f"{cast.tin}/helpers").status_code == 404, "for who runs it alone"
    assert cast.helper.get(f"/mijn/acties/{cast.campaign.id}").status_code == 404
    page = get(cast.own, f"{cast.tin}/helpers")
    assert "Noor Visser" in page
    assert path not in page, "it shows once"
    ends = re.search(r'action="([^"]+/stoppen)"', page)
    assert ends
    assert "haalt niet meer op" in send(cast.own, ends[1])
    assert cast.helper.get(cast.tin).status_code == 404


def test_from_the_table_to_the_books(
    cast: Cast, client: FlaskClient, committing: Committing
) -> None:
    helps(cast)
    wrong = cast.helper.post(cast.tin, data={"amount": "x", "name": "Oma Riet"}, headers=NL)
    assert 'value="Oma Riet"' in wrong.text, "what was typed is still there"
    much = {"amount": "100,01", "giver": "stranger"}
    assert "moeten wij weten wie geeft" in send(cast.helper, cast.tin, **much)
    entry = {"amount": "40,00", "giver": "person", "name": "Oma Riet"}
    assert "Het is opgeschreven." in send(cast.helper, cast.tin, **entry)
    gift = f"{cast.tin}/{only(committing, CashGift)}"
    assert f"{gift}/bevestigen" not in get(cast.helper, cast.tin)
    assert "U hebt dit zelf opgeschreven" in send(cast.helper, f"{gift}/bevestigen")
    assert cast.own.get(f"{gift}/bewijs").status_code == 404, "no receipt of one person"
    assert f"{gift}/bevestigen" in get(cast.own, cast.tin)
    assert "Er is nu een bewijs van." in send(cast.own, f"{gift}/bevestigen")
    receipt = cast.own.get(f"{gift}/bewijs", headers=NL)
    assert receipt.data.startswith(b"%PDF")
    with committing() as session:
        token = session.query(CashGift).one().token
    own_page = get(client, f"/contant/{token}")
    assert "In de bus" in own_page
    assert "Oma Riet" not in own_page
    assert client.get("/contant/zomaar-iets").status_code == 404
    assert "Oma Riet" not in get(client, f"/acties/{cast.campaign.slug}")
    page = send(cast.helper, f"{cast.tin}/storten")
    assert re.search(r"€\s40", page)
    assert "<svg" in get(cast.helper, f"{cast.tin}/stortingen/{only(committing, CashDeposit)}")
    assert "Er zit niets in de bus" in send(cast.helper, f"{cast.tin}/storten")
    reference = re.search(r"RF\d\dVJB\d+", page)
    assert reference
    at_the_bank(cast, reference[0].lower())
    with committing() as session:
        assert balance(session, held(cast.campaign.id)) == 4_000
    assert "Op de bank: telt mee" in get(client, f"/contant/{token}")
    assert re.search(r"€(\s|&nbsp;)40", get(client, f"/acties/{cast.campaign.slug}"))


def at_the_bank(cast: Cast, reference: str) -> None:
    day = clock.today().strftime("%d-%m-%Y")
    line = {"reference": reference, "amount": "40", "received_on": day, "line": "2026-44"}
    path = "/beheer/contant/ontvangst"
    page = send(cast.anna, path, **{**line, "reference": "RF18NIETS"})
    assert "geen storting met dit kenmerk" in page
    assert "Een collega boekt het." in send(cast.anna, path, **line)
    tin = f"/beheer/contant/acties/{cast.campaign.id}"
    waiting = get(cast.anna, tin)
    assert "/boeken" not in waiting
    assert "Een collega moet ook op het afschrift kijken." in waiting, "why there is no button"
    assert "Een storting van contant geld bekijken" in get(cast.bram, "/beheer/tweede-paar-ogen")
    book = re.search(r'action="([^"]+/boeken)"', get(cast.bram, tin))
    assert book
    assert "hebt dit zelf ingevuld" in send(cast.anna, book[1])
    assert "Het geld is geboekt." in send(cast.bram, book[1])


def test_cash_goes_home_when_the_campaign_is_over(cast: Cast, committing: Committing) -> None:
    helps(cast)
    send(cast.helper, cast.tin, amount="5", giver="collection", name="Braderie")
    gift = f"{cast.tin}/{only(committing, CashGift)}"
    send(cast.own, f"{gift}/bevestigen")
    with committing() as session:
        session.get_one(Campaign, cast.campaign.id).status = "failed"
    assert "neemt nu geen contant geld aan" in send(cast.own, cast.tin, amount="5", giver="person")
    assert "Braderie" in get(cast.own, f"{cast.tin}/terug")
    assert "Vertel wat ermee is gebeurd" in send(cast.own, f"{gift}/terug")
    page = send(cast.own, f"{gift}/terug", note="In de buurtkas gedaan")
    assert "In de buurtkas gedaan" in page
    assert "Er hoeft niets terug." in page
