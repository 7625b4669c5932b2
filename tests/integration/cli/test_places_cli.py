"""``voorjebuurt places``, as an operator runs it."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from click.testing import CliRunner

from tests.support.factories.base import building_in
from tests.support.factories.places import MunicipalityFactory
from tests.support.place_files import SES, STATLINE
from voorjebuurt.cli.places import command
from voorjebuurt.kernel.db import Database
from voorjebuurt.places.queries import buurten, municipality_by_slug

Places = Callable[..., CompletedProcess[str]]


@pytest.fixture
def environment(
    fresh_database: Database, fresh_database_url: str, tmp_path: Path
) -> dict[str, str]:
    """What a command finds: the test's database, with one municipality in it."""
    with fresh_database.writing() as session, building_in(session):
        MunicipalityFactory(code="GM7701")
    return {
        "PATH": os.environ["PATH"],
        "VJB_ENV": "test",
        "VJB_HOME": str(tmp_path / "home"),
        "DATABASE_URL": fresh_database_url,
    }


@pytest.fixture
def places(environment: dict[str, str]) -> Places:
    """Runs the command as a process of its own."""

    def run(*arguments: str | Path | int) -> CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "voorjebuurt", "places", *map(str, arguments)],
            capture_output=True,
            text=True,
            timeout=60,
            env=environment,
        )

    return run


def test_import_twice_list_and_roll_back(
    places: Places, fresh_database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "kwb.csv"
    file.write_text(STATLINE)
    result = places("import", file, "--vintage", 2024)
    assert result.returncode == 0, result.stderr
    assert "kwb.csv is ingelezen als kwb van 2024" in result.stdout
    assert "Opgenomen: 3 nieuwe wijken en buurten" in result.stdout
    assert "Overgeslagen: 1 van een andere gemeente (regels 6)" in result.stdout
    assert (
        "Nooit gebruikt (herkomst, nationaliteit of religie): Bevolking/Herkomst" in result.stdout
    )
    again = places("import", file, "--vintage", 2024)
    assert (again.returncode, again.stdout) == (
        0,
        "Dit bestand was al ingelezen. Er is niets veranderd.\n",
    )
    listing = places("imports")
    assert listing.stdout.count("\n") == 1
    import_id = listing.stdout.split()[0]
    rollback = places("rollback", import_id, "--reason", "Verkeerd jaar")
    assert rollback.stdout == "Teruggedraaid: wat dit bestand bracht, telt niet meer mee.\n"
    assert "teruggedraaid" in places("imports").stdout
    assert "rolled back" in places("imports", "--lang", "en").stdout
    with fresh_database.reading() as session:
        assert list(buurten(session)) == []
    twice = places("rollback", import_id, "--reason", "Verkeerd jaar")
    assert (twice.returncode, twice.stderr) == (
        1,
        "Geweigerd, er is niets veranderd. Dit bestand was al teruggedraaid.\n",
    )


def test_a_broken_file_is_refused_with_its_line(places: Places, tmp_path: Path) -> None:
    file = tmp_path / "kwb.csv"
    file.write_text(STATLINE.replace("18,4", "18,4x"))
    result = places("import", file, "--vintage", 2024)
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1].startswith(
        "Geweigerd, er is niets veranderd. Regel 3: '18,4x' in kolom 'Inkomen/"
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--vintage", "2019", "--kind", "kwb"], "is van de soort 'ses_woa', niet 'kwb'."),
        (["--vintage", "2018"], None),
        (["--vintage", "2020"], "Dit bestand gaat over 2019, niet over 2020."),
        (["--vintage", "1899"], "Geef bij --vintage een jaar"),
        (["--vintage", "2019", "--municipality", "GM0001"], "is hier niet bekend"),
        (["--vintage", "2019", "--source", " "], "Geef bij --source op"),
    ],
)
def test_what_does_not_fit_is_refused(
    environment: dict[str, str], tmp_path: Path, arguments: list[str], says: str | None
) -> None:
    file = tmp_path / "ses.csv"
    file.write_text(re.sub('"2018".*\n', "", SES) if says else SES)
    result = CliRunner(env=environment).invoke(command, ["import", str(file), *arguments])
    assert result.exit_code == (1 if says else 0), result.output
    assert (says or "") in result.output


def test_a_municipality_is_registered_once_and_can_be_imported_then(
    environment: dict[str, str], fresh_database: Database
) -> None:
    def register(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(
            command, ["register", "--lang", "en", *arguments], env=environment
        )
        return result.exit_code, result.output

    status, output = register("gm0363", " Amsterdam ")
    assert (status, "Registered Amsterdam (GM0363)" in output) == (0, True)
    for arguments, words in (
        (("GM0363", "Mokum"), "registered already"),
        (("GM0364", "amsterdam"), "registered already"),
        (("0363", "Diemen"), "GM and four digits"),
        (("BU03630000", "Diemen"), "GM and four digits"),
        (("GM0384", "  "), "what its residents call it"),
        (("GM0384", "D" * 61), "too long"),
    ):
        status, output = register(*arguments)
        assert (status, words in output) == (1, True), (arguments, output)
    with fresh_database.reading() as session:
        place = municipality_by_slug(session, "amsterdam")
        assert place is not None
        assert (place.code, place.name) == ("GM0363", "Amsterdam")
