"""The outbox: once per key, sent by the worker over real SMTP, kept as it was sent."""

import dataclasses
import email
import socketserver
import threading
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default

import pytest
from sqlalchemy import select

from tests.support.certain import certain
from tests.support.jobs import run_jobs
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.queries import latest_mail
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.mail.tasks import sweep_mail
from voorjebuurt.settings import Settings

CONTEXT = {
    "name": "Jan *de Bakker* & zoon",
    "title": "Bomen_op_het_plein",
    "amount_cents": 1250,
    "tip_cents": 0,
    "gift_path": "/giften/geheim",
    "campaign_path": "/acties/bomen",
}


class SmtpServer(socketserver.ThreadingTCPServer):
    """A mail server as simple as can be: it takes everything, or refuses everything."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Smtp)
        self.received: list[EmailMessage] = []
        self.refusing = False

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}?starttls=0"


class _Smtp(socketserver.StreamRequestHandler):
    server: SmtpServer

    def handle(self) -> None:
        self._say("220 test")
        while line := self.rfile.readline().decode().strip():
            verb = line.upper()[:4]
            if verb == "DATA":
                self._say("354 go on")
                self._take()
            elif verb == "QUIT":
                self._say("221 bye")
                return
            elif verb == "RCPT" and self.server.refusing:
                self._say("451 later")
            else:
                self._say("250 ok")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        self.server.received.append(email.message_from_bytes(b"".join(lines), policy=default))
        self._say("250 taken")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def smtp() -> Iterator[SmtpServer]:
    with SmtpServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def _queue(database: Database, key: str = "receipt:1") -> bool:
    with database.writing() as session:
        return queue_mail(
            session,
            key=key,
            template="payment_failed",
            recipient="jan@voorbeeld.example",
            locale="nl",
            **CONTEXT,
        )


def test_a_mail_is_sent_once_over_smtp(
    fresh_database: Database, settings: Settings, smtp: SmtpServer
) -> None:
    settings = dataclasses.replace(settings, smtp_url=smtp.url)
    assert _queue(fresh_database) is True
    assert _queue(fresh_database) is False
    run_jobs(fresh_database, settings)
    run_jobs(fresh_database, settings)
    (message,) = smtp.received
    assert message["To"] == "jan@voorbeeld.example"
    assert message["Subject"] == "Uw betaling aan Bomen_op_het_plein is niet gelukt"
    text = certain(message.get_body(("plain",))).get_content()
    assert "Jan *de Bakker* & zoon" in text
    assert "€ 12,50" in text.replace("\xa0", " ")
    assert f"{settings.base_url}/giften/geheim" in text
    html = certain(message.get_body(("html",))).get_content()
    assert "Jan *de Bakker* &amp; zoon" in html
    assert "Bomen_op_het_plein" in html


def test_without_smtp_it_stays_in_the_practice_mailbox(
    fresh_database: Database, settings: Settings
) -> None:
    _queue(fresh_database)
    run_jobs(fresh_database, settings)
    with fresh_database.reading() as session:
        (message,) = latest_mail(session, limit=10)
    assert message.sent_at is not None
    assert message.subject == "Uw betaling aan Bomen_op_het_plein is niet gelukt"


def test_a_mail_of_a_rolled_back_transaction_never_existed(fresh_database: Database) -> None:
    def fail() -> None:
        with fresh_database.writing() as session:
            queue_mail(
                session,
                key="gone",
                template="payment_failed",
                recipient="jan@voorbeeld.example",
                locale="nl",
                **CONTEXT,
            )
            raise RuntimeError("the fact did not happen")

    with pytest.raises(RuntimeError):
        fail()
    with fresh_database.reading() as session:
        assert session.scalar(select(MailMessage.id)) is None


def test_a_refusing_mail_server_is_tried_again_later(
    fresh_database: Database, settings: Settings, smtp: SmtpServer
) -> None:
    settings = dataclasses.replace(settings, smtp_url=smtp.url)
    smtp.refusing = True
    _queue(fresh_database)
    run_jobs(fresh_database, settings, failing=True)
    assert smtp.received == []
    smtp.refusing = False
    with clock.at(clock.now() + timedelta(hours=1)):
        sweep_mail(Runtime(fresh_database, settings))
    run_jobs(fresh_database, settings)
    assert len(smtp.received) == 1
