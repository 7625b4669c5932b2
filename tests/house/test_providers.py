"""The name of a payment provider is data: no feature and no screen knows which one it is."""

import re
from pathlib import Path

from tests.support.source import ROOT
from voorjebuurt import paths
from voorjebuurt.payments.providers import PROVIDERS

KNOW_NO_PROVIDER = (
    *("pledges", "payouts", "matching", "decisions"),
    *("web/public", "web/resident", "web/officer", "web/hooks"),
    *("payments/gateway.py", "payments/provider_calls.py", "payments/refunds.py"),
    *("payments/service.py", "payments/tasks.py", "payments/rules.py"),
)


def test_no_feature_names_a_provider() -> None:
    names = re.compile("|".join(PROVIDERS), re.IGNORECASE)
    places = {
        f"{file.relative_to(paths.PACKAGE)}:{number}"
        for room in KNOW_NO_PROVIDER
        for file in _files(room)
        for number, line in enumerate(file.read_text().splitlines(), start=1)
        if names.search(line)
    }
    assert places == set()


def test_no_template_asks_which_provider_it_is() -> None:
    names = re.compile("|".join(PROVIDERS), re.IGNORECASE)
    templates = [file for file in (ROOT / "templates").rglob("*") if file.is_file()]
    assert templates
    assert [str(file) for file in templates if names.search(file.read_text())] == []


def test_a_provider_is_one_module_of_its_own() -> None:
    folder = paths.PACKAGE / "payments" / "providers"
    modules = {file.stem for file in folder.glob("*.py")} - {"__init__"}
    assert {gateway.__module__.rpartition(".")[2] for gateway in PROVIDERS.values()} == modules
    assert len(modules) == len(PROVIDERS)


def _files(room: str) -> list[Path]:
    place = paths.PACKAGE / room
    files = [place] if place.is_file() else sorted(place.rglob("*.py"))
    assert files, room
    return files
