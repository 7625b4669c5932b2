"""The first ``make``: it says what is fetched and how far it is."""

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


def test_every_tenth_package_is_named_and_the_last_step_is_told(command: ModuleType) -> None:
    lines = [f"Collecting part{number}==1.0 (from -r lock)" for number in range(1, 26)]
    noise = ["  Downloading part.whl (3.1 MB)", "", "Using cached x"]
    output = list(command.progress([*noise, *lines, "Installing collected packages: a, b"], 40))
    assert output == [
        "  10 of 40 packages: part10",
        "  20 of 40 packages: part20",
        "  All are there; unpacking them.",
    ]


def test_each_kind_of_installation_says_what_it_fetches(command: ModuleType) -> None:
    assert command.MEGABYTES.keys() == command.LOCKS.keys()
    assert all("MB" in words for words in command.MEGABYTES.values())
