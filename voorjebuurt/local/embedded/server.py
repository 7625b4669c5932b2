"""One PostgreSQL server on one state folder, started and stopped by us alone."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from voorjebuurt.kernel.processes import before_exec
from voorjebuurt.local.embedded import binaries, cluster
from voorjebuurt.local.embedded.binaries import Binaries
from voorjebuurt.local.embedded.errors import EmbeddedError, explain
from voorjebuurt.local.embedded.leftovers import end_leftovers
from voorjebuurt.local.embedded.locks import FileLock
from voorjebuurt.local.embedded.system_user import SystemUser, handed_over, own, server_user
from voorjebuurt.settings.database_url import database_url

RECOVERY_SECONDS = 120
STOP_SECONDS = 60
_PORT = 5432
_LONGEST_SOCKET = 103
"""Bytes in a socket's path that every system allows (Linux 107, macOS 103)."""
_DIVIDERS = frozenset(",:")
"""What divides one host from the next, or from its port, in an address."""
_LOG_BYTES = 5_000_000
_NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=128MB")


class EmbeddedServer:
    """PostgreSQL in ``home/postgres``; ``durable=False`` trades safety for speed in tests.

    ``start`` gives the URL; the server ends when ``stop`` is called or this process dies.
    """

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.state = home.absolute() / "postgres"
        self._durable = durable
        self._lock = FileLock(self.state / "lock")
        self._sockets = self.state / "run"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """The file with the server's own messages."""
        return self.state / "server.log"

    @property
    def pid(self) -> int | None:
        """The main process's id, or ``None`` when it isn't running."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> str:
        """Start the server, making its cluster the first time, and return its URL.

        Raises ``EmbeddedError`` with one line when that can't be done.
        """
        try:
            self._claim()
            return self._start()
        except OSError as error:
            self._lock.release()
            raise explain(error, self.state) from error
        except BaseException:
            self._lock.release()
            raise

    def restart(self) -> None:
        """Start the server again after it ended by itself; its URL stays the same."""
        if self._process is not None:
            self._process.wait()  # an ended process that nobody waits for stays in the table
        account = server_user()
        self._launch(self._binaries(account), account)

    def stop(self) -> None:
        """End the server: open transactions are rolled back, everything committed is kept."""
        process = self._process
        if process is not None:
            for signal_number, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 10)):
                if _ended(process, signal_number, seconds):
                    break
            else:
                process.kill()
                process.wait()
        self._process = None
        if self._sockets != self.state / "run":
            shutil.rmtree(self._sockets, ignore_errors=True)
        self._lock.release()

    def _claim(self) -> None:
        self.state.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.state.mkdir(mode=0o700, exist_ok=True)
        owner = self.state.stat().st_uid
        if owner != os.geteuid():
            raise EmbeddedError(
                f"The state in {self.state.parent} belongs to {_user(owner)}: "
                "start as that user, or choose another folder with VJB_HOME."
            )
        self._lock.acquire(
            f"Another copy (process {{pid}}) already uses the state in {self.state.parent}; "
            "stop it, or choose another folder with VJB_HOME."
        )

    def _start(self) -> str:
        account = server_user()
        programs = self._binaries(account)
        if cluster.major_of(self.state / "data") is None:
            cluster.create(self.state, programs, account, durable=self._durable)
        self._sockets = self._socket_folder(account)
        self._launch(programs, account)
        return database_url(
            user=cluster.ROLE,
            password=cluster.password_in(self.state),
            dbname=cluster.ROLE,
            host=str(self._sockets),
            port=str(_PORT),
        )

    def _binaries(self, account: SystemUser | None) -> Binaries:
        return binaries.reachable(binaries.find(cluster.major_of(self.state / "data")), account)

    def _socket_folder(self, account: SystemUser | None) -> Path:
        folder = self.state / "run"
        is_long = len(os.fsencode(folder / f".s.PGSQL.{_PORT}.lock")) > _LONGEST_SOCKET
        if is_long or _DIVIDERS & set(str(folder)):
            folder = Path(tempfile.mkdtemp(prefix="voorjebuurt-"))
        own(folder, account)
        return folder

    def _launch(self, programs: Binaries, account: SystemUser | None) -> None:
        data = self.state / "data"
        end_leftovers(data, self._sockets)
        if self.log.exists() and self.log.stat().st_size > _LOG_BYTES:
            self.log.rename(self.log.with_suffix(".log.old"))
        with (
            handed_over(account, data, self._sockets) as ([data_name, sockets_name], handles),
            self.log.open("ab") as log,
        ):
            begin = log.tell()
            self._process = subprocess.Popen(
                self._command(programs, data_name, sockets_name),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=cluster.ENVIRONMENT,
                pass_fds=handles,
                preexec_fn=before_exec(signal.SIGINT),
                process_group=0,
                **(account.options() if account else {}),
            )
        self._wait_until_ready(self._process, begin)

    def _command(self, programs: Binaries, data: str, sockets: str) -> list[str]:
        options = [
            "listen_addresses=",
            f"unix_socket_directories={sockets}",
            "unix_socket_permissions=0700",
            f"port={_PORT}",
            "timezone=UTC",
            "log_timezone=UTC",
            *(() if self._durable else _NOT_DURABLE),
        ]
        flags = [argument for option in options for argument in ("-c", option)]
        return [str(programs.folder / "postgres"), "-D", data, *flags]

    def _wait_until_ready(self, process: subprocess.Popen[bytes], begin: int) -> None:
        deadline = time.monotonic() + RECOVERY_SECONDS
        while time.monotonic() < deadline:
            if process.poll() is not None:
                text = self.log.read_bytes()[begin:].decode(errors="replace")
                raise EmbeddedError(cluster.failure(text, self.state))
            if _ready(self.state / "data" / "postmaster.pid", process.pid):
                return
            time.sleep(0.01)
        self.stop()
        raise EmbeddedError(
            f"PostgreSQL was not ready within {RECOVERY_SECONDS} seconds; see {self.log}."
        )


def _ready(pid_file: Path, pid: int) -> bool:
    """Whether the server wrote that it accepts connections: line 8, as ``pg_ctl`` reads it."""
    try:
        lines = pid_file.read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"


def _ended(process: subprocess.Popen[bytes], signal_number: signal.Signals, seconds: int) -> bool:
    process.send_signal(signal_number)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _user(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
