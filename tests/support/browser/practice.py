"""The whole site, as ``make run`` puts it together: web, worker and payment sandbox, one address.

The sandbox is a process of its own behind the site's ``/betaalsandbox``; so is the worker, when
asked for. People are browsers; moments come with ``voorjebuurt due``.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from playwright.sync_api import Locator, Page, expect

from tests.support.certain import certain
from tests.support.faults.world import World, free_port, served, world_settings
from tests.support.fixtures_site import Site
from tests.support.recycling import KeptDatabase
from tests.support.sandbox_process import SandboxProcess
from voorjebuurt.cli import voorjebuurt
from voorjebuurt.kernel.db import Database

PATIENCE_SECONDS = 15
STOP_SECONDS = 15


@dataclass
class Practice(World):
    """A practice site; ``say`` runs one of its commands."""

    def __init__(
        self, database: Database, url: str, sandbox: SandboxProcess, settings: Any
    ) -> None:
        super().__init__(database, settings, sandbox)
        self.environment = {
            **os.environ,
            "VJB_ENV": "test",
            "VJB_HOME": str(settings.home),
            "PORT": str(settings.port),
            "BASE_URL": settings.base_url,
            "DATABASE_URL": url,
            "VJB_SANDBOX_URL": sandbox.url,
        }

    def say(self, *words: str) -> str:
        """What ``voorjebuurt …`` prints; it must succeed.

        In this process: that commands start in one of their own has tests of its own.
        """
        result = CliRunner(env=self.environment).invoke(voorjebuurt, words)
        assert result.exit_code == 0, result.output
        return result.output

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        """A worker process, as in production."""
        command = [sys.executable, "-m", "voorjebuurt", "worker"]
        process = subprocess.Popen(command, env=self.environment)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def practice_site(shelf: KeptDatabase, site: Site, home: Path) -> Iterator[Practice]:
    """A practice site of one's own, with an empty sandbox."""
    port = free_port()
    sandbox = SandboxProcess(
        home,
        public_url=f"http://127.0.0.1:{port}/betaalsandbox",
        refund_pending=60,
        refund_processing=60,
    )
    try:
        sandbox.start()
        settings = world_settings(home, port, shelf.url, sandbox.url)
        with site.on(settings, shelf.database) as app, served(app, settings):
            yield Practice(shelf.database, shelf.url, sandbox, settings)
    finally:
        sandbox.stop()


class Visitor:
    """Somebody with a browser who reads Dutch, clicks and types; nothing else."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site

    def go(self, path: str) -> "Visitor":
        """Open an address of the site."""
        self.page.goto(f"{self.site}{path}")
        return self

    def click(self, name: str) -> "Visitor":
        """Press the one button that is called exactly this."""
        self.page.get_by_role("button", name=name, exact=True).click()
        return self

    def follow(self, name: str) -> "Visitor":
        """Follow a link by its words."""
        self.page.get_by_role("link", name=name).first.click()
        return self

    def type(self, label: str, words: str) -> "Visitor":
        """Type into the field with this label, which may also say that it is optional."""
        self.field(label).fill(words)
        return self

    def field(self, label: str) -> Locator:
        """The field with this label."""
        return self.page.get_by_label(re.compile(rf"^{re.escape(label)}( \(|$)")).first

    def has(self, label: str, words: str) -> "Visitor":
        """The field with this label holds what was typed."""
        expect(self.field(label)).to_have_value(words)
        return self

    def choose(self, label: str) -> "Visitor":
        """Mark the choice with this label, by touching the label."""
        choice = self.page.get_by_label(label, exact=True)
        self.page.locator(f"label[for='{choice.get_attribute('id')}']").click()
        expect(choice).to_be_checked()
        return self

    def sees(self, words: str | re.Pattern[str]) -> "Visitor":
        """The page says this."""
        expect(self.page.get_by_text(words).first).to_be_visible()
        return self

    def sees_heading(self, words: str) -> "Visitor":
        """The page is headed so."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)
        return self

    def sees_error(self, label: str, words: str) -> "Visitor":
        """The error stands above the form, after the name of its field, and at the field."""
        summary = self.page.get_by_role("alert")
        target = summary.get_by_role("link", name=words).get_attribute("href")
        field = self.page.locator(str(target))
        expect(field).to_have_count(1)
        if label:
            expect(self.field(label)).to_have_attribute("id", str(target).removeprefix("#"))
        ids = str(field.get_attribute("aria-describedby") or "").split()
        texts = [self.page.locator(f"[id='{name}']").inner_text() for name in ids]
        assert any(words in text for text in texts) or label == "", texts
        return self

    def waits_for(self, words: str | re.Pattern[str]) -> "Visitor":
        """Load the page again until it says this: the worker needs a moment."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not self.page.get_by_text(words).first.is_visible():
            assert time.monotonic() < until, (
                f"{words!r} did not come: {self.page.inner_text('main')}"
            )
            time.sleep(0.2)
            self.page.reload()
        return self

    def opens_mail(self, recipient: str, subject: str) -> "Visitor":
        """Open the latest mail to somebody with this in its subject, once it is there."""
        self.go("/postbus")
        mail = self.page.get_by_role("listitem").filter(has_text=recipient).filter(has_text=subject)
        until = time.monotonic() + PATIENCE_SECONDS
        while mail.count() == 0:
            assert time.monotonic() < until, f"no mail {subject!r} to {recipient}"
            time.sleep(0.2)
            self.page.reload()
        mail.first.get_by_role("link").click()
        return self

    def follows_mail(self, recipient: str, subject: str) -> "Visitor":
        """Open that mail and follow the first link in it."""
        self.opens_mail(recipient, subject)
        frame = self.page.frame_locator("iframe")
        frame.get_by_role("link").first.click()
        self.page.wait_for_url(lambda address: "/postbus" not in address)
        return self

    def signs_in(self, email: str) -> "Visitor":
        """Sign in with a mailed link, as everybody does; and with a code, who holds a role."""
        self.go("/inloggen").type("E-mailadres", email).click("Mail mij een link")
        self.follows_mail(email, "Log in bij")
        self.click("Inloggen")
        takes_second_step(self.page)
        return self


def takes_second_step(page: Page) -> None:
    """Enter the code where one is asked after signing in: people practise here, so it stands
    beside the field.
    """
    page.wait_for_load_state()
    if "/tweede-stap" not in page.url:
        return
    is_new = "/mijn/" in page.url
    note = page.get_by_text("Oefensite:").inner_text()
    page.get_by_label("Code", exact=True).fill(certain(re.search(r"\b\d{6}\b", note))[0])
    page.get_by_role("main").get_by_role("button").click()
    if is_new:
        page.get_by_role("button", name="Ik heb de codes bewaard").click()
    page.wait_for_load_state()
