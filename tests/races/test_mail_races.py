"""Two workers and one mail, or one address."""

import dataclasses
import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select, text

from tests.support.at_once import at_once, without_errors
from tests.support.certain import certain
from tests.support.factories.base import building_in
from tests.support.factories.towns import town
from tests.support.jobs import run_jobs
from tests.support.smtp_server import smtp_server
from voorjebuurt.decisions import tasks
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.sending import LEASE, MAX_ATTEMPTS, hand_over, take_mail
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.mail.tasks import send_mail, sweep_mail
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


def test_no_transaction_is_open_while_the_mail_server_speaks(
    fresh_database: Database, settings: Settings
) -> None:
    message_id = queue(fresh_database, 1)
    with smtp_server() as smtp:
        smtp.gate = threading.Event()
        runtime = Runtime(fresh_database, dataclasses.replace(settings, smtp_url=smtp.url))
        sending = threading.Thread(target=sender(runtime, message_id))
        sending.start()
        assert smtp.busy.wait(timeout=10)
        with fresh_database.writing() as session:
            others = "pid <> pg_backend_pid() AND datname = current_database()"
            statement = f"SELECT count(*) FROM pg_stat_activity WHERE {others}"
            open_ones = session.scalar(text(f"{statement} AND state = 'idle in transaction'"))
            session.scalars(select(MailMessage.id).with_for_update(nowait=True)).one()
        assert open_ones == 0
        smtp.gate.set()
        sending.join(timeout=20)
        assert len(smtp.received) == 1


def test_what_a_crash_left_is_sent_again_once_when_its_lease_is_over(
    fresh_database: Database, settings: Settings
) -> None:
    message_id = queue(fresh_database, 1)
    with smtp_server() as smtp:
        settings = dataclasses.replace(settings, smtp_url=smtp.url)
        runtime = Runtime(fresh_database, settings)
        with fresh_database.writing() as session:
            delivery = certain(take_mail(session, settings, UUID(message_id)))
        assert hand_over(settings, delivery) is None
        # Here its worker ended. Its job is put back, and finds that somebody may be at it.
        run_jobs(fresh_database, settings)
        assert len(smtp.received) == 1
        with clock.at(clock.now() + LEASE + timedelta(seconds=1)):
            run_jobs(fresh_database, settings)
            sweep_mail(runtime)
            run_jobs(fresh_database, settings)
        with clock.at(clock.now() + timedelta(days=1)):
            sweep_mail(runtime)
            run_jobs(fresh_database, settings)
        assert len(smtp.received) == 2
        assert smtp.received[0]["Message-ID"] == smtp.received[1]["Message-ID"]


def test_a_claim_without_a_job_is_swept_up(fresh_database: Database, settings: Settings) -> None:
    message_id = queue(fresh_database, 1)
    with fresh_database.writing() as session:
        take_mail(session, settings, UUID(message_id))
        session.execute(text("DELETE FROM procrastinate_jobs"))
    with clock.at(clock.now() + LEASE + timedelta(seconds=1)):
        sweep_mail(Runtime(fresh_database, settings))
        run_jobs(fresh_database, settings)
    with fresh_database.reading() as session:
        assert session.get_one(MailMessage, UUID(message_id)).sent_at is not None


def test_a_mail_that_ends_its_worker_ends_too(fresh_database: Database, settings: Settings) -> None:
    message_id = queue(fresh_database, 1)
    moment = clock.now()
    for _ in range(MAX_ATTEMPTS + 1):
        moment += LEASE + timedelta(seconds=1)
        with clock.at(moment), fresh_database.writing() as session:
            take_mail(session, settings, UUID(message_id))
    with fresh_database.reading() as session:
        message = session.get_one(MailMessage, UUID(message_id))
    assert (message.attempts, message.undeliverable_at) == (MAX_ATTEMPTS, moment)
