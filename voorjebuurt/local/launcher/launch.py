"""``voorjebuurt run``: starts everything in order, keeps it running, stops it in reverse."""

import signal
import sys
import time
from collections.abc import Callable, Mapping
from types import FrameType

from voorjebuurt.kernel import migrate, preflight
from voorjebuurt.kernel import site_address as running
from voorjebuurt.kernel.processes import adopt_orphans, bury_orphans
from voorjebuurt.local.embedded.errors import explain
from voorjebuurt.local.embedded.locks import FileLock
from voorjebuurt.local.embedded.server import EmbeddedServer
from voorjebuurt.local.launcher import demo, ports
from voorjebuurt.local.launcher.children import Child
from voorjebuurt.local.launcher.errors import LaunchError
from voorjebuurt.settings import Settings

_START_SECONDS = 180.0
_STOP_SECONDS = 30.0
_TEND_SECONDS = 0.2
FIRST_PAGE = "/acties/een-groen-speelplein-voor-de-bloemenbuurt"
"""The campaign of the demo that has the most to see."""
LOOK_FIRST = f"""Try this page first: give to it, and pay at the practice bank
  {{site}}{FIRST_PAGE}

Then look at
  {{site}}/inloggen/wachtwoord         sign in as somebody from the list below
  {{site}}/postbus                     the mails that would have been sent
  {{site}}/betaalsandbox/control/ui    the practice bank: late payments, failures, chargebacks
"""


class _StopRequest(BaseException):
    """Someone pressed Ctrl-C, or asked the process to end."""


class Launcher:
    """Everything that ``make run`` starts; ``run`` returns when it was asked to stop."""

    def __init__(self, settings: Settings, environment: Mapping[str, str]) -> None:
        self._settings = settings
        self._home = settings.home
        self._environment = dict(environment)
        self._lock = FileLock(settings.home / "lock")
        self._server: EmbeddedServer | None = None
        self._children: list[Child] = []

    def run(self) -> None:
        """Serve until Ctrl-C or SIGTERM.

        Raises ``LaunchError``, ``EmbeddedError`` or ``DatabaseError`` when it can't start.
        """
        if self._settings.production:
            raise LaunchError("'run' is for your own machine; the Procfile is for production.")
        _on_signals(_request_stop)
        adopt_orphans()
        try:
            self._start()
            while True:
                self._tend()
                time.sleep(_TEND_SECONDS)
        except _StopRequest:
            _say("\nStopping.")
        except OSError as error:
            raise explain(error, self._home) from error
        finally:
            _on_signals(signal.SIG_IGN)
            self._stop()

    def _start(self) -> None:
        self._claim_home()
        ports.ensure_free(self._settings.host, self._settings.port)
        url = self._start_database()
        self._environment |= {
            "DATABASE_URL": url,
            "VJB_HOME": str(self._home),
            "HOST": self._settings.host,
            "PORT": str(self._settings.port),
        }
        if self._settings.uses_sandbox and self._settings.sandbox_url is None:
            self._start_sandbox()
        migrate.upgrade(url)
        running.leave_note(self._home, self._environment)
        # Before the worker: it lives in the present, and the demo plays in the past.
        sign_ins = self._load_demo(url)
        self._add("worker", "voorjebuurt", "worker")
        self._add("web", "voorjebuurt", "web", address=(self._settings.host, self._settings.port))
        self._wait_until_served()
        _say(f"\nVoor je Buurt is ready: {self._settings.base_url}\n")
        if sign_ins:
            _say(LOOK_FIRST.format(site=self._settings.base_url))
        _say(f"{sign_ins}Stop with Ctrl-C.")

    def _claim_home(self) -> None:
        self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock.acquire(
            f"Another copy (process {{pid}}) already uses the state in {self._home}; "
            "stop it, or choose another folder with VJB_HOME."
        )

    def _start_database(self) -> str:
        if self._settings.database_url is not None:
            preflight.check_database(self._settings.database_url)
            return self._settings.database_url
        self._server = EmbeddedServer(self._home)
        return self._server.start()

    def _start_sandbox(self) -> None:
        folder = self._home / "sandbox"
        folder.mkdir(mode=0o700, exist_ok=True)
        port = ports.kept_port(folder / "port")
        self._environment["VJB_SANDBOX_URL"] = f"http://127.0.0.1:{port}"
        options = ["--state", str(folder / "payments.sqlite"), "--port", str(port)]
        options += ["--public-url", f"{self._settings.base_url}/betaalsandbox"]
        self._add("sandbox", "voorjebuurt.local.sandbox", *options, address=("127.0.0.1", port))

    def _load_demo(self, url: str) -> str:
        if self._settings.environment != "development" or not self._settings.uses_sandbox:
            return ""
        return demo.sign_ins(self._home, url, self._environment, ready=self._wait_until_served)

    def _add(
        self, name: str, module: str, *arguments: str, address: tuple[str, int] | None = None
    ) -> None:
        command = [sys.executable, "-m", module, *arguments]
        log = self._home / "logs" / f"{name}.log"
        child = Child(name, command, self._environment, log, address=address)
        self._children.append(child)
        child.start()

    def _wait_until_served(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while waiting := [child for child in self._children if not child.serves]:
            for child in waiting:
                if not child.running or time.monotonic() > deadline:
                    raise LaunchError(f"The {child.name} did not start: {child.last_words()}")
            time.sleep(0.05)

    def _tend(self) -> None:
        """Start again what ended by itself."""
        if self._server is not None and self._server.pid is None:
            self._revive_database(self._server)
        for child in self._children:
            code = child.tend()
            if code is not None:
                _say(f"The {child.name} ended ({code}) and is started again: {child.last_words()}")
        own = [child.pid for child in self._children]
        bury_orphans([*own, self._server.pid] if self._server is not None else own)

    def _revive_database(self, server: EmbeddedServer) -> None:
        """The site connects again by itself; the worker would wait on its lost connection."""
        _say("PostgreSQL ended and is started again.")
        server.restart()
        for child in self._children:
            if child.name == "worker":
                child.renew(_STOP_SECONDS)

    def _stop(self) -> None:
        """Web first, so that nothing new comes in; the database last."""
        if self._children:
            running.take_note_away(self._home)
        for child in reversed(self._children):
            if not child.stop(_STOP_SECONDS):
                _say(f"The {child.name} did not stop within {_STOP_SECONDS:g} s and was killed.")
        if self._server is not None:
            self._server.stop()
        self._lock.release()


def _request_stop(_number: int, _frame: FrameType | None) -> None:
    """Begin to stop; what comes after the first request is not heard, stopping has its limits."""
    _on_signals(signal.SIG_IGN)
    raise _StopRequest


def _on_signals(action: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, action)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
