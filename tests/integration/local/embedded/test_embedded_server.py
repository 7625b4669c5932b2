"""The embedded PostgreSQL: what a person's machine does to it, it survives."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.support.certain import certain
from voorjebuurt.kernel.processes import working_in
from voorjebuurt.local.embedded import cluster
from voorjebuurt.local.embedded.errors import EmbeddedError
from voorjebuurt.local.embedded.server import EmbeddedServer

HOLDER = """
import sys, time
from pathlib import Path
from voorjebuurt.local.embedded.server import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]), durable=False)
server.start()
print("started", flush=True)
time.sleep(60)
"""


def query(url: str, statement: str) -> object:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return certain(cursor.fetchone())[0] if cursor.description else None


def gone(pids: list[int]) -> bool:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if not any(Path(f"/proc/{pid}/cwd").exists() for pid in pids):
            return True
        time.sleep(0.02)
    return False


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def server(home: Path) -> Iterator[EmbeddedServer]:
    server = EmbeddedServer(home, durable=False)
    yield server
    server.stop()


def test_the_role_owns_its_database_and_is_not_a_superuser(server: EmbeddedServer) -> None:
    url = server.start()
    assert query(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    assert (
        query(
            url,
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()",
        )
        == cluster.ROLE
    )
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        query(url, "COPY (SELECT 1) TO PROGRAM 'true'")


def test_letters_are_unicode_and_words_are_dutch(server: EmbeddedServer) -> None:
    url = server.start()
    assert query(url, "SELECT lower('ÉÉN BUURT')") == "één buurt"
    assert query(url, "SELECT to_tsvector('dutch', 'buurten') = to_tsvector('dutch', 'buurt')")


def test_nobody_gets_in_without_the_password(server: EmbeddedServer) -> None:
    url = server.start().replace("+psycopg", "")
    password = cluster.password_in(server.state)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(url.replace(password, "wrong"))
    with pytest.raises(psycopg.OperationalError, match="pg_hba"):
        psycopg.connect(url.replace(f"{cluster.ROLE}:", "postgres:"))
    assert (server.state / "password").stat().st_mode & 0o777 == 0o600
    assert (server.state / "run").stat().st_mode & 0o777 == 0o700


def test_data_and_url_outlive_a_restart(server: EmbeddedServer, home: Path) -> None:
    url = server.start()
    query(url, "CREATE TABLE kept AS SELECT 42 AS answer")
    server.stop()
    again = EmbeddedServer(home, durable=False)
    try:
        assert again.start() == url
        assert query(url, "SELECT answer FROM kept") == 42
    finally:
        again.stop()


def test_a_killed_server_keeps_what_was_committed(home: Path) -> None:
    server = EmbeddedServer(home)
    url = server.start()
    query(url, "CREATE TABLE survived AS SELECT 7 AS answer")
    assert server.pid is not None
    os.kill(server.pid, signal.SIGKILL)
    assert gone([server.pid])
    try:
        server.restart()
        assert query(url, "SELECT answer FROM survived") == 7
    finally:
        server.stop()


def test_a_second_opener_is_refused_in_one_line(server: EmbeddedServer, home: Path) -> None:
    server.start()
    with pytest.raises(EmbeddedError, match=f"process {os.getpid()}") as refusal:
        EmbeddedServer(home).start()
    assert "\n" not in str(refusal.value)


def test_the_server_dies_with_its_parent_and_starts_again(
    server: EmbeddedServer, home: Path
) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, home], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"started\n"
        pids = list(working_in(home / "postgres" / "data", "postgres"))
        holder.kill()
    assert len(pids) > 1
    assert query(server.start(), "SELECT 1") == 1
    assert gone(pids)


def test_another_process_with_the_old_pid_is_left_alone(server: EmbeddedServer) -> None:
    server.start()
    server.stop()
    data = server.state / "data"
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n1\n5432\n{data}\n\n\nready\n")
    assert query(server.start(), "SELECT 1") == 1


def test_a_half_made_cluster_is_made_anew(tmp_path: Path) -> None:
    draft = tmp_path / "postgres" / "data.new"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")
    server = EmbeddedServer(tmp_path, durable=False)
    try:
        assert query(server.start(), "SELECT 1") == 1
    finally:
        server.stop()
    assert not draft.exists()


@pytest.mark.parametrize("name", ["deep" * 20, "a,b", "a:b"])
def test_a_deep_folder_gets_its_socket_elsewhere(tmp_path: Path, name: str) -> None:
    """So does one whose path reads as two hosts, or as a host with a port."""
    deep = tmp_path / name / "é x"
    deep.mkdir(parents=True)
    server = EmbeddedServer(deep, durable=False)
    try:
        url = server.start()
        assert query(url, "SELECT 1") == 1
        folder = Path(str(psycopg.conninfo.conninfo_to_dict(url.replace("+psycopg", ""))["host"]))
        assert not folder.is_relative_to(tmp_path)
    finally:
        server.stop()
    assert not folder.exists()


def test_someone_elses_state_is_refused_in_one_line(
    home: Path, server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.start()
    server.stop()
    stranger = os.geteuid() + 4321
    monkeypatch.setattr(os, "geteuid", lambda: stranger)
    with pytest.raises(EmbeddedError, match="belongs to") as refusal:
        EmbeddedServer(home).start()
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("initdb: error: could not write: No space left on device\n", "The disk is full"),
        ("creating … initdb: error: Permission denied\n", "choose another folder with VJB_HOME"),
        ("LOG: x\nFATAL:  data directory has wrong ownership\nLOG: bye\n", "wrong ownership"),
        ("", "it said nothing"),
    ],
)
def test_what_postgresql_says_becomes_one_line(output: str, words: str, tmp_path: Path) -> None:
    line = cluster.failure(output, tmp_path)
    assert words in line
    assert "\n" not in line
