"""``make mutants``: what it changes is there, and its report tells what no test noticed."""

import json
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import settings

from tests.support import profiles
from tests.support.source import ROOT, program


@pytest.fixture
def command() -> ModuleType:
    return program("mutants")


def config() -> dict[str, Any]:
    tool: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    return tool


def write_results(folder: Path, codes: dict[str, dict[str, int | None]]) -> None:
    for module, by_name in codes.items():
        file = folder / "voorjebuurt" / f"{module.replace('.', '/')}.py.meta"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({"exit_code_by_key": by_name}))


def test_what_is_changed_and_what_must_notice_are_there() -> None:
    mutmut = config()["mutmut"]
    for pattern in mutmut["only_mutate"]:
        assert list(ROOT.glob(pattern.replace("/*", "/**/*.py"))), pattern
    places = [*mutmut["source_paths"], *mutmut["also_copy"]]
    for place in [*places, *mutmut["pytest_add_cli_args_test_selection"]]:
        assert (ROOT / place).is_dir(), place


def test_the_modules_promised_to_be_covered_whole_are_changed_too() -> None:
    promises = config()["voorjebuurt"]["coverage"]
    for pattern in config()["mutmut"]["only_mutate"]:
        assert promises[pattern.removesuffix("/*").replace("/", ".")] == 100


def test_mutants_are_tried_with_few_examples_that_are_always_the_same() -> None:
    assert "--hypothesis-profile=mutants" in config()["mutmut"]["pytest_add_cli_args"]
    profile = settings.get_profile("mutants")
    assert profile.max_examples == profiles.FEW
    assert profile.derandomize
    assert profile.database is None


def test_the_copy_is_no_part_of_the_repository(command: ModuleType) -> None:
    assert f"{command.COPY.name}/" in (ROOT / ".gitignore").read_text().splitlines()
    assert command.COPY.parent == ROOT
    makefile = (ROOT / "Makefile").read_text()
    assert "$(BOOTSTRAP) mutants && exec $(BIN)/python .ci/mutants.py $(ARGS)" in makefile


def test_the_report_counts_every_verdict_and_shows_what_no_test_noticed(
    command: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes: dict[str, dict[str, int | None]] = {
        "ledger.rules": {"r1": 1, "r2": 0, "r3": 1, "r4": 33},
        "rulebook.figures.claim": {"c1": -24, "c2": -11, "c3": None, "c4": -14, "c5": 33},
        "rulebook.empty": {},
    }
    write_results(tmp_path, codes)
    monkeypatch.setattr(command, "difference", lambda name: f"{name}\n-before\n+after")
    head, rules, claim, together, *rest = command.report(command.results(tmp_path))
    words = "mutants killed survived without tests timed out unclear not run"
    assert head.split() == words.split()
    assert " ".join(rules.split()) == "ledger.rules 4 2 1 1 0 0 0"
    assert " ".join(claim.split()) == "rulebook.figures.claim 5 0 0 1 2 1 1"
    assert " ".join(together.split()) == "together 9 2 1 2 2 1 1"
    assert rest == [
        "\nsurvived: r2\n-before\n+after",
        "\nwithout tests: r4\n-before\n+after",
        "\nunclear: c2\n-before\n+after",
        "\nwithout tests: c5\n-before\n+after",
    ]


def test_a_difference_is_told_with_the_lines_that_changed_only(
    command: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ["# name: survived", "--- a.py", "+++ a.py", "@@ -1,2 +1,2 @@", " def f():"]
    lines += ["-    return 1", "+    return 2"]
    program = tmp_path / "mutmut"
    program.write_text("#!/bin/sh\ncat <<'END'\n" + "\n".join(lines) + "\nEND\n")
    program.chmod(0o755)
    monkeypatch.setattr(command, "MUTMUT", program)
    assert command.difference("m.x_f__mutmut_1").splitlines() == [
        "m.x_f__mutmut_1",
        "@@ -1,2 +1,2 @@",
        "-    return 1",
        "+    return 2",
    ]
