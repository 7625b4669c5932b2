"""The screens of a group's logo: sent by its donor, judged by a coach, seen by everybody."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.gift_screens import rows
from tests.support.giving import attempt, paid, pledge, tell
from tests.support.pages import words
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.dedications.choosing import dedicate
from voorjebuurt.pledges.dedications.models import GroupLogo
from voorjebuurt.pledges.dedications.rules import DedicationKind, DedicationWish
from voorjebuurt.pledges.models import Pledge

NL = {"Accept-Language": "nl"}


@pytest.fixture
def campaign(committing: Committing) -> Campaign:
    last_day = clock.today() + timedelta(days=9)
    with committing():
        return CampaignFactory(
            status="live",
            title="Bomen op het plein",
            deadline_on=last_day,
            closes_at=clock.end_of_day(last_day),
        )


@pytest.fixture
def gift(committing: Committing, campaign: Campaign) -> Pledge:
    with committing() as session:
        gift = paid(session, session.get_one(Campaign, campaign.id))[0]
        wish = DedicationWish(DedicationKind.GROUP, "Bakkerij Visser")
        dedicate(session, pledge=gift, wish=wish)
        return gift


@pytest.fixture
def coach(committing: Committing, signed_in: SignIn) -> FlaskClient:
    with committing() as session:
        person = with_role(session, "coach", "Hanneke")
    return signed_in(person)


def png(colour: str = "red", size: tuple[int, int] = (300, 120)) -> bytes:
    data = BytesIO()
    Image.new("RGB", size, colour).save(data, "PNG")
    return data.getvalue()


def send(client: FlaskClient, gift: Pledge, data: bytes, name: str = "logo.png") -> TestResponse:
    return client.post(
        f"/giften/{gift.token}/logo",
        data={"logo": (BytesIO(data), name)},
        headers=NL,
        follow_redirects=True,
    )


def test_a_logo_goes_from_its_donor_by_a_coach_to_the_page(
    client: FlaskClient, coach: FlaskClient, campaign: Campaign, gift: Pledge
) -> None:
    page, address = f"/acties/{campaign.slug}", f"/logos/{gift.id}.png"
    assert "Stuur uw logo" in words(client.get(f"/giften/{gift.token}", headers=NL))
    page_words = words(send(client, gift, png()))
    assert "Een coach kijkt eerst naar uw logo." in page_words
    assert "Het staat nog niet op de pagina." in page_words
    assert address not in client.get(page, headers=NL).text
    assert client.get(address).status_code == 404
    assert "1 logo van een groep" in words(coach.get("/coach/acties", headers=NL))
    assert "Bakkerij Visser" in words(coach.get("/coach/logos", headers=NL))
    answer = coach.post(f"/coach/logos/{gift.id}/ja", headers=NL, follow_redirects=True)
    assert "Het logo staat op de pagina van de actie." in words(answer)
    page_html = client.get(page, headers=NL).text
    assert f'src="{address}" alt="Logo van Bakkerij Visser"' in page_html
    picture = client.get(address)
    assert picture.mimetype == "image/png"
    assert Image.open(BytesIO(picture.data)).size == (300, 120)


def test_a_no_needs_a_reason_and_keeps_what_was_typed(
    client: FlaskClient, coach: FlaskClient, gift: Pledge, fresh_database: Database
) -> None:
    send(client, gift, png())
    address = f"/coach/logos/{gift.id}/nee"
    assert "Geef een reden." in words(coach.post(address, data={"reason": ""}, headers=NL))
    answer = coach.post(
        address, data={"reason": "Dit is van een ander."}, headers=NL, follow_redirects=True
    )
    assert "De groep krijgt uw reden per mail." in words(answer)
    own_page = words(client.get(f"/giften/{gift.token}", headers=NL))
    assert "Dit is van een ander." in own_page
    assert [m.template for m in rows(fresh_database, MailMessage)].count("logo_refused") == 1
    assert client.get(f"/logos/{gift.id}.png").status_code == 404


def test_its_donor_takes_it_off_the_page(
    client: FlaskClient, coach: FlaskClient, gift: Pledge, fresh_database: Database
) -> None:
    send(client, gift, png())
    coach.post(f"/coach/logos/{gift.id}/ja")
    assert client.get(f"/logos/{gift.id}.png").status_code == 200
    answer = client.post(f"/giften/{gift.token}/logo/weg", headers=NL, follow_redirects=True)
    assert "Uw logo is weg." in words(answer)
    assert client.get(f"/logos/{gift.id}.png").status_code == 404
    assert rows(fresh_database, GroupLogo) == []
    assert coach.get(f"/coach/logos/{gift.id}").status_code == 404


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "Kies een bestand."),
        (b"%PDF-1.7 geen plaatje", "Kies een plaatje dat PNG of JPEG is."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Kies een plaatje dat PNG of JPEG is."),
        (png(size=(9, 9)), "te klein"),
        (png() + b"x" * 2_100_000, "te groot"),
    ],
)
def test_what_is_no_logo_is_told_at_the_field(
    client: FlaskClient, gift: Pledge, fresh_database: Database, data: bytes, message: str
) -> None:
    answer = send(client, gift, data, "logo.png" if data else "")
    assert message in words(answer)
    assert 'id="logo-error"' in answer.text
    assert rows(fresh_database, GroupLogo) == []


def test_only_a_group_is_asked_for_one(
    client: FlaskClient, committing: Committing, campaign: Campaign, fresh_database: Database
) -> None:
    with committing() as session:
        gift = paid(session, session.get_one(Campaign, campaign.id))[0]
    assert "uw logo" not in words(client.get(f"/giften/{gift.token}", headers=NL))
    send(client, gift, png())
    assert rows(fresh_database, GroupLogo) == []


def test_a_picture_straight_from_a_camera_reaches_the_form_which_says_how_large_it_may_be(
    client: FlaskClient, gift: Pledge
) -> None:
    answer = send(client, gift, png() + b"x" * 9_000_000)
    assert answer.status_code == 200
    assert "hoogstens 2 MB" in words(answer)


def test_what_is_larger_than_that_is_refused_unread_and_the_page_says_how_much_may_be_sent(
    client: FlaskClient, gift: Pledge, fresh_database: Database
) -> None:
    answer = send(client, gift, png() + b"x" * 13_000_000)
    assert answer.status_code == 413
    assert "Op deze pagina kunt u hoogstens 12 MB in één keer sturen." in answer.text
    assert "Er is niets verstuurd." in answer.text
    assert rows(fresh_database, GroupLogo) == []


def test_the_receipt_of_a_group_leads_to_it(committing: Committing, campaign: Campaign) -> None:
    with committing() as session:
        wish = DedicationWish(DedicationKind.GROUP, "Bakkerij Visser")
        gift = pledge(session, session.get_one(Campaign, campaign.id))
        dedicate(session, pledge=gift, wish=wish)
        payment = tell(session, attempt(session, gift))
        book_payment(session, payment_id=payment.id)
        statement = select(MailMessage).where(MailMessage.template == "receipt")
        context = session.scalars(statement).one().context
    assert context["logo_path"] == f"/giften/{gift.token}/logo"
