"""Running a campaign together on the screens: invited, joining, signing, agreeing, leaving."""

import re
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.members import join, make_signer
from tests.support.pages import words
from voorjebuurt.campaigns.members.models import CampaignInvitation
from voorjebuurt.campaigns.members.queries import members_of
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.payouts.models import Payee
from voorjebuurt.people.models import Person

NL = {"Accept-Language": "nl"}
NOOR = "noor@voorbeeld.example"
IBAN = "NL91 ABNA 0417 1643 00"


@pytest.fixture
def scene(committing: Committing) -> tuple[Campaign, Person, Person]:
    """A live campaign, who signs for it, and Noor."""
    with committing():
        signer = PersonFactory(name="Samira El Amrani", verified_at=clock.now())
        noor = PersonFactory(email=NOOR, name="Noor Visser", verified_at=clock.now())
        campaign = CampaignFactory(status="live", initiator=signer, group_name="", title="Bomen")
    return campaign, signer, noor


def invitation_id(database: Database) -> UUID:
    with database.reading() as session:
        return session.scalars(
            select(CampaignInvitation.id).where(CampaignInvitation.email.is_not(None))
        ).one()


def send(browser: FlaskClient, path: str, **fields: str) -> str:
    return words(browser.post(path, data=fields, headers=NL, follow_redirects=True))


def test_somebody_is_invited_and_joins_and_shows_their_name(
    scene: tuple[Campaign, Person, Person],
    signed_in: SignIn,
    client: FlaskClient,
    fresh_database: Database,
) -> None:
    campaign, signer, noor = scene
    own, path = signed_in(signer), f"/mijn/acties/{campaign.id}/samen"
    assert "U leidt deze actie alleen." in words(own.get(f"/mijn/acties/{campaign.id}", headers=NL))
    assert "Vul een e-mailadres in." in words(own.post(path, data={"email": ""}, headers=NL))
    wrong = own.post(path, data={"email": "geen adres"}, headers=NL)
    assert 'value="geen adres"' in wrong.text, "what was typed is still there"
    for _ in range(2):
        assert "De uitnodiging is onderweg." in send(own, path, email=NOOR)
    browser, mine = signed_in(noor), f"/mijn/uitnodigingen/{invitation_id(fresh_database)}"
    assert browser.get(path, headers=NL).status_code == 404
    assert own.get(mine, headers=NL).status_code == 404, "for its reader alone"
    assert client.get(mine).status_code == 302
    assert "U bent uitgenodigd om Bomen samen te leiden." in words(
        browser.get("/mijn/acties", headers=NL)
    )
    assert "Samira El Amrani" in words(browser.get(mine, headers=NL))
    assert "Maak een keuze." in words(browser.post(mine, data={}, headers=NL))
    assert "Welkom!" in send(browser, mine, answer="yes", is_public="y")
    for again in (browser.get(mine), browser.post(mine, data={"answer": "yes"})):
        assert again.location == path, "a second press or an old mail leads to what was joined"
    assert own.get(mine, headers=NL).location == path
    page = f"/acties/{campaign.slug}"
    assert "Van Samira El Amrani en Noor Visser" in words(client.get(page, headers=NL))
    send(browser, f"{path}/naam", shown="no")
    assert "Noor Visser" not in words(client.get(page, headers=NL))
    for part in ("", "/nieuws", "/vragen", "/bedanken", "/hulp", "/beloningen", "/rekening"):
        assert browser.get(f"/mijn/acties/{campaign.id}{part}", headers=NL).status_code == 200, part


def test_an_invitation_is_refused_or_withdrawn(
    scene: tuple[Campaign, Person, Person], signed_in: SignIn, fresh_database: Database
) -> None:
    campaign, signer, noor = scene
    own, path = signed_in(signer), f"/mijn/acties/{campaign.id}/samen"
    browser = signed_in(noor)
    send(own, path, email=NOOR)
    mine = f"/mijn/uitnodigingen/{invitation_id(fresh_database)}"
    assert "U zei nee." in send(browser, mine, answer="no")
    assert browser.get(f"/mijn/acties/{campaign.id}", headers=NL).status_code == 404
    send(own, path, email=NOOR)
    row_id = invitation_id(fresh_database)
    text = send(own, f"{path}/uitnodigingen/{row_id}/intrekken")
    assert "De uitnodiging is ingetrokken." in text
    late = browser.get(f"/mijn/uitnodigingen/{row_id}", headers=NL)
    assert late.status_code == 404
    assert "Hier is geen uitnodiging" in late.text


def test_a_campaign_is_handed_over_and_its_first_initiator_leaves(
    scene: tuple[Campaign, Person, Person],
    committing: Committing,
    signed_in: SignIn,
    fresh_database: Database,
) -> None:
    campaign, signer, noor = scene
    with committing() as session:
        join(session, campaign, noor)
        row_id = members_of(session, campaign.id)[1].id
    own, browser = signed_in(signer), signed_in(noor)
    path = f"/mijn/acties/{campaign.id}/samen"
    first = words(own.get(f"{path}/stoppen", headers=NL))
    assert "Vraag eerst een van de anderen" in first
    assert "Vraag eerst een van de anderen" in send(own, f"{path}/stoppen")
    assert "Wij hebben het gevraagd." in send(own, f"{path}/{row_id}/overdragen")
    assert "Wilt u voor deze actie tekenen?" in words(
        browser.get(f"/mijn/acties/{campaign.id}", headers=NL)
    )
    assert "worden van u" in words(browser.get(f"{path}/overnemen", headers=NL))
    assert "wordt niet overgedragen" in send(browser, f"{path}/overdracht-stoppen")
    assert browser.get(f"{path}/overnemen", headers=NL).status_code == 302
    assert "niet meer gevraagd" in send(browser, f"{path}/overnemen")
    send(own, f"{path}/{row_id}/overdragen")
    assert "U tekent nu voor deze actie." in send(browser, f"{path}/overnemen")
    assert "De anderen gaan door." in words(own.get(f"{path}/stoppen", headers=NL))
    assert "U leidt deze actie niet meer." in send(own, f"{path}/stoppen")
    assert own.get(path, headers=NL).status_code == 404
    with fresh_database.reading() as session:
        assert session.get_one(Campaign, campaign.id).initiator_id == noor.id


def test_who_read_that_others_go_on_does_not_become_the_last_unawares(
    scene: tuple[Campaign, Person, Person],
    committing: Committing,
    signed_in: SignIn,
    fresh_database: Database,
) -> None:
    campaign, signer, noor = scene
    with committing() as session:
        join(session, campaign, noor)
        third = join(session, campaign)
    browser, path = signed_in(noor), f"/mijn/acties/{campaign.id}/samen/stoppen"
    page = browser.get(path, headers=NL).text
    version = re.search(r'name="version" value="([^"]+)"', page)
    assert version is not None
    signed_in(third).post(path, headers=NL)
    answer = browser.post(path, data={"version": version[1]}, headers=NL)
    assert "Terwijl deze pagina openstond" in words(answer)
    with fresh_database.reading() as session:
        assert {row.person_id for row in members_of(session, campaign.id)} == {signer.id, noor.id}
    assert "U leidt deze actie niet meer." in send(browser, path)


def test_two_agree_to_an_account(
    scene: tuple[Campaign, Person, Person],
    committing: Committing,
    signed_in: SignIn,
    fresh_database: Database,
) -> None:
    campaign, signer, noor = scene
    with committing() as session:
        join(session, campaign, noor)
    own, browser = signed_in(signer), signed_in(noor)
    path = f"/mijn/acties/{campaign.id}/rekening"
    proposal = send(own, path, holder="Buurtgroep De Bloem", iban=IBAN)
    assert "De anderen krijgen een mail" in proposal
    assert "Trek het voorstel in" in proposal
    assert "Ik ben het eens" not in proposal
    with fresh_database.reading() as session:
        payee_id = session.scalars(select(Payee.id)).one()
    assert "Samira El Amrani" in words(browser.get(path, headers=NL))
    assert "Iemand anders van u moet" in send(own, f"{path}/{payee_id}/akkoord")
    for _ in range(2):
        assert "U bent het eens" in send(browser, f"{path}/{payee_id}/akkoord")
    assert "geldt niet meer" in send(browser, f"{path}/{payee_id}/niet")
    assert "De rekening die wij hebben" in words(own.get(path, headers=NL))


def test_who_takes_over_confirms_the_account_that_was_given_before(
    scene: tuple[Campaign, Person, Person],
    committing: Committing,
    signed_in: SignIn,
    client: FlaskClient,
    fresh_database: Database,
) -> None:
    campaign, signer, noor = scene
    own, path = signed_in(signer), f"/mijn/acties/{campaign.id}/rekening"
    send(own, path, holder="S. El Amrani", iban=IBAN)
    with committing() as session:
        row = session.get_one(Campaign, campaign.id)
        join(session, row, session.get_one(Person, noor.id))
        make_signer(session, row, session.get_one(Person, noor.id))
        payee_id = session.scalars(select(Payee.id)).one()
    heir, confirming = signed_in(noor), f"{path}/{payee_id}/bevestigen"
    page = words(heir.get(path, headers=NL))
    assert "Klopt deze rekening nog?" in page
    assert "tekent iemand anders voor de actie" in page
    assert "nog iemand van u" in page
    assert client.post(confirming, headers=NL).status_code == 302, "one signs in first"
    assert "Voor wij betalen, kijkt iemand anders ernaar" in send(heir, confirming)
    page = words(heir.get(path, headers=NL))
    assert "Een voorgestelde rekening" in page
    assert "Bevestig deze rekening" not in page
    assert "stelde al een rekening voor" in send(own, confirming)
    with fresh_database.reading() as session:
        proposal = session.scalars(select(Payee.id).where(Payee.status == "proposal")).one()
    assert "U bent het eens" in send(own, f"{path}/{proposal}/akkoord")
    assert "Klopt deze rekening nog?" not in words(heir.get(path, headers=NL))
    assert "Er is nu een andere rekening" in send(heir, confirming), "by the back button"


def test_nobody_left_and_staff_find_somebody(
    scene: tuple[Campaign, Person, Person],
    committing: Committing,
    signed_in: SignIn,
    client: FlaskClient,
    fresh_database: Database,
) -> None:
    campaign, signer, noor = scene
    with committing():
        member = PersonFactory()
        RoleGrantFactory(person_id=member.id, role="staff")
    own, staff, browser = signed_in(signer), signed_in(member), signed_in(noor)
    leaving = f"/mijn/acties/{campaign.id}/samen/stoppen"
    inviting = f"/beheer/acties/{campaign.id}/initiatiefnemer"
    assert staff.get(inviting, headers=NL).status_code == 404
    assert "U bent de laatste" in words(own.get(leaving, headers=NL))
    assert "U leidt deze actie niet meer." in send(own, leaving)
    page = words(client.get(f"/acties/{campaign.slug}", headers=NL))
    assert "Van een buur" in page
    assert "Samira El Amrani" not in page
    page = words(staff.get(f"/beheer/acties/{campaign.id}", headers=NL))
    assert "Niemand leidt deze actie meer" in page
    assert "Niemand leidt een actie meer" in words(staff.get("/beheer/meldingen", headers=NL))
    resuming = send(staff, f"/beheer/acties/{campaign.id}/hervatten", reason="Toch maar.")
    assert "Nodig eerst iemand uit" in resuming
    assert "De uitnodiging is onderweg." in send(staff, inviting, email=NOOR)
    assert NOOR in words(staff.get(inviting, headers=NL))
    mine = f"/mijn/uitnodigingen/{invitation_id(fresh_database)}"
    assert "U neemt de actie over" in words(browser.get(mine, headers=NL))
    assert "Welkom!" in send(browser, mine, answer="yes")
    assert "Noor Visser" in words(client.get(f"/acties/{campaign.slug}", headers=NL))
    assert "Geven kan weer." in send(
        staff, f"/beheer/acties/{campaign.id}/hervatten", reason="Noor leidt de actie nu."
    )
