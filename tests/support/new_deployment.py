"""A new deployment, begun by docs/operating.md alone: production's settings, commands, processes.

``make operating`` does it from the wheel, in a virtual environment of its own, and prints its
times; a test does it from the checkout.
"""

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import requests

from tests.support.faults.world import free_port
from tests.support.place_files import STATLINE
from tests.support.production import PRODUCTION
from tests.support.smtp_server import SmtpServer, smtp_server
from tests.support.source import ROOT
from voorjebuurt.local.embedded.server import EmbeddedServer

PATIENCE_SECONDS = 60
STAFF = ("anna@buurt.example", "bas@buurt.example")
RESIDENT = "noor@buurt.example"


@dataclass
class Deployment:
    """``command`` runs ``voorjebuurt`` with the settings in ``environment``."""

    command: Sequence[str]
    environment: Mapping[str, str]
    mails: SmtpServer
    folder: Path
    times: list[tuple[str, float]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where the site itself answers, without its proxy."""
        return f"http://127.0.0.1:{self.environment['PORT']}"

    def begin(self) -> None:
        """Everything that docs/operating.md tells under "The first day"."""
        self._do("settings check", "settings", "check")
        self._do("migrate", "migrate")
        with self._process("web"), self._process("worker"):
            self._timed("ready", self._wait_until_ready)
            self._do("first staff", "people", "invite", "--role", "staff", *STAFF)
            self._timed("staff are mailed and sign in", self._sign_in_staff)
            self._do("a municipality", "places", "register", "GM7701", "Testdam")
            file = self.folder / "kwb-2024.csv"
            file.write_text(STATLINE)
            self._do("its neighbourhoods", "places", "import", str(file), "--vintage", "2024")
            self._timed("a first campaign", self._begin_campaign)
            self._do("the books", "ledger", "check")

    def _do(self, what: str, *arguments: str) -> None:
        self._timed(what, lambda: self._run(*arguments))

    def _timed(self, what: str, deed: object) -> None:
        begin = time.monotonic()
        assert callable(deed)
        deed()
        self.times.append((what, time.monotonic() - begin))

    def _run(self, *arguments: str) -> str:
        result = subprocess.run(
            [*self.command, *arguments],
            env=dict(self.environment),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
        )
        assert result.returncode == 0, f"{arguments}: {result.stdout}{result.stderr}"
        return result.stdout

    @contextmanager
    def _process(self, name: str) -> Iterator[None]:
        """A process of the Procfile; it ends by itself when asked to."""
        log = self.folder / f"{name}.log"
        with log.open("wb") as stream:
            process = subprocess.Popen(
                [*self.command, name],
                env=dict(self.environment),
                cwd=self.folder,
                stdout=stream,
                stderr=stream,
            )
        try:
            yield
            process.terminate()
            code = process.wait(PATIENCE_SECONDS)
            assert code == 0, f"{name} ended with {code}: {log.read_text()[-2000:]}"
        finally:
            process.kill()
            process.wait()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        problems: object = "nothing answered"
        while time.monotonic() < deadline:
            try:
                answer = browser().get(f"{self.address}/readyz", timeout=5)
                if answer.status_code == 200:
                    return
                problems = answer.json()["problems"]
            except requests.ConnectionError:
                pass
            time.sleep(0.1)
        raise AssertionError(f"not ready: {problems}")

    def _sign_in_staff(self) -> None:
        invitation = self._mail_to(STAFF[0])
        assert "/inloggen" in invitation
        http = browser()
        page = http.get(f"{self.address}/inloggen").text
        answer = self._send(http, "/inloggen", page, email=STAFF[0])
        assert answer.headers.get("Location") == "/inloggen/verstuurd", answer.text
        link = re.findall(r"/inloggen/[\w-]{20,}", self._mail_to(STAFF[0]))[0]
        page = http.get(f"{self.address}{link}").text
        self._send(http, link, page)
        assert http.get(f"{self.address}/mijn/profiel").status_code == 200

    def _begin_campaign(self) -> None:
        http, path = browser(), "/mijn/acties/nieuw"
        page = http.get(f"{self.address}{path}").text
        idea = {
            "title": "Een bank aan de vaart",
            "summary": "Wij zetten een bank neer waar buren elkaar spreken.",
            "for_whom": "Iedereen die langs de vaart loopt.",
            "theme": re.findall(r'name="theme"[^>]* value="(\w+)"', page)[0],
            "group_name": "",
            "name": "Noor Jansen",
            "email": RESIDENT,
        }
        answer = self._send(http, path, page, **idea)
        assert answer.status_code in (302, 303), answer.text
        assert "/mijn/acties/" in answer.headers["Location"]
        assert "Een bank" not in self._mail_to(RESIDENT), "nobody confirmed this address yet"

    def _send(
        self, http: requests.Session, path: str, page: str, **values: str
    ) -> requests.Response:
        token = re.findall(r'name="csrf_token"[^>]* value="([^"]+)"', page)[0]
        return http.post(
            f"{self.address}{path}", data={"csrf_token": token, **values}, allow_redirects=False
        )

    def _mail_to(self, address: str) -> str:
        """The text of the next mail to an address that was not asked for before."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            for mail in list(self.mails.received):
                if mail["To"] == address:
                    self.mails.received.remove(mail)
                    return text_of(mail)
            time.sleep(0.05)
        raise AssertionError(f"no mail to {address}")


def text_of(mail: EmailMessage) -> str:
    """What a mail says as plain text."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def browser() -> requests.Session:
    """A browser as the site sees it behind its proxy, which ended TLS."""
    http = requests.Session()
    http.trust_env = False
    http.headers.update(
        {
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "203.0.113.7",
            "X-Forwarded-Host": "voorjebuurt.example",
            "Referer": "https://voorjebuurt.example/",
            "User-Agent": "deployment",
        }
    )

    def carry(answer: requests.Response, *_: object, **__: object) -> None:
        """Cookies for TLS only are kept from this connection, which in truth comes after it."""
        http.cookies.update(answer.cookies)
        pairs = [f"{cookie.name}={cookie.value}" for cookie in http.cookies]
        http.headers["Cookie"] = "; ".join(pairs)

    http.hooks["response"].append(carry)
    return http


@contextmanager
def deployment(
    command: Sequence[str], database_url: str, folder: Path, **more: str
) -> Iterator[Deployment]:
    """Production's settings on an empty database, and a mail server beside it."""
    with smtp_server() as mails:
        environment = {
            **PRODUCTION,
            "PATH": "/usr/bin:/bin",
            "VJB_HOME": str(folder / "home"),
            "PORT": str(free_port()),
            "DATABASE_URL": database_url.replace("+psycopg", "", 1),
            "SMTP_URL": mails.url,
            "TRUSTED_PROXIES": "1",
            "WEB_CONCURRENCY": "1",
            **more,
        }
        yield Deployment(command, environment, mails, folder)


def main() -> None:
    """Do it from the wheel, and print the times."""
    with tempfile.TemporaryDirectory(prefix="voorjebuurt-new-") as name:
        folder, begin = Path(name), time.monotonic()
        command = install_wheel(folder)
        installed_in = time.monotonic() - begin
        server = EmbeddedServer(folder / "database")
        try:
            with deployment([command], server.start(), folder) as site:
                site.begin()
        finally:
            server.stop()
    for what, seconds in [("install the wheel", installed_in), *site.times]:
        sys.stdout.write(f"{seconds:7.1f} s  {what}\n")


def install_wheel(folder: Path) -> str:
    """The command ``voorjebuurt``, installed from the wheel as docs/operating.md tells."""
    python = folder / "venv" / "bin" / "python"
    lock = ROOT / "config" / "requirements.lock"
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d"]
    subprocess.run([*build, str(folder)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = folder.glob("voorjebuurt-*.whl")
    pip = [str(python), "-m", "pip", "install", "--quiet"]
    for line in (
        [sys.executable, "-m", "venv", str(folder / "venv")],
        [*pip, "--require-hashes", "-r", str(lock)],
        [*pip, "--no-deps", str(wheel)],
    ):
        subprocess.run(line, check=True)
    return str(folder / "venv" / "bin" / "voorjebuurt")


if __name__ == "__main__":
    main()
