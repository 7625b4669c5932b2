"""A whole small world for one fault: the site over HTTP, the sandbox, the queue and the books.

Donors are browsers without JavaScript. Nothing is faked: payments are made at the sandbox's
process, webhooks come from it, and jobs are taken from the queue in PostgreSQL.
"""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from subprocess import Popen
from typing import Any
from uuid import UUID

import requests
from flask import Flask
from sqlalchemy import select, text
from werkzeug.serving import make_server

from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.faults.donor import Donor
from tests.support.jobs import run_and_report, run_jobs
from tests.support.sandbox_process import SandboxProcess
from voorjebuurt import settings as application_settings
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import counters
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.payments.models import Payment, Refund
from voorjebuurt.payments.queries import payments_of_pledge
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.settings import Settings
from voorjebuurt.worker.due import run_due
from voorjebuurt.worker.run_waiting import JobRun

_BUSY = text(
    "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'"
    " OR (status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()))"
)


class World:
    """One campaign's world: see the module."""

    def __init__(self, database: Database, settings: Settings, sandbox: SandboxProcess) -> None:
        self.database = database
        self.settings = settings
        self.sandbox = sandbox
        self.site = settings.base_url

    def campaign(self, **values: object) -> Campaign:
        """A live campaign with a minimum of € 1,000, unless told otherwise."""
        with self.database.writing() as session, building_in(session):
            return CampaignFactory(**{"status": "live", **values})

    def donor(self) -> Donor:
        """A new browser, in English."""
        http = requests.Session()
        http.trust_env = False
        http.headers.update({"Accept-Language": "en"})
        return Donor(self.site, http)

    def giving(self, campaign: Campaign, cents: int = 5000, tip: int = 200) -> Donor:
        """A donor who stands before the button to pay."""
        return self.donor().fill_in(campaign.slug, cents, tip)

    def paid(self, campaign: Campaign, cents: int = 5000, tip: int = 200) -> Donor:
        """A donor who paid, of which everything is known and booked."""
        donor = self.giving(campaign, cents, tip)
        self.sandbox.pay(donor.checkout())
        self.work()
        return donor

    def let_a_moment_pass(self) -> None:
        """The provider may be asked again after the same payment, by who comes back."""
        with self.database.writing() as session:
            counters.forget(session)

    def webhook(self, token: str, provider_id: str) -> requests.Response:
        """Call our webhook address, as the provider or somebody else might."""
        return requests.post(
            f"{self.site}/hooks/mollie/{token}", data={"id": provider_id}, timeout=10
        )

    def work(self) -> list[str]:
        """Wait for the webhooks that are under way, and do every job that waits."""
        self.sandbox.wait_for_webhooks()
        return run_jobs(self.database, self.settings)

    def work_and_report(self) -> list[JobRun]:
        """The same, where jobs may fail."""
        self.sandbox.wait_for_webhooks()
        return run_and_report(self.database, self.settings)

    def come(self, moment: datetime) -> list[JobRun]:
        """Let everything happen that would be done by then; nothing of it may fail."""
        ran = run_due(Runtime(self.database, self.settings), moment)
        for job in ran:
            if job.error is not None:
                raise job.error
        return ran

    def payments(self, donor: Donor) -> list[Payment]:
        """All attempts to pay a gift, oldest first."""
        with self.database.writing() as session:
            pledge_id = session.scalars(select(Pledge.id).where(Pledge.token == donor.gift)).one()
            return list(payments_of_pledge(session, pledge_id))

    def payment(self, donor: Donor) -> Payment:
        """The only attempt to pay a gift."""
        (payment,) = self.payments(donor)
        return payment

    def refunds(self, donor: Donor) -> list[Refund]:
        """All refunds of a gift's payments."""
        ids = [payment.id for payment in self.payments(donor)]
        with self.database.writing() as session:
            return list(session.scalars(select(Refund).where(Refund.payment_id.in_(ids))))

    def mails(self, template: str, *, only_sent: bool = False) -> int:
        """How many mails were made from a template (and sent)."""
        with self.database.reading() as session:
            statement = select(MailMessage.id).where(MailMessage.template == template)
            if only_sent:
                statement = statement.where(MailMessage.sent_at.is_not(None))
            return len(session.scalars(statement).all())

    def busy(self) -> bool:
        """Whether a job is being done, or could be."""
        with self.database.reading() as session:
            return bool(session.scalar(_BUSY))

    @contextmanager
    def worker(self) -> Iterator[Popen[bytes]]:
        """A real worker process."""
        settings = self.settings
        environment = environment_of(settings.home, settings.port, *self._addresses())
        command = [sys.executable, "-m", "voorjebuurt", "worker"]
        process = subprocess.Popen(command, env={**os.environ, **environment})
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)

    def _addresses(self) -> tuple[str, str]:
        return str(self.settings.database_url), self.sandbox.url

    def at_provider(self) -> int:
        """How many payments the provider has."""
        return len(self.provider_payments())

    def provider_payments(self) -> list[dict[str, Any]]:
        """The payments as the provider lists them."""
        answer = requests.get(
            f"{self.sandbox.url}/v2/payments?limit=250",
            headers={"Authorization": "Bearer test_sandbox"},
            timeout=10,
        )
        payments: list[dict[str, Any]] = answer.json()["_embedded"]["payments"]
        return payments

    def status(self, campaign_id: UUID) -> str:
        """A campaign's status."""
        with self.database.reading() as session:
            return session.get_one(Campaign, campaign_id).status


def environment_of(home: Path, port: int, database_url: str, sandbox_url: str) -> dict[str, str]:
    """The environment of a site on ``port`` of this machine."""
    return {
        "VJB_ENV": "test",
        "VJB_HOME": str(home),
        "PORT": str(port),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": database_url,
        "VJB_SANDBOX_URL": sandbox_url,
    }


def world_settings(home: Path, port: int, database_url: str, sandbox_url: str) -> Settings:
    """The settings in that environment."""
    return application_settings.load(environment_of(home, port, database_url, sandbox_url))


@contextmanager
def served(app: Flask, settings: Settings) -> Iterator[None]:
    """The site, in a thread, on the port of its settings."""
    server = make_server("127.0.0.1", settings.port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
