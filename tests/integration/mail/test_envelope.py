"""The headers of a mail: who it is from, who reads its answers, and how to want no more."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.fixtures_site import Committing
from tests.support.jobs import run_jobs
from voorjebuurt.app import create_app
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail import links
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.mail.envelope import as_email
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.mail.subscriptions import unsubscribe_path
from voorjebuurt.settings import Settings

OFFICER = "iris@gemeente.example"


def message_of(template: str, **context: object) -> MailMessage:
    return MailMessage(
        id=uuid4(),
        template=template,
        recipient=OFFICER,
        locale="nl",
        context=context,
        created_at=clock.now(),
    )


def reminder() -> MailMessage:
    return message_of("officer_reminder", name="", desk_path=links.officer_desk(), cases=[])


def remind(committing: Committing, number: int) -> None:
    with committing() as session:
        confirm_address(session, email=OFFICER, means=Means.SIGN_IN)
        queue_mail(
            session,
            key=f"reminder:{number}",
            template="officer_reminder",
            recipient=OFFICER,
            locale="nl",
            **reminder().context,
        )


def reminders(database: Database) -> list[bool]:
    """Of each reminder in turn, whether it was sent."""
    with database.reading() as session:
        messages = session.scalars(select(MailMessage).order_by(MailMessage.key)).all()
        return [message.sent_at is not None for message in messages]


def test_answers_go_to_somebody_who_reads_them(settings: Settings) -> None:
    mail = replace(settings.mail, reply_to="Voor je Buurt <hulp@voorjebuurt.example>")
    email = as_email(replace(settings, mail=mail), message_of("sign_in", path="/x", minutes=30))
    assert email["Reply-To"] == "Voor je Buurt <hulp@voorjebuurt.example>"
    assert email["From"] == settings.mail.sender
    assert email["Auto-Submitted"] == "auto-generated"


def test_only_what_can_be_refused_says_how(settings: Settings) -> None:
    service = as_email(settings, message_of("sign_in", path="/x", minutes=30))
    assert (service["List-Unsubscribe"], service["List-Unsubscribe-Post"]) == (None, None)
    message = reminder()
    email = as_email(settings, message)
    address = email["List-Unsubscribe"].strip("<>")
    assert address.startswith(f"{settings.base_url}/afmelden/{message.id}/")
    assert email["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in (message.text or "")
    assert f'href="{address}"' in (message.html or "")


def test_one_press_in_a_mail_program_is_enough(
    app: Flask,
    client: FlaskClient,
    committing: Committing,
    fresh_database: Database,
    settings: Settings,
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    remind(committing, 1)
    run_jobs(fresh_database, settings)
    with fresh_database.reading() as session:
        body = session.scalars(select(MailMessage.text)).one() or ""
    path = re.findall(r"/afmelden/\S+", body)[0]
    assert "Stuur mij deze mails niet meer" in client.get(path).text, "looking changes nothing"
    for _ in range(2):
        answer = client.post(path, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert "U krijgt deze soort mail niet meer" in answer.text
    remind(committing, 2)
    run_jobs(fresh_database, settings)
    assert reminders(fresh_database) == [True, False]
    for _ in range(2):
        assert "Stuur mij deze mails niet meer" in client.post(f"{path}/aanmelden").text
    remind(committing, 3)
    with clock.at(clock.now() + timedelta(minutes=1)):
        run_jobs(fresh_database, settings)
    assert reminders(fresh_database) == [True, False, True]
    with fresh_database.reading() as session:
        deeds = session.scalars(select(AuditEvent.action).order_by(AuditEvent.at)).all()
    assert [deed for deed in deeds if deed.startswith("mail.")] == [
        "mail.unsubscribed",
        "mail.subscribed",
    ]


def test_a_link_that_we_did_not_make_unsubscribes_nobody(
    client: FlaskClient, committing: Committing, fresh_database: Database
) -> None:
    remind(committing, 1)
    with fresh_database.reading() as session:
        message_id = session.scalars(select(MailMessage.id)).one()
    for signature in ("x" * 64, "é"):
        assert client.post(f"/afmelden/{message_id}/{signature}").status_code == 404


def test_a_link_made_with_an_old_key_works_while_that_is_named(
    settings: Settings, fresh_database: Database, committing: Committing
) -> None:
    remind(committing, 1)
    with fresh_database.reading() as session:
        message = session.scalars(select(MailMessage)).one()
        path = unsubscribe_path(settings.secret_key, message)
    for old, status in (((settings.secret_key,), 200), ((), 404)):
        rotation = replace(settings, secret_key="n" * 40, secret_keys_old=old)
        client = create_app(rotation, fresh_database).test_client()
        assert client.post(path or "").status_code == status
