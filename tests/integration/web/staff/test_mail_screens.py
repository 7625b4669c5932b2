"""Staff see mail that could not be delivered, mend its address and send it again."""

from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.jobs import run_jobs
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.mail.templates import TEMPLATES
from voorjebuurt.settings import Settings

WRONG, RIGHT = "noor@vorbeeld.example", "noor@voorbeeld.example"


@pytest.fixture
def staff(committing: Committing, signed_in: SignIn) -> FlaskClient:
    with committing() as session:
        anna = with_role(session, "staff", "Anna Bakker")
    return signed_in(anna)


@pytest.fixture
def message_id(committing: Committing) -> UUID:
    """A mail of somebody else's words that the mail server refused."""
    with committing() as session:
        queue_mail(
            session,
            key="won:1",
            template="campaign_won_donor",
            recipient=WRONG,
            locale="nl",
            name="Noor",
            title="Bomen",
            amount_cents=1250,
            campaign_path="/acties/bomen",
        )
        message = session.scalars(select(MailMessage)).one()
        message.subject, message.attempts = "Het is gelukt: Bomen gaat door", 1
        message.undeliverable_at, message.failure = clock.now(), "550 no such user"
        return message.id


def sent_to(database: Database) -> list[tuple[str, str]]:
    with database.reading() as session:
        statement = select(MailMessage.template, MailMessage.recipient)
        rows = session.execute(statement.where(MailMessage.sent_at.is_not(None)))
        return sorted((template, recipient) for template, recipient in rows)


def test_the_list_shows_what_did_not_arrive_and_why(staff: FlaskClient, message_id: UUID) -> None:
    page = staff.get("/beheer/mail").text
    assert f"/beheer/mail/{message_id}" in page
    assert WRONG in page
    assert "550 no such user" in page


def test_mended_and_sent_again_once_however_often_it_is_pressed(
    staff: FlaskClient,
    message_id: UUID,
    fresh_database: Database,
    settings: Settings,
    committing: Committing,
) -> None:
    with committing() as session:
        confirm_address(session, email=RIGHT, means=Means.PAYMENT)
    for _ in range(2):
        answer = staff.post(f"/beheer/mail/{message_id}", data={"email": RIGHT})
        assert answer.location == "/beheer/mail"
    run_jobs(fresh_database, settings)
    assert sent_to(fresh_database) == [("campaign_won_donor", RIGHT)]
    with fresh_database.reading() as session:
        deed = select(AuditEvent).where(AuditEvent.action == Action.MAIL_SENT_AGAIN.value)
        assert session.scalars(deed).one().detail["mended"] is True
    assert "Alle mail is aangekomen" in staff.get("/beheer/mail").text


def test_an_address_that_nobody_confirmed_gets_a_link_first_and_no_words(
    staff: FlaskClient, message_id: UUID, fresh_database: Database, settings: Settings
) -> None:
    staff.post(f"/beheer/mail/{message_id}", data={"email": RIGHT})
    run_jobs(fresh_database, settings)
    assert sent_to(fresh_database) == [("sign_in", RIGHT)]
    with fresh_database.reading() as session:
        link = session.scalars(select(MailMessage).where(MailMessage.template == "sign_in")).one()
    assert link.subject == "Er wacht een mail op u: bevestig uw e-mailadres"
    assert "Onze medewerkers hebben nu dit e-mailadres van u." in (link.text or "")
    assert "Daarna krijgt u die mail" in (link.text or "")


def test_what_is_no_address_is_told_at_the_field_and_stays(
    staff: FlaskClient, message_id: UUID, fresh_database: Database
) -> None:
    answer = staff.post(f"/beheer/mail/{message_id}", data={"email": "noor bij voorbeeld"})
    assert answer.status_code == 200
    assert 'value="noor bij voorbeeld"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    with fresh_database.reading() as session:
        assert session.get_one(MailMessage, message_id).undeliverable_at is not None


def test_a_mail_on_its_way_is_not_readdressed(
    staff: FlaskClient, message_id: UUID, fresh_database: Database
) -> None:
    staff.post(f"/beheer/mail/{message_id}", data={"email": RIGHT})
    page = staff.post(f"/beheer/mail/{message_id}", data={"email": "ander@voorbeeld.example"}).text
    assert "niet meer onbestelbaar" in page
    with fresh_database.reading() as session:
        assert session.get_one(MailMessage, message_id).recipient == RIGHT


def test_only_staff_see_addresses(
    committing: Committing, signed_in: SignIn, message_id: UUID
) -> None:
    with committing() as session:
        carla = with_role(session, "auditor", "Carla Groen")
    assert signed_in(carla).get(f"/beheer/mail/{message_id}").status_code in (403, 404)


def test_a_link_that_acts_for_its_reader_goes_to_nobody_else(
    staff: FlaskClient, committing: Committing, message_id: UUID, fresh_database: Database
) -> None:
    secrets = {name for name, template in TEMPLATES.items() if template.secret}
    assert secrets >= {"sign_in", "campaign_draft", "address_change_confirm", "address_change_stop"}
    for template in sorted(secrets):
        with committing() as session:
            session.get_one(MailMessage, message_id).template = template
        answer = staff.post(f"/beheer/mail/{message_id}", data={"email": RIGHT})
        assert "alleen opnieuw naar hetzelfde adres" in answer.text
        with fresh_database.reading() as session:
            message = session.get_one(MailMessage, message_id)
            assert (message.recipient, message.undeliverable_at is None) == (WRONG, False)
