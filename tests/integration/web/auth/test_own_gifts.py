"""The gifts of a donor in one place, their receipts and their table."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.giving import give_back, paid
from tests.support.mailed_links import mailed_path
from tests.support.pages import words
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.owndata.models import DataLink
from voorjebuurt.pledges.gift_receipts.numbering import number_gift_receipts
from voorjebuurt.pledges.models import Pledge

NOOR = "noor@voorbeeld.example"
NL = {"Accept-Language": "nl"}


@pytest.fixture
def token(committing: Committing) -> str:
    """A gift of Noor that was paid, and has a receipt."""
    with committing() as session:
        campaign = CampaignFactory(status="live", title="Bomen op het plein", group_name="De Bomen")
        promise, _ = paid(session, campaign, name="=Noor Visser")
        paid(session, campaign, email="els@voorbeeld.example")
        number_gift_receipts(session, limit=10)
    return promise.token


def ask(client: FlaskClient, email: str = NOOR) -> str:
    answer = client.post("/mijn-giften", data={"email": email}, headers=NL, follow_redirects=True)
    assert answer.status_code == 200
    return words(answer)


def mailed(database: Database, email: str = NOOR) -> str:
    """The page that the last mail leads to."""
    with database.writing() as session:
        statement = select(MailMessage).where(
            MailMessage.template == "own_gifts_link", MailMessage.recipient == email
        )
        message = session.scalars(statement.order_by(MailMessage.created_at.desc())).first()
        assert message is not None
        return mailed_path(session, message)


@pytest.mark.usefixtures("token")
def test_a_link_by_mail_shows_all_gifts_of_an_address(
    client: FlaskClient, fresh_database: Database
) -> None:
    answer = ask(client)
    assert "We hebben u een link gemaild." in answer
    page = client.get(mailed(fresh_database), headers=NL)
    text = words(page)
    assert "Bomen op het plein" in text
    assert f"{clock.today().year}-000001" in text
    assert "000002" not in text, "what others gave is theirs"
    assert page.headers["Cache-Control"] == "no-store"
    assert "/giften/" in page.text
    assert "/gegevens/" in page.text, "export and erasure are one link away"


def test_what_is_said_is_the_same_for_an_address_that_nobody_gave_with(
    client: FlaskClient, fresh_database: Database, token: str
) -> None:
    assert ask(client, "niemand@voorbeeld.example") == ask(client)
    page = client.get(mailed(fresh_database, "niemand@voorbeeld.example"), headers=NL)
    assert "We kennen geen giften van dit e-mailadres." in words(page)
    assert token not in page.text


@pytest.mark.usefixtures("token")
def test_an_old_link_says_so_and_shows_nothing(
    client: FlaskClient, fresh_database: Database, committing: Committing
) -> None:
    ask(client)
    path = mailed(fresh_database)
    with committing() as session:
        for link in session.scalars(select(DataLink)):
            link.expires_at = clock.now() - timedelta(seconds=1)
    page = client.get(path, headers=NL, follow_redirects=True)
    assert "werkt niet meer" in words(page)
    assert "Bomen op het plein" not in words(page)
    for file in ("pdf", "csv"):
        assert client.get(f"{path}/giften.{file}").status_code == 404


@pytest.mark.usefixtures("token")
def test_the_year_as_pdf_and_as_a_table_that_runs_nothing(
    client: FlaskClient, fresh_database: Database
) -> None:
    ask(client)
    path, year = mailed(fresh_database), clock.today().year
    pdf = client.get(f"{path}/giften.pdf?jaar={year}", headers=NL)
    assert pdf.mimetype == "application/pdf"
    assert pdf.data.startswith(b"%PDF")
    assert pdf.headers["Cache-Control"] == "no-store"
    table = client.get(f"{path}/giften.csv?jaar=onzin", headers=NL).data.decode("utf-8-sig")
    head, row = table.strip().split("\r\n")
    assert head.startswith("Betaalbewijs;Betaald op;Actie")
    assert row.startswith(f"{year}-000001;")
    assert ";Bomen op het plein;De Bomen;" in row
    assert ";50,00;2,00;52,00;0,00;52,00;" in row


def test_who_signs_in_finds_them_without_a_mail(
    signed_in: SignIn, committing: Committing, token: str
) -> None:
    with committing():
        noor = PersonFactory(email=NOOR)
        els = PersonFactory(email="iemand@voorbeeld.example")
    page = signed_in(noor).get("/mijn/giften", headers=NL)
    assert token in page.text
    assert signed_in(noor).get("/mijn/giften.pdf").mimetype == "application/pdf"
    nothing = signed_in(els).get("/mijn/giften", headers=NL)
    assert token not in nothing.text
    assert signed_in(els).get("/mijn/giften.csv").status_code == 302


def test_the_receipt_of_one_gift_and_of_one_that_went_back(
    client: FlaskClient, committing: Committing, token: str
) -> None:
    page = client.get(f"/giften/{token}", headers=NL)
    assert "Download het betaalbewijs (pdf)" in words(page)
    assert f"Nummer {clock.today().year}-000001" in words(page), "the one that is on the PDF"
    address = f"/giften/{token}/betaalbewijs.pdf"
    first = client.get(address, headers=NL)
    assert first.status_code == 200
    name = f"betaalbewijs-{clock.today().year}-000001.pdf"
    assert name in first.headers["Content-Disposition"]
    with committing() as session:
        give_back(session, session.scalars(select(Pledge).where(Pledge.token == token)).one())
    again = client.get(address, headers=NL)
    assert again.status_code == 200
    assert again.data != first.data
    assert client.get("/giften/bestaat-niet/betaalbewijs.pdf").status_code == 404
