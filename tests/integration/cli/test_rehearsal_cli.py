"""``voorjebuurt matching rehearse`` with files: no database needed."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.places import (
    AreaFigureFactory,
    MunicipalityFactory,
    NeighbourhoodFactory,
)
from tests.support.factories.pledges import PledgeFactory
from tests.support.fixtures_site import Committing
from tests.support.rehearsals import BESIDE, LIFTING, PLAIN, facts
from voorjebuurt.cli.matching import command
from voorjebuurt.settings import SettingsError


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """Rules, other rules, facts and residents, as files."""
    contents = {"rules": LIFTING, "plain": PLAIN, "facts": facts(), "residents": BESIDE.residents}
    for name, data in contents.items():
        (tmp_path / name).write_text(json.dumps(data))
    (tmp_path / "broken").write_text("{")
    return {name: str(tmp_path / name) for name in (*contents, "broken")}


def rehearse(*arguments: Any) -> Result:
    return CliRunner().invoke(command, ["rehearse", *arguments])


def test_shows_who_would_have_got_what(files: dict[str, str]) -> None:
    result = rehearse(
        *(files["rules"], "--against", files["plain"]),
        *("--facts", files["facts"], "--residents", files["residents"]),
    )
    assert result.exit_code == 0, result.output
    for line in (
        "Awarded                       €276.25          €400",
        "A         BU00010103               €350       €0       1       €0     €350       -€350",
        "BU00010102     18.2% (of WK000101)      1,000          2  €150.62      €25    +€125.62",
        "15% to less than 25%    1.25         25.0%         54.5%     6.3%  €150.62",
        "The worst-off 2 of 3 bands get 81.9% of the money (against 12.5%); 50.0% of the residents",
        "te weinig donateurs (needs at least 2 donors)",
        "has 1 donor. Te weinig donateurs.",
    ):
        assert line in result.output.replace("\xa0", " ")


def test_without_rules_to_compare_and_without_residents(files: dict[str, str]) -> None:
    result = rehearse(files["rules"], "--facts", files["facts"])
    assert result.exit_code == 0, result.output
    assert "against" not in result.output
    assert "Of 3 areas the number of residents is not known." in result.output


def test_everything_as_json(files: dict[str, str]) -> None:
    result = rehearse(
        files["rules"], "--against", files["plain"], "--facts", files["facts"], "--json"
    )
    outcome = json.loads(result.stdout)
    assert outcome["schema"] == "rehearsal/1"
    assert {row["id"]: row["change"] for row in outcome["campaigns"]}["A"] == "falls_out"


def test_what_does_not_validate_is_told_with_its_path(files: dict[str, str]) -> None:
    result = rehearse(files["facts"], "--against", files["broken"], "--facts", files["facts"])
    assert result.exit_code == 2
    assert [error["path"] for error in json.loads(result.stdout)["errors"]] == ["against"]
    result = rehearse(files["facts"], "--facts", files["rules"])
    paths = {error["path"] for error in json.loads(result.stdout)["errors"]}
    assert result.exit_code == 2
    assert {"rules.schema", "facts.applications"} <= paths


@pytest.mark.parametrize("content", ["{", "[]", '{"BU": -1}', '{"BU": true}'])
def test_residents_are_numbers_by_area(files: dict[str, str], tmp_path: Path, content: str) -> None:
    (tmp_path / "wrong").write_text(content)
    arguments = ("--residents", str(tmp_path / "wrong"))
    result = rehearse(files["rules"], "--facts", files["facts"], *arguments)
    assert result.exit_code == 2
    assert "--residents" in result.output


@pytest.mark.parametrize("arguments", [[], ["--past", "x", "--facts", "facts"]])
def test_facts_come_from_one_place(files: dict[str, str], arguments: list[str]) -> None:
    result = rehearse(files["rules"], *(files.get(argument, argument) for argument in arguments))
    assert result.exit_code == 2
    assert "--past MUNICIPALITY" in result.output


def test_past_campaigns_of_a_municipality(
    files: dict[str, str], committing: Committing, fresh_database_url: str, tmp_path: Path
) -> None:
    with committing():
        town = MunicipalityFactory(slug="testdam")
        place = NeighbourhoodFactory(municipality=town, name="De Vaart")
        AreaFigureFactory(area_code=place.code, value=30)
        AreaFigureFactory(area_code=place.code, indicator="a_inw", value=1234)
        campaign = CampaignFactory(neighbourhood=place, status="succeeded", title="Een bank")
        PledgeFactory(campaign=campaign, amount_cents=10_000)
        PledgeFactory(campaign=campaign, amount_cents=1_000)
    site = {"VJB_ENV": "test", "VJB_HOME": str(tmp_path), "DATABASE_URL": fresh_database_url}
    arguments = ["rehearse", files["rules"], "--against", files["plain"], "--past"]
    result = CliRunner().invoke(command, [*arguments, "testdam"], env=site)
    assert result.exit_code == 0, result.output
    output = result.output.replace("\xa0", " ")
    assert "Een bank  De Vaart        €110   €165     1.5   €165     €110        +€55" in output
    assert "De Vaart          30%      1,234" in output
    refusal = CliRunner().invoke(command, [*arguments, "elders"], env=site)
    assert refusal.exit_code == 2
    assert "no such municipality" in refusal.output


def test_past_campaigns_need_a_site(files: dict[str, str], tmp_path: Path) -> None:
    site = {"VJB_ENV": "test", "VJB_HOME": str(tmp_path), "DATABASE_URL": ""}
    result = CliRunner().invoke(command, ["rehearse", files["rules"], "--past", "x"], env=site)
    assert isinstance(result.exception, SettingsError)
