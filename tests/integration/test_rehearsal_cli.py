"""``voorjebuurt matching rehearse`` with files: no database needed."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.rehearsal_making import BESIDE, LIFTING, PLAIN, facts
from voorjebuurt.cli.matching import command


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """Rules, other rules, facts and residents, as files."""
    told = {"rules": LIFTING, "plain": PLAIN, "facts": facts(), "residents": BESIDE.residents}
    for name, data in told.items():
        (tmp_path / name).write_text(json.dumps(data))
    (tmp_path / "broken").write_text("{")
    return {name: str(tmp_path / name) for name in (*told, "broken")}


def rehearse(*arguments: Any) -> Result:
    return CliRunner().invoke(command, ["rehearse", *arguments])


def test_shows_who_would_have_got_what(files):
    done = rehearse(
        *(files["rules"], "--against", files["plain"]),
        *("--facts", files["facts"], "--residents", files["residents"]),
    )
    assert done.exit_code == 0, done.output
    for line in (
        "Awarded                       €276.25          €400",
        "A         BU00010103               €350       €0       1       €0     €350       -€350",
        "BU00010102     18.2% (of WK000101)      1,000          2  €150.62      €25    +€125.62",
        "15% to less than 25%    1.25         25.0%         54.5%     6.3%  €150.62",
        "The worst-off 2 of 3 bands get 81.9% of the money (against 12.5%); 50.0% of the residents",
        "te weinig donateurs (needs at least 2 donors)",
        "  The campaign does not meet a condition: te weinig donateurs.",
    ):
        assert line in done.output.replace("\xa0", " ")


def test_without_rules_to_compare_and_without_residents(files):
    done = rehearse(files["rules"], "--facts", files["facts"])
    assert done.exit_code == 0, done.output
    assert "against" not in done.output
    assert "Of 3 areas the number of residents is not known." in done.output


def test_everything_as_json(files):
    done = rehearse(
        files["rules"], "--against", files["plain"], "--facts", files["facts"], "--json"
    )
    told = json.loads(done.stdout)
    assert told["schema"] == "rehearsal/1"
    assert {row["id"]: row["change"] for row in told["campaigns"]}["A"] == "falls_out"


def test_what_does_not_validate_is_told_with_its_path(files):
    done = rehearse(files["facts"], "--against", files["broken"], "--facts", files["facts"])
    assert done.exit_code == 2
    assert [error["path"] for error in json.loads(done.stdout)["errors"]] == ["against"]
    done = rehearse(files["facts"], "--facts", files["rules"])
    paths = {error["path"] for error in json.loads(done.stdout)["errors"]}
    assert done.exit_code == 2
    assert {"rules.schema", "facts.applications"} <= paths


@pytest.mark.parametrize("content", ["{", "[]", '{"BU": -1}', '{"BU": true}'])
def test_residents_are_numbers_by_area(files, tmp_path, content):
    (tmp_path / "wrong").write_text(content)
    given = ("--residents", str(tmp_path / "wrong"))
    done = rehearse(files["rules"], "--facts", files["facts"], *given)
    assert done.exit_code == 2
    assert "--residents" in done.output


def test_facts_must_come_from_somewhere(files):
    done = rehearse(files["rules"])
    assert done.exit_code == 2
    assert "--facts" in done.output
