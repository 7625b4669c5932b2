"""Two workers and one mail, or one address."""

import dataclasses
import threading
from collections.abc import Callable

from sqlalchemy import func, select

from tests.support.at_once import at_once, without_errors
from tests.support.factories.base import building_in
from tests.support.factories.towns import town
from tests.support.smtp_server import smtp_server
from voorjebuurt.decisions import tasks
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.mail.tasks import send_mail
from voorjebuurt.settings import Settings

NOOR = "noor@voorbeeld.example"


def queue(database: Database, number: int) -> str:
    with database.writing() as session:
        confirm_address(session, email=NOOR, means=Means.PAYMENT)
        queue_mail(
            session,
            key=f"won:{number}",
            template="campaign_won_donor",
            recipient=NOOR,
            locale="nl",
            name="Noor",
            title="Bomen",
            amount_cents=1250,
            campaign_path="/acties/bomen",
        )
        statement = select(MailMessage.id).where(MailMessage.key == f"won:{number}")
        return str(session.scalars(statement).one())


def sender(runtime: Runtime, message_id: str) -> Callable[[], None]:
    return lambda: send_mail(runtime, message_id=message_id)


def test_two_workers_send_one_mail_once(fresh_database: Database, settings: Settings) -> None:
    message_id = queue(fresh_database, 1)
    with smtp_server() as smtp:
        smtp.gate = threading.Event()
        runtime = Runtime(fresh_database, dataclasses.replace(settings, smtp_url=smtp.url))
        # The first holds the mail at the server's door until the second is done with it.
        first = threading.Thread(target=sender(runtime, message_id))
        first.start()
        assert smtp.busy.wait(timeout=10)
        send_mail(runtime, message_id=message_id)
        smtp.gate.set()
        first.join(timeout=20)
        send_mail(runtime, message_id=message_id)
        assert len(smtp.received) == 1


def test_two_workers_never_both_take_the_last_place_in_an_hour(
    fresh_database: Database, settings: Settings
) -> None:
    settings = dataclasses.replace(settings, mail=dataclasses.replace(settings.mail, per_hour=1))
    runtime = Runtime(fresh_database, settings)
    ids = [queue(fresh_database, number) for number in range(4)]
    without_errors(at_once(*(sender(runtime, message_id) for message_id in ids)))
    with fresh_database.reading() as session:
        statement = select(func.count()).where(MailMessage.sent_at.is_not(None))
        assert session.scalar(statement) == 1


def test_two_workers_never_both_mail_an_officer_of_one_thing(
    fresh_database: Database, settings: Settings
) -> None:
    with fresh_database.writing() as session, building_in(session):
        town(session)
    runtime = Runtime(fresh_database, settings)
    without_errors(at_once(*(lambda: tasks.summarise_for_officers(runtime) for _ in range(4))))
    with fresh_database.reading() as session:
        statement = select(MailMessage.recipient).where(MailMessage.template == "officer_news")
        recipients = session.scalars(statement).all()
    assert len(set(recipients)) == len(recipients) == 2
