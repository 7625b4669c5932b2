"""Makes the cluster: the folder with the databases, complete or not there at all."""

import secrets
import shutil
import signal
import subprocess
from pathlib import Path

from voorjebuurt.kernel.processes import before_exec
from voorjebuurt.local.embedded.binaries import Binaries
from voorjebuurt.local.embedded.errors import EmbeddedError
from voorjebuurt.local.embedded.system_user import SystemUser, handed_over, own

ROLE = "voorjebuurt"
"""The application's role and database; it may make databases (the tests do) and nothing more."""

ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/bin:/bin"}


def major_of(data: Path) -> int | None:
    """The PostgreSQL version that made the cluster in ``data``, or ``None`` without a cluster."""
    file = data / "PG_VERSION"
    return int(file.read_text()) if file.exists() else None


def password_in(state: Path) -> str:
    """The role's password, made up the first time and kept for our own eyes."""
    file = state / "password"
    if not file.exists():
        draft = state / "password.new"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(24))
        draft.rename(file)
    return file.read_text()


def create(state: Path, binaries: Binaries, account: SystemUser | None, *, durable: bool) -> None:
    """Make ``state/data`` with our role and database, in a folder that is renamed when it is whole.

    Only the application's role may sign in, through the socket, with its password. The superuser
    may not at all: whoever holds the application's connection can't reach outside the database.
    """
    draft = state / "data.new"
    shutil.rmtree(draft, ignore_errors=True)
    own(draft, account)
    try:
        _fill(draft, binaries, account, password_in(state), durable)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    draft.rename(state / "data")


def _fill(
    folder: Path, binaries: Binaries, account: SystemUser | None, password: str, durable: bool
) -> None:
    role_and_database = (
        f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{password}';\n"
        f"CREATE DATABASE {ROLE} OWNER {ROLE};\n"
    )
    with handed_over(account, folder) as ([name], handles):
        initdb = [str(binaries.folder / "initdb"), "-D", name, *_initdb_options(binaries, durable)]
        _run(initdb, "", account, handles, folder)
        single = [str(binaries.folder / "postgres"), "--single", "-D", name, "postgres"]
        _run(single, role_and_database, account, handles, folder)
    (folder / "pg_hba.conf").write_text(f"local all {ROLE} scram-sha-256\n")


def _initdb_options(binaries: Binaries, durable: bool) -> list[str]:
    options = ["--username=postgres", "--auth=reject", "--encoding=UTF8", "--no-instructions"]
    if binaries.has_builtin_locale:
        options += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    else:
        options += ["--locale=C.UTF-8"]
    return options if durable else [*options, "--no-sync"]


def _run(
    command: list[str], text: str, account: SystemUser | None, handles: list[int], folder: Path
) -> None:
    process = subprocess.run(
        command,
        input=text,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=ENVIRONMENT,
        pass_fds=handles,
        preexec_fn=before_exec(signal.SIGKILL),
        check=False,
        **(account.options() if account else {}),
    )
    if process.returncode or "ERROR:" in process.stdout or "FATAL:" in process.stdout:
        raise EmbeddedError(failure(process.stdout, folder.parent))


def failure(output: str, state: Path) -> str:
    """One line out of what PostgreSQL said before it gave up."""
    if "No space left on device" in output or "quota exceeded" in output:
        return f"The disk is full: PostgreSQL has no room in {state}."
    if "Permission denied" in output or "Read-only file system" in output:
        return f"PostgreSQL can't write in {state}; choose another folder with VJB_HOME."
    lines = [line for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL:" in line or "error:" in line or "PANIC:" in line]
    reason = (telling or lines or ["it said nothing"])[-1].strip()
    return f"PostgreSQL did not start: {reason}"
