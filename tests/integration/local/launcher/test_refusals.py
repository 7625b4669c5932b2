"""``voorjebuurt run`` where it can't run: one clear line, and exit code 1."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import make_url

from voorjebuurt.kernel import preflight
from voorjebuurt.kernel.preflight import DatabaseError
from voorjebuurt.local.launcher import ports
from voorjebuurt.local.launcher.errors import LaunchError


def refusal(home: Path, **settings: str) -> str:
    """The one line on stderr of a ``run`` that is refused."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    result = subprocess.run(
        [sys.executable, "-m", "voorjebuurt", "run"],
        env={**keep, "VJB_HOME": str(home), **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 1, result.stderr
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    return lines[0]


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        assert f"Port {port} is in use" in refusal(tmp_path / "home", PORT=str(port))


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    url = f"postgresql://jan:s3cret@127.0.0.1:{free_port()}/site"
    line = refusal(tmp_path / "home", PORT=str(free_port()), DATABASE_URL=url)
    assert line.startswith("DATABASE_URL postgresql://jan:***@")
    assert "refused" in line
    assert "s3cret" not in line


def test_a_wrong_password(tmp_path: Path, server_url: str) -> None:
    url = make_url(server_url).set(drivername="postgresql", password="wrong")
    line = refusal(
        tmp_path / "home",
        PORT=str(free_port()),
        DATABASE_URL=url.render_as_string(hide_password=False),
    )
    assert "password authentication failed" in line


def test_another_kind_of_database(tmp_path: Path) -> None:
    assert "must begin with postgresql://" in refusal(tmp_path / "h", DATABASE_URL="mysql://x/y")


def test_a_state_folder_that_is_a_file(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder")
    assert str(file) in refusal(file, PORT=str(free_port()))


def test_a_state_that_another_copy_uses(tmp_path: Path) -> None:
    holder = (
        "import sys, time; from pathlib import Path;"
        "from voorjebuurt.local.embedded.locks import FileLock;"
        "FileLock(Path(sys.argv[1])).acquire(''); print('held', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", holder, str(tmp_path / "lock")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        line = refusal(tmp_path, PORT=str(free_port()))
        other.kill()
    assert f"Another copy (process {other.pid})" in line


def test_production_does_not_run_embedded(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "voorjebuurt", "run"],
        env={"VJB_ENV": "production", "VJB_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "production does not run on embedded PostgreSQL" in result.stderr


def test_an_old_postgresql(server_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "OLDEST", 99)
    with pytest.raises(DatabaseError, match="99 or newer is needed"):
        preflight.check_database(server_url)


def test_a_host_that_is_not_ours() -> None:
    with pytest.raises(LaunchError, match=r"Can't listen on 192\.0\.2\.1"):
        ports.ensure_free("192.0.2.1", 8000)


def test_the_sandbox_keeps_its_port_while_it_is_free(tmp_path: Path) -> None:
    file = tmp_path / "port"
    port = ports.kept_port(file)
    assert ports.kept_port(file) == port
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", port))
        listener.listen()
        assert ports.kept_port(file) != port


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
