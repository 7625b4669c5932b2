"""Having oneself erased: what the page says before, and what is left after."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.fixtures_site import Committing, SignIn
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.ids import new_token, token_hash
from voorjebuurt.owndata.models import DataLink
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.models import Pledge

NOOR = "noor@voorbeeld.example"
PAGE = "/mijn/gegevens/wissen"


@pytest.fixture
def link(committing: Committing) -> str:
    token, now = new_token(), clock.now()
    with committing() as session:
        row = DataLink(
            token_hash=token_hash(token),
            email=NOOR,
            created_at=now,
            expires_at=now + timedelta(hours=1),
        )
        session.add(row)
    return f"/gegevens/{token}/wissen"


def test_the_page_says_in_figures_what_goes_and_what_stays(
    committing: Committing, signed_in: SignIn
) -> None:
    with committing() as session:
        noor = PersonFactory(email=NOOR, name="Noor Vos")
        for _ in range(2):
            PledgeFactory(email=NOOR)
        CampaignFactory(status="failed", initiator_id=noor.id)
        CampaignFactory(status="draft", initiator_id=noor.id)
        session.flush()
    page = signed_in(noor).get(PAGE)
    assert page.headers["Cache-Control"] == "no-store"
    assert "2 giften: uw naam, bericht en postcode" in page.text
    assert "1 actie die op de website stond" in page.text
    assert "Plannen die nooit op de website stonden" in page.text
    assert "zeven jaar" in page.text
    assert "Wilt u horen hoe het afloopt?" in page.text
    button = page.text.partition("Wis mijn gegevens</button>")[0].rpartition("<button")[2]
    assert "utrecht-button--danger" in button, "it can't be undone"


def test_who_types_their_address_is_erased_and_signed_out(
    committing: Committing, signed_in: SignIn, fresh_database: Database
) -> None:
    with committing():
        noor = PersonFactory(email=NOOR, name="Noor Vos")
        PledgeFactory(email=NOOR, message="Succes!")
    browser, elsewhere = signed_in(noor), signed_in(noor)
    answer = browser.post(PAGE, data={"email": "Noor@voorbeeld.example", "news": "no"})
    assert answer.status_code == 302
    assert "Uw gegevens zijn gewist" in browser.get(answer.location).text
    for each in (browser, elsewhere):
        assert each.get("/mijn/gegevens").status_code == 302
    with fresh_database.reading() as session:
        person = session.get_one(Person, noor.id)
        assert (person.name, person.erased_at is None) == ("", False)
        assert session.scalars(select(Pledge.email)).all() == [None]


def test_slips_are_told_at_the_field_and_change_nothing(
    committing: Committing, signed_in: SignIn, fresh_database: Database
) -> None:
    with committing():
        noor = PersonFactory(email=NOOR)
        PledgeFactory(email=NOOR)
    browser = signed_in(noor)
    answer = browser.post(PAGE, data={"email": "noot@voorbeeld.example", "news": "yes"})
    assert "Dit is niet het adres dat wij wissen" in answer.text
    assert 'value="noot@voorbeeld.example"' in answer.text
    answer = browser.post(PAGE, data={"email": NOOR})
    assert "Kies of u wilt horen hoe het afloopt." in answer.text
    with fresh_database.reading() as session:
        assert session.get_one(Person, noor.id).erased_at is None


def test_who_is_held_reads_why_and_has_no_button(
    committing: Committing, signed_in: SignIn, fresh_database: Database
) -> None:
    with committing():
        noor = PersonFactory(email=NOOR)
        CampaignFactory(status="live", initiator_id=noor.id, title="Bomen op het plein")
        RoleGrantFactory(person_id=noor.id, role="coach")
    browser = signed_in(noor)
    page = browser.get(PAGE)
    assert "Bomen op het plein: uw actie loopt tot en met" in page.text
    assert "U hebt een rol op deze website" in page.text
    assert "Wis mijn gegevens" not in page.text
    browser.post(PAGE, data={"email": NOOR})
    with fresh_database.reading() as session:
        assert session.get_one(Person, noor.id).erased_at is None


def test_a_donor_without_an_account_is_erased_by_the_link(
    client: FlaskClient, committing: Committing, link: str, fresh_database: Database
) -> None:
    with committing():
        PledgeFactory(email=NOOR)
    page = client.get(link)
    assert page.headers["Cache-Control"] == "no-store"
    assert "1 gift: uw naam, bericht en postcode" in page.text
    assert link in client.get(link.removesuffix("/wissen")).text
    answer = client.post(link, data={"email": NOOR, "news": "yes"})
    assert answer.status_code == 302
    with fresh_database.reading() as session:
        (gift,) = session.scalars(select(Pledge)).all()
        assert (gift.email, gift.name, gift.address_kept_for) == (NOOR, "", "campaign")
    assert "werkt niet meer" in client.get(link, follow_redirects=True).text


def test_an_account_is_not_erased_by_a_link(
    client: FlaskClient, committing: Committing, link: str, fresh_database: Database
) -> None:
    with committing():
        noor = PersonFactory(email=NOOR)
    assert "Wis mijn gegevens" not in client.get(link).text
    answer = client.post(link, data={"email": NOOR})
    assert "Met dit adres kan iemand inloggen" in answer.text
    with fresh_database.reading() as session:
        assert session.get_one(Person, noor.id).erased_at is None


def test_a_page_names_nobody_who_was_erased(
    committing: Committing, signed_in: SignIn, client: FlaskClient
) -> None:
    with committing():
        noor = PersonFactory(email=NOOR, name="Noor Vos")
        campaign = CampaignFactory(status="failed", initiator_id=noor.id, group_name="")
        colleague = PersonFactory()
        RoleGrantFactory(person_id=colleague.id, role="staff")
    assert "Noor Vos" in client.get(f"/acties/{campaign.slug}").text
    signed_in(noor).post(PAGE, data={"email": NOOR})
    page = client.get(f"/acties/{campaign.slug}").text
    assert "Noor Vos" not in page
    assert "erased.invalid" not in page
    trail = signed_in(colleague).get("/beheer/logboek").text
    assert "Op eigen verzoek gewist wie iemand is" in trail
    assert "iemand van wie de gegevens gewist zijn" in trail
    assert "erased.invalid" not in trail


@pytest.mark.parametrize("status", ["submitted", "live", "succeeded"])
def test_who_is_kept_by_a_campaign_reads_that_they_can_hand_it_over_or_stop(
    committing: Committing, signed_in: SignIn, status: str
) -> None:
    with committing() as session:
        noor = PersonFactory(email=NOOR, name="Noor Vos")
        campaign = CampaignFactory(status=status, initiator_id=noor.id)
        session.flush()
    browser = signed_in(noor)
    way_out = f"/mijn/acties/{campaign.id}/samen"
    page = browser.get(PAGE).text
    assert "Draag de actie over, of stop ermee." in page
    assert f'href="{way_out}"' in page
    assert browser.post(f"{way_out}/stoppen", follow_redirects=True).status_code == 200
    assert "Draag de actie over, of stop ermee." not in browser.get(PAGE).text
