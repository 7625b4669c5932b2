"""A whole small world for one fault: the site over HTTP, the sandbox, the queue and the books.

Donors are browsers without JavaScript. Nothing is faked: payments are made at the sandbox's
process, webhooks come from it, and jobs are taken from the queue in PostgreSQL.
"""

import os
import re
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID

import requests
from sqlalchemy import select, text
from werkzeug.serving import make_server

from tests.factories.base import building_in
from tests.factories.campaigns import CampaignFactory
from tests.jobs import run_and_report, run_jobs
from tests.sandbox_process import SandboxProcess
from voorjebuurt import settings as application_settings
from voorjebuurt.app import create_app
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.payments.models import Payment, Refund
from voorjebuurt.payments.queries import payments_of_pledge
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.settings import Settings
from voorjebuurt.worker.drain import Ran
from voorjebuurt.worker.due import run_due

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_BUSY = text(
    "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'"
    " OR (status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()))"
)
_BDI = re.compile(r"</?bdi>")
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)

HEADINGS = {
    "to_pay": "Check your gift",
    "waiting": "We are waiting for word from the bank",
    "pending": "Your payment is being processed",
    "checking": "We are looking into your payment",
    "failed": "Your payment did not succeed",
    "canceled": "You stopped the payment",
    "expired": "The payment took too long",
    "booked": "Thank you for your gift!",
    "refunding": "You get your money back",
    "refunded": "Your money has been paid back",
    "unclaimed": "We could not pay your money back",
    "charged_back": "Your bank took this payment back",
}
"""What the gift's own page says in each of its states."""


@dataclass
class Donor:
    """Somebody with a browser who gives to a campaign."""

    site: str
    http: requests.Session
    gift: str = ""

    def fill_in(self, slug: str, cents: int = 5000, tip: int = 200) -> "Donor":
        """Fill in the form of a gift; the next screen is the gift's own page."""
        address = f"{self.site}/acties/{slug}/geef"
        answer = self.post(
            address,
            self.token_of(address),
            amount="other",
            other=f"{cents // 100},{cents % 100:02d}",
            tip=f"{tip // 100},{tip % 100:02d}",
            name="Noor Visser",
            email="noor@voorbeeld.example",
            name_public="yes",
            consent="y",
        )
        assert answer.status_code == 302, answer.text
        self.gift = answer.headers["Location"].rsplit("/", 1)[-1].partition("?")[0]
        return self

    def pay(self) -> requests.Response:
        """Press the button that leads to the payment page."""
        return self.post(f"{self.page_address}/betalen", self.token_of(self.page_address))

    def checkout(self) -> str:
        """The same, when it does lead there: the address of the payment page."""
        answer = self.pay()
        assert answer.status_code == 302, answer.text
        assert "/checkout/" in answer.headers["Location"], answer.headers["Location"]
        return answer.headers["Location"]

    def come_back(self) -> None:
        """Return from the payment page."""
        assert self.http.get(f"{self.page_address}/terug", timeout=10).status_code == 200

    @property
    def page_address(self) -> str:
        """The gift's own page."""
        return f"{self.site}/giften/{self.gift}"

    @property
    def page(self) -> str:
        """What that page says."""
        answer = self.http.get(self.page_address, timeout=10)
        assert answer.status_code == 200, answer.text
        return unescape(_BDI.sub("", answer.text))

    @property
    def state(self) -> str:
        """The state that the page tells of in its heading."""
        match = _HEADING.search(self.page)
        assert match is not None
        heading = match[1].strip()
        return next(state for state, said in HEADINGS.items() if said == heading)

    def pay_without_form(self) -> int:
        """Press a button that an old tab still shows: the status of what comes of it."""
        return self.post(f"{self.page_address}/betalen", self.a_token()).status_code

    def a_token(self) -> str:
        """A token for forms from a page that always has one."""
        return self.token_of(f"{self.site}/inloggen")

    def post(self, address: str, token: str, **fields: str) -> requests.Response:
        """Send a form, without following where it leads."""
        return self.http.post(
            address, data={"csrf_token": token, **fields}, allow_redirects=False, timeout=30
        )

    def token_of(self, address: str) -> str:
        """The token in the form of a page."""
        answer = self.http.get(address, timeout=10)
        match = _TOKEN.search(answer.text)
        assert match is not None, answer.text
        return match[1]


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

    def webhook(self, token: str, provider_id: str) -> requests.Response:
        """Call our webhook address, as the provider or somebody else might."""
        return requests.post(
            f"{self.site}/hooks/mollie/{token}", data={"id": provider_id}, timeout=10
        )

    def work(self) -> list[str]:
        """Wait for the webhooks that are under way, and do every job that waits."""
        self.sandbox.wait_for_webhooks()
        return run_jobs(self.database, self.settings)

    def work_and_report(self) -> list[Ran]:
        """The same, where jobs may fail."""
        self.sandbox.wait_for_webhooks()
        return run_and_report(self.database, self.settings)

    def come(self, moment: datetime) -> list[Ran]:
        """Let everything happen that would be done by then; nothing of it may fail."""
        ran = run_due(Runtime(self.database, self.settings), moment)
        for one in ran:
            if one.error is not None:
                raise one.error
        return ran

    def payments(self, donor: Donor) -> list[Payment]:
        """All attempts to pay a gift, oldest first."""
        with self.database.writing() as session:
            found = session.scalars(select(Pledge.id).where(Pledge.token == donor.gift)).one()
            return list(payments_of_pledge(session, found))

    def payment(self, donor: Donor) -> Payment:
        """The only attempt to pay a gift."""
        (found,) = self.payments(donor)
        return found

    def refunds(self, donor: Donor) -> list[Refund]:
        """All refunds of a gift's payments."""
        ids = [payment.id for payment in self.payments(donor)]
        with self.database.writing() as session:
            return list(session.scalars(select(Refund).where(Refund.payment_id.in_(ids))))

    def mails(self, template: str, *, sent: bool = False) -> int:
        """How many mails were made from a template (and sent)."""
        with self.database.reading() as session:
            made = select(MailMessage.id).where(MailMessage.template == template)
            if sent:
                made = made.where(MailMessage.sent_at.is_not(None))
            return len(session.scalars(made).all())

    def busy(self) -> bool:
        """Whether a job is being done, or could be."""
        with self.database.reading() as session:
            return bool(session.scalar(_BUSY))

    @contextmanager
    def worker(self):
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
        found: list[dict[str, Any]] = answer.json()["_embedded"]["payments"]
        return found

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
def served(database: Database, settings: Settings):
    """The site, in a thread, on the port of its settings."""
    app = create_app(settings, database)
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
