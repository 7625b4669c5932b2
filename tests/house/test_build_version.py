"""The version of what is built moves with every commit, and sorts after the release before it."""

import subprocess
from pathlib import Path
from types import ModuleType

import pytest
from packaging.version import Version

from tests.support.source import program

NAMES = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.delenv("VJB_BUILD_VERSION", raising=False)
    return program("version")


def git(folder: Path, *arguments: str) -> str:
    result = subprocess.run(
        ["git", *NAMES, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return result.stdout.strip()


def commit(folder: Path, version: str, more: str = "") -> str:
    """A commit in which the code says that version; its short name."""
    package = folder / "voorjebuurt"
    package.mkdir(exist_ok=True)
    (package / "__init__.py").write_text(f'"""A package."""\n\n__version__ = "{version}"\n{more}')
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "x")
    return git(folder, "rev-parse", "--short=8", "HEAD")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet")
    return tmp_path


def test_the_commit_of_a_release_is_that_release(command: ModuleType, checkout: Path) -> None:
    commit(checkout, "0.1.0")
    commit(checkout, "0.2.0")
    assert command.version(checkout) == "0.2.0"


def test_each_commit_after_it_sorts_after_the_one_before(
    command: ModuleType, checkout: Path
) -> None:
    commit(checkout, "0.2.0")
    versions = [command.version(checkout)]
    names = [commit(checkout, "0.2.0", more=f"# {number}\n") for number in range(1)]
    versions.append(command.version(checkout))
    names += [commit(checkout, "0.2.0", more="# ten\n") for _ in range(10)]
    versions.append(command.version(checkout))
    assert versions == ["0.2.0", f"0.3.0.dev1+g{names[0]}", f"0.3.0.dev11+g{names[-1]}"]
    assert [*map(Version, versions)] == sorted(map(Version, versions))
    assert Version(versions[-1]) < Version("0.3.0")


def test_a_tag_says_which_commit_the_release_is(command: ModuleType, checkout: Path) -> None:
    commit(checkout, "1.4.2")
    commit(checkout, "1.4.2", more="# the notes of the release\n")
    git(checkout, "tag", "v1.4.2")
    assert command.version(checkout) == "1.4.2"
    name = commit(checkout, "1.4.2", more="# later\n")
    assert command.version(checkout) == f"1.5.0.dev1+g{name}"


def test_what_was_not_committed_is_told(command: ModuleType, checkout: Path) -> None:
    name = commit(checkout, "0.2.0")
    (checkout / "notes.txt").write_text("of no wheel")
    assert command.version(checkout) == "0.2.0"
    (checkout / "voorjebuurt" / "new.py").write_text("X = 1\n")
    assert command.version(checkout) == f"0.3.0.dev0+g{name}.changed"


def test_without_git_it_is_the_version_of_the_code(
    command: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "voorjebuurt"
    package.mkdir()
    (package / "__init__.py").write_text('__version__ = "0.2.0"\n')
    assert command.version(tmp_path) == "0.2.0"
    git(tmp_path, "init", "--quiet")
    assert command.version(tmp_path) == "0.2.0", "nothing was committed yet"
    monkeypatch.setenv("PATH", "/nowhere")
    assert command.version(tmp_path) == "0.2.0"


def test_who_builds_without_git_can_tell_it(
    command: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(checkout, "0.2.0")
    monkeypatch.setenv("VJB_BUILD_VERSION", "0.3.0.dev7+gabc")
    assert command.version(checkout) == "0.3.0.dev7+gabc"


def test_an_archive_inside_another_checkout_is_not_that_one(
    command: ModuleType, checkout: Path
) -> None:
    commit(checkout, "9.9.9")
    inside = checkout / "vendor" / "site"
    (inside / "voorjebuurt").mkdir(parents=True)
    (inside / "voorjebuurt" / "__init__.py").write_text('__version__ = "0.2.0"\n')
    assert command.version(inside) == "0.2.0"
