"""The import contracts leave no module out: `make check` holds the code to them."""

import tomllib
from typing import Any

from tests.support.source import ROOT, modules

FILE = ROOT / "config" / "import-contracts.toml"
AUDIENCES = {"auth", "coach", "hooks", "officer", "public", "resident", "site", "staff"}
NO_AUDIENCES = {
    "caches",
    "changes",
    "destinations",
    "factor_checks",
    "guards",
    "kit",
    "limits",
    "rehearsals",
    "viewing",
    "words",
}
"""What audiences share, and the tables of all routes."""


def contracts() -> list[dict[str, Any]]:
    """All contracts as they stand in the file."""
    tables: list[dict[str, Any]] = tomllib.loads(FILE.read_text())["tool"]["importlinter"][
        "contracts"
    ]
    return tables


def children() -> dict[str, set[str]]:
    """Every package with the modules and packages directly in it."""
    packages: dict[str, set[str]] = {}
    for name in modules():
        parts = ["voorjebuurt", *name.removesuffix(".py").split("/")]
        if parts[-1] == "__init__":
            parts.pop()
        for length in range(1, len(parts)):
            packages.setdefault(".".join(parts[:length]), set()).add(parts[length])
    return packages


def test_every_package_has_a_contract_that_names_all_of_it() -> None:
    layers = {
        container: {
            module.strip(" ()")
            for layer in contract["layers"]
            for module in layer.replace(":", "|").split("|")
        }
        for contract in contracts()
        if contract["type"] == "layers" and contract.get("exhaustive")
        for container in contract["containers"]
    }
    packages = {name: parts for name, parts in children().items() if len(parts) > 1}
    assert len(packages) > 60
    assert {name: parts ^ layers.get(name, set()) for name, parts in packages.items()} == {
        name: set() for name in packages
    }


def test_no_audience_imports_another() -> None:
    (independence,) = [each for each in contracts() if each["type"] == "independence"]
    assert {name.rpartition(".")[2] for name in independence["modules"]} == AUDIENCES
    assert children()["voorjebuurt.web"] == AUDIENCES | NO_AUDIENCES


def test_contracts_are_part_of_the_checks() -> None:
    check = (ROOT / ".ci" / "check.py").read_text()
    assert "lint-imports" in check
    assert FILE.name in check
