"""What is kept of somebody, for themselves: signed in, or by a link to their address."""

import json
import re
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.jobs import run_jobs
from voorjebuurt.campaigns.models import ReviewNote
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.mail.models import MailChoice, MailMessage, MailUnsubscription
from voorjebuurt.owndata import export
from voorjebuurt.owndata.models import DataLink
from voorjebuurt.owndata.tasks import forget_links
from voorjebuurt.payouts.models import Payee
from voorjebuurt.payouts.seals import keep_iban
from voorjebuurt.people.models import Passkey, Person
from voorjebuurt.places.models import PlaceWish
from voorjebuurt.pledges.models import UnmatchedGiver
from voorjebuurt.settings import Settings

NOOR = "noor@voorbeeld.example"
IBAN, BOARD = "NL91ABNA0417164300", "bestuur@voorbeeld.example"
PAGE, FILE, ASK = "/mijn/gegevens", "/mijn/gegevens.json", "/gegevens"


def noor_with_everything(session: Session) -> Person:
    noor = PersonFactory(email=NOOR, name="Noor Vos")
    other = PersonFactory(name="Bo Anders")
    campaign = CampaignFactory(status="live", initiator_id=noor.id, title="Bomen op het plein")
    CampaignFactory(status="live", initiator_id=other.id, title="Plan van Bo")
    guest_draft = {"status": "draft", "initiator_id": noor.id, "guest_name": "Iemand"}
    CampaignFactory(title="Niet van Noor", **guest_draft)
    PledgeFactory(campaign=campaign, email=NOOR, name="N. Vos", message="Succes ermee!")
    PledgeFactory(campaign=campaign, email="bo@voorbeeld.example", name="Bo", message="Van Bo")
    for author, body in ((noor, "Past het zo?"), (other, "Vraag van Bo")):
        note = ReviewNote(
            campaign_id=campaign.id, author_id=author.id, kind="answer", body=body, at=clock.now()
        )
        session.add(note)
    row = MailUnsubscription(email=NOOR, template="gift_digest", unsubscribed_at=clock.now())
    session.add(row)
    session.flush()
    return noor


def link_of(database: Database, settings: Settings) -> str:
    """The address in the mail that waits."""
    run_jobs(database, settings)
    with database.reading() as session:
        statement = select(MailMessage).where(MailMessage.template == "own_data_link")
        (mail,) = session.scalars(statement).all()
        assert mail.recipient == NOOR
        return str(re.findall(r"/gegevens/[\w-]+", mail.text or "")[0])


def test_who_is_signed_in_sees_all_of_their_own_and_nothing_of_others(
    committing: Committing, signed_in: SignIn
) -> None:
    with committing() as session:
        noor = noor_with_everything(session)
    browser = signed_in(noor)
    page = browser.get(PAGE)
    assert page.headers["Cache-Control"] == "no-store"
    for words in ("Noor Vos", "Bomen op het plein", "N. Vos", "Succes ermee!", "Past het zo?"):
        assert words in page.text, words
    for words in ("Van Bo", "Plan van Bo", "Vraag van Bo", "Niet van Noor"):
        assert words not in page.text, words
    assert FILE in page.text


def test_the_file_has_the_same_for_a_program(committing: Committing, signed_in: SignIn) -> None:
    with committing() as session:
        noor = noor_with_everything(session)
    answer = signed_in(noor).get(FILE)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.mimetype == "application/json"
    assert "attachment" in answer.headers["Content-Disposition"]
    data: dict[str, Any] = json.loads(answer.text)
    assert data["is_whole"] is True
    assert (data["profile"]["email"], data["profile"]["name"]) == (NOOR, "Noor Vos")
    (gift,) = data["gifts"]
    assert (gift["amount_cents"], gift["message"], gift["status"]) == (
        2500,
        "Succes ermee!",
        "booked",
    )
    assert [campaign["title"] for campaign in data["campaigns"]] == ["Bomen op het plein"]
    assert [message["body"] for message in data["messages"]] == ["Past het zo?"]
    assert [each["device"] for each in data["sign_ins"]] != []
    assert data["unsubscribed_from"] == ["gift_digest"]


def test_nobody_sees_it_who_is_not_signed_in(client: FlaskClient) -> None:
    for path in (PAGE, FILE):
        assert client.get(path).status_code == 302


def test_a_donor_without_an_account_gets_it_by_a_link(
    client: FlaskClient,
    fresh_database: Database,
    settings: Settings,
    committing: Committing,
) -> None:
    with committing():
        PledgeFactory(email=NOOR, name="N. Vos", message="Succes ermee!")
        PledgeFactory(email="bo@voorbeeld.example", message="Van Bo")
    answer = client.post(ASK, data={"email": "Noor@voorbeeld.example"}, follow_redirects=True)
    assert "Wij hebben u een link gemaild" in answer.text
    path = link_of(fresh_database, settings)
    page = client.get(path)
    assert page.headers["Cache-Control"] == "no-store"
    assert "Succes ermee!" in page.text
    assert "Nummer van de gift" in page.text
    assert "Van Bo" not in page.text
    answer = client.get(f"{path}/bestand.json")
    assert answer.headers["Cache-Control"] == "no-store"
    assert [gift["message"] for gift in json.loads(answer.text)["gifts"]] == ["Succes ermee!"]
    with clock.at(clock.now() + timedelta(hours=25)):
        assert "werkt niet meer" in client.get(path, follow_redirects=True).text
        assert client.get(f"{path}/bestand.json").status_code == 404
        forget_links(Runtime(fresh_database, settings))
    with fresh_database.reading() as session:
        assert session.scalars(select(DataLink)).all() == []
        assert session.scalars(select(MailMessage)).all() == []


def test_who_comes_to_have_an_address_erased_reads_that_the_link_is_for_that_too(
    client: FlaskClient, fresh_database: Database, settings: Settings, committing: Committing
) -> None:
    with committing():
        PledgeFactory(email=NOOR)
    assert "laten wissen" in client.get(ASK).text
    answer = client.post(ASK, data={"email": NOOR}, follow_redirects=True)
    assert "Daar kunt u het ook laten wissen." in answer.text
    link_of(fresh_database, settings)
    with fresh_database.reading() as session:
        words = session.scalars(select(MailMessage.text)).one() or ""
    assert "laten wissen" in words
    assert "kan uw gegevens wissen" in " ".join(words.split()), "so nobody else should have it"


def test_a_link_shows_no_profile_of_who_can_sign_in(session: Session) -> None:
    noor_with_everything(session)
    data = export.data_of_address(session, NOOR)
    assert data.profile is None
    assert (data.campaigns, data.messages, data.sign_ins, data.applications) == ((), (), (), ())
    assert len(data.gifts) == 1


def test_the_same_is_said_for_an_address_of_which_nothing_is_kept(client: FlaskClient) -> None:
    answer = client.post(ASK, data={"email": "wie@voorbeeld.example"}, follow_redirects=True)
    assert "Wij hebben u een link gemaild" in answer.text


def test_a_slip_is_told_at_the_field_and_kept(client: FlaskClient) -> None:
    answer = client.post(ASK, data={"email": "noor@"})
    assert 'aria-invalid="true"' in answer.text
    assert 'value="noor@"' in answer.text


def test_lists_are_bounded_and_say_so(session: Session) -> None:
    for _ in range(3):
        PledgeFactory(email=NOOR)
    data = export.data_of_address(session, NOOR, most=2)
    assert (len(data.gifts), data.is_whole) == (2, False)
    assert export.data_of_address(session, NOOR, most=3).is_whole


def test_accounts_wishes_boards_choices_and_keys_are_shown_too(
    committing: Committing, signed_in: SignIn, settings: Settings
) -> None:
    now = clock.now()
    with committing() as session:
        noor = noor_with_everything(session)
        campaign = CampaignFactory(status="paid_out", initiator_id=noor.id, title="Een bank")
        place = {"campaign_id": campaign.id, "municipality_id": campaign.municipality_id}
        payee = Payee(
            **place,
            holder="N. Vos",
            status="submitted",
            submitted_at=now,
            submitted_by=noor.id,
            payable_from=now,
        )
        keep_iban(payee, IBAN, Sealer(settings.data_keys))
        rows = [
            payee,
            PlaceWish(
                place="Urk", slug="urk", email=NOOR, locale="nl", token_hash="x", asked_at=now
            ),
            UnmatchedGiver(**place, email=BOARD, relation="board", added_at=now, added_by=noor.id),
            MailChoice(person_id=noor.id, kind="term", cadence="never", chosen_at=now),
            Passkey(
                person_id=noor.id,
                credential_id=b"x",
                public_key=b"x",
                sign_count=0,
                label="Mijn telefoon",
                created_at=now,
            ),
        ]
        session.add_all(rows)
    browser = signed_in(noor)
    page = browser.get(PAGE).text
    for words in (IBAN, "N. Vos", "Urk", BOARD, "Mijn telefoon", "Van 1 soort mail koos u"):
        assert words in page, words
    data = json.loads(browser.get(FILE).text)
    assert [each["iban"] for each in data["payees"]] == [IBAN]
    assert [each["label"] for each in data["passkeys"]] == ["Mijn telefoon"]
    assert [each["cadence"] for each in data["mail_choices"]] == ["never"]
