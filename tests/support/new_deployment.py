"""A new deployment, begun by docs/operating.md alone: strict settings, commands, processes, proxy.

``make operating`` does it from the wheel, in a virtual environment of its own, and prints its
times; a test does it from the checkout.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests

from tests.support import first_day, nginx
from tests.support.faults.world import free_port
from tests.support.production import PRODUCTION
from tests.support.proxy import Proxy, nginx_before
from tests.support.sandbox_process import SandboxProcess
from tests.support.smtp_server import smtp_server
from tests.support.source import ROOT
from tests.support.visitor import PATIENCE_SECONDS, Mailbox, Visitor, browser
from voorjebuurt.local.embedded.server import EmbeddedServer

TEST_KEY = "test_Ab3dE5gH7jK9mN2pQ4rS6tU8vW0xY1"


@dataclass
class Deployment:
    """``command`` runs ``voorjebuurt`` with the settings in ``environment``, which are those of
    acceptance: production's, with a test key of the provider that ``provider`` stands in for.
    """

    command: Sequence[str]
    environment: Mapping[str, str]
    mailbox: Mailbox
    provider: SandboxProcess
    folder: Path
    site: str
    """Where visitors come in: at nginx, where there is one."""
    times: list[tuple[str, float]] = field(default_factory=list)

    @property
    def database_url(self) -> str:
        """The database, to look at what no page shows."""
        return self.environment["DATABASE_URL"]

    def begin(self) -> None:
        """Everything that docs/operating.md tells under "The first day", up to a gift."""
        production = {"VJB_ENV": "production", **_of(PRODUCTION, "MOLLIE_API_KEY")}
        self.run("settings check", "settings", "check", MOLLIE_API_ENDPOINT="", **production)
        self.run("migrate", "migrate")
        with self._process("web"), self._process("worker"):
            self.timed("ready", self._wait_until_ready)
            first_day.begin(self)
            self.run("the books", "ledger", "check")

    def visitor(self, email: str) -> Visitor:
        """Somebody with a browser of their own."""
        return Visitor(self.site, self.mailbox, email)

    def run(self, what: str, *arguments: str, **changes: str) -> None:
        """A command, as one of the steps that are timed."""
        self.timed(what, lambda: self._run(arguments, changes))

    def timed(self, what: str, do: Callable[[], object]) -> None:
        """One step."""
        begin = time.monotonic()
        do()
        self.times.append((what, time.monotonic() - begin))

    def _run(self, arguments: Sequence[str], changes: Mapping[str, str]) -> None:
        result = subprocess.run(
            [*self.command, *arguments],
            env={**self.environment, **changes},
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
        )
        assert result.returncode == 0, f"{arguments}: {result.stdout}{result.stderr}"

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
                answer = browser().get(f"{self.site}/readyz", timeout=5)
                if answer.status_code == 200:
                    return
                problems = answer.text[:500]
            except requests.ConnectionError:
                pass
            time.sleep(0.1)
        raise AssertionError(f"not ready: {problems}")


def _of(environment: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: environment[name] for name in names}


@contextmanager
def deployment(
    command: Sequence[str], database_url: str, folder: Path, **more: str
) -> Iterator[Deployment]:
    """Strict settings on an empty database; a mail server, a provider and nginx beside it."""
    port = free_port()
    proxy = Proxy(free_port(), free_port(), [])
    with smtp_server() as mails, _provider(folder) as provider, _nginx(port, proxy, folder) as site:
        environment = {
            **PRODUCTION,
            "VJB_ENV": "acceptance",
            "MOLLIE_API_KEY": TEST_KEY,
            "MOLLIE_API_ENDPOINT": provider.url,
            "PATH": "/usr/bin:/bin",
            "VJB_HOME": str(folder / "home"),
            "PORT": str(port),
            "DATABASE_URL": database_url.replace("+psycopg", "", 1),
            "SMTP_URL": mails.url,
            "TRUSTED_PROXIES": "1",
            "WEB_CONCURRENCY": "1",
            **more,
        }
        yield Deployment(command, environment, Mailbox(mails), provider, folder, site)


@contextmanager
def _provider(folder: Path) -> Iterator[SandboxProcess]:
    process = SandboxProcess(folder).start()
    try:
        yield process
    finally:
        process.stop()


@contextmanager
def _nginx(port: int, proxy: Proxy, folder: Path) -> Iterator[str]:
    """The address where visitors come in: that of the site itself where there is no nginx."""
    if nginx.find() is None:
        yield f"http://127.0.0.1:{port}"
        return
    place = folder / "nginx"
    place.mkdir()
    with nginx_before(port, proxy, place, {}):
        yield proxy.address


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
    if nginx.find() is None:
        sys.stdout.write(f"Without a proxy: {nginx.ABSENT}.\n")
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
