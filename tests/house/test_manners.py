"""What a stranger looks for first: licence, versions, changelog, contributing, security, hooks."""

import configparser
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.version import Version

from tests.support import plain_yaml, publiccode
from tests.support.source import program
from voorjebuurt import __version__, paths

ROOT = Path(__file__).parents[2]
README, CONTRIBUTING, CHANGELOG, SECURITY = (
    ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
)
PUBLICCODE = paths.DOCS / "publiccode.yml"
ARTICLES = [
    *("Definitions", "Scope of the rights granted by the Licence"),
    *("Communication of the Source Code", "Limitations on copyright"),
    *("Obligations of the Licensee", "Chain of Authorship", "Disclaimer of Warranty"),
    *("Disclaimer of Liability", "Additional agreements", "Acceptance of the Licence"),
    *("Information to the public", "Termination of the Licence", "Miscellaneous"),
    *("Jurisdiction", "Applicable Law"),
]
KINDS_OF_CHANGE = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
FOLDERS = (".ci", "config", "migrations", "templates", "tests", "voorjebuurt")
TOP_FILES = (
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "Procfile",
    "README.md",
    "SECURITY.md",
)


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def described() -> dict[str, Any]:
    document = plain_yaml.read(PUBLICCODE.read_text())
    assert isinstance(document, dict)
    return document


def releases() -> list[tuple[str, str]]:
    """Each release of the changelog with its day, the newest first."""
    return re.findall(r"^## \[(\d+\.\d+\.\d+)\] - (\S+)$", CHANGELOG.read_text(), re.MULTILINE)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


# The licence


def test_the_licence_is_the_whole_eupl() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    headings = re.findall(r"^(?:(\d+)\. (.+)|(Appendix))$", text, re.MULTILINE)
    articles = [(str(number), title, "") for number, title in enumerate(ARTICLES, 1)]
    assert headings == [*articles, ("", "", "Appendix")]
    copy = paths.STATIC / "vendor" / "utrecht" / "LICENSE.md"  # its hash is in the manifest
    assert words(text) == words(copy.read_text())
    assert len(words(text)) > 2000


def test_one_licence_is_named_everywhere() -> None:
    assert project()["project"]["license"] == described()["legal"]["license"] == "EUPL-1.2"
    for file in (README, CONTRIBUTING):
        assert "[EUPL-1.2](LICENSE)" in file.read_text(), file.name


# One version


def test_the_version_is_the_same_everywhere() -> None:
    build = project()
    assert "version" not in build["project"]
    assert build["project"]["dynamic"] == ["version"]
    document = described()
    assert (document["softwareVersion"], document["releaseDate"]) == releases()[0]
    assert document["softwareVersion"] == __version__


@pytest.mark.parametrize("folder", [".", "voorjebuurt/local"])
def test_the_build_begins_with_that_version_and_tells_what_came_after(folder: str) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "hatchling", "metadata", "version"],
        cwd=ROOT / folder,
        capture_output=True,
        text=True,
        check=True,
    )
    version = process.stdout.strip()
    assert version == program("version").version(ROOT)
    assert version == __version__ or Version(version) > Version(__version__)


def test_the_changelog_keeps_its_form() -> None:
    text = CHANGELOG.read_text()
    assert text.startswith("# Changelog\n")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == [
        "[Unreleased]",
        *(f"[{version}] - {day}" for version, day in releases()),
    ]
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= KINDS_OF_CHANGE
    days = [date.fromisoformat(day) for _, day in releases()]
    numbers = [tuple(map(int, version.split("."))) for version, _ in releases()]
    assert days == sorted(days, reverse=True)
    assert numbers == sorted(set(numbers), reverse=True)
    for part in re.split(r"^##+ ", text, flags=re.MULTILINE)[2:]:
        heading, _, body = part.partition("\n")
        assert heading.startswith("[") or body.strip().startswith("- "), heading


# publiccode.yml


def test_publiccode_is_valid() -> None:
    document = described()
    assert publiccode.faults(document, ROOT) == []
    assert document["description"].keys() == {"nl", "en"}
    assert document["localisation"]["availableLanguages"] == ["nl", "en"]
    lengths = {len(each["features"]) for each in document["description"].values()}
    assert len(lengths) == 1


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("publiccodeYmlVersion", "0.1"),
        ("name", ""),
        ("url", "voorjebuurt"),
        ("releaseDate", "28-11-2026"),
        ("releaseDate", "2026-02-30"),
        ("softwareType", "website"),
        ("developmentStatus", "ready"),
        ("platforms", []),
        ("categories", ["crowdfunding"]),
        ("categories", ["fundraising", "fundraising"]),
        ("monochromeLogo", "logo.svg"),
        ("intendedAudience/countries", ["nl"]),
        ("intendedAudience/scope", ["neighbourhoods"]),
        ("description", {}),
        ("description/dutch", {}),
        ("description/nl/shortDescription", "x" * 151),
        ("description/nl/longDescription", "x" * 149),
        ("description/nl/genericName", "Crowdfunding"),
        ("description/nl/features", []),
        ("description/nl/screenshots", ["voorjebuurt/docs/tour/missing.png"]),
        ("legal/license", "EUPL"),
        ("maintenance/type", "contract"),
        ("maintenance/contacts", []),
        ("maintenance/contacts", [{"name": "A", "email": "nowhere"}]),
        ("localisation/localisationReady", "yes"),
        ("localisation/availableLanguages", ["Dutch"]),
        ("dependsOn/open", [{"versionMin": "3"}]),
    ],
)
def test_what_the_standard_refuses_is_found(key: str, value: Any) -> None:
    document = described()
    *above, last = key.split("/")
    part = document
    for name in above:
        part = part[name]
    part[last] = value
    faults = publiccode.faults(document, ROOT)
    assert faults
    assert all(fault.startswith(f"/{above[0] if above else last}") for fault in faults), faults


@pytest.mark.parametrize(
    "key",
    [
        *("publiccodeYmlVersion", "name", "url", "releaseDate", "platforms", "categories"),
        *("developmentStatus", "softwareType", "description", "legal", "maintenance"),
        "localisation",
    ],
)
def test_what_the_standard_asks_for_is_missed(key: str) -> None:
    document = described()
    del document[key]
    assert publiccode.faults(document, ROOT) == [f"/{key}: is missing"]


@pytest.mark.parametrize(
    "text",
    [
        "a: 1",
        "a: no",
        "a: 2026-11-28",
        "a: [b, c]",
        "a: {b: c}",
        "a: &b c",
        "a: *b",
        "a: !!str b",
        "a: |\n  b",
        "a: b: c",
        "a: b # c",
        'a: "b" c',
        "a: b\na: c",
        "a:\nb: c",
        "a: b\n  c: d",
        "a: >-\n  b\n\n  c",
        "\ta: b",
    ],
)
def test_yaml_that_readers_could_read_differently_is_refused(text: str) -> None:
    with pytest.raises(plain_yaml.NotPlain):
        plain_yaml.read(text)


def test_plain_yaml_is_read() -> None:
    text = '# note\na: "1"\nb:\n  - c: d e\n    f: true\n  - g\n\nh: >-\n  i\n  j: k\n'
    expected = {"a": "1", "b": [{"c": "d e", "f": True}, "g"], "h": "i j: k"}
    assert plain_yaml.read(text) == expected


# Where to turn


def test_the_way_to_report_a_vulnerability_is_easy_to_find() -> None:
    for file in (README, CONTRIBUTING):
        assert "[SECURITY.md](SECURITY.md)" in file.read_text(), file.name
    text = SECURITY.read_text()
    contact = described()["maintenance"]["contacts"][0]["email"]
    assert set(re.findall(r"[\w.]+@[\w.]+\w", text)) == {contact}
    for heading in ("How", "What happens then", "In scope", "Not in scope"):
        assert f"\n## {heading}\n" in text
    assert "intentions" in text
    assert "not promises" in text


def test_the_readme_names_what_a_stranger_looks_for() -> None:
    links = set(re.findall(r"\]\(([^)#]+)\)", README.read_text()))
    names = {"LICENSE", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"}
    names |= {f"voorjebuurt/docs/{name}" for name in ("security.md", "publiccode.yml")}
    assert names <= links


@pytest.mark.parametrize(
    "file", [*sorted(ROOT.glob("*.md")), *sorted(paths.DOCS.glob("**/*.md"))], ids=lambda f: f.name
)
def test_every_link_between_documents_leads_somewhere(file: Path) -> None:
    links = re.findall(r"\]\(([^)\s#]+)(?:#[^)]*)?\)", file.read_text())
    inside = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in inside if not (file.parent / link).exists()] == []


# Before a commit


def check_command() -> ModuleType:
    return program("check")


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The command with checks that only end: ``lint`` badly, the others well."""
    module = check_command()
    ends = {name: int(name == "lint") for name in module.CHECKS}
    commands = {name: [sys.executable, "-c", f"raise SystemExit({ends[name]})"] for name in ends}
    monkeypatch.setattr(module, "CHECKS", commands)
    return module


def run_names(output: str) -> list[str]:
    return [line.split()[0] for line in output.splitlines() if line.strip()]


@pytest.mark.parametrize(
    ("arguments", "names", "code"),
    [
        ([], ["format", "lint", "types", "imports", "migrations", "translations"], 1),
        (["--fast"], ["format", "lint", "imports"], 1),
        (["types", "format"], ["format", "types"], 0),
        (["--fast", "types"], ["format", "lint", "types", "imports"], 1),
    ],
)
def test_checks_run_by_name_or_only_the_fast_ones(
    check: ModuleType,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    names: list[str],
    code: int,
) -> None:
    assert check.main(arguments) == code
    assert run_names(capsys.readouterr().out) == names


def test_an_unknown_check_is_refused(check: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        check.main(["format", "speling"])
    assert exit_.value.code == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert "no check speling; there are format, lint" in output.err


def test_the_hooks_before_a_commit_are_the_fast_checks() -> None:
    (source,) = plain_yaml.read((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert source["repo"] == "local"
    assert [hook["id"] for hook in source["hooks"]] == list(check_command().FAST)
    for hook in source["hooks"]:
        assert hook["entry"] == f"make --no-print-directory check ARGS={hook['id']}"
        assert (hook["language"], hook["pass_filenames"]) == ("system", False)
    assert ".ci/check.py $(ARGS)" in (ROOT / "Makefile").read_text()


# What editors are told


@cache
def editor_parts() -> list[tuple[list[str], dict[str, str]]]:
    """The parts of ``.editorconfig``: patterns of paths, and what is asked of those files."""
    rules = configparser.ConfigParser()
    rules.read_string("[top]\n" + (ROOT / ".editorconfig").read_text())
    return [
        (pattern[1:-1].split(",") if pattern.startswith("{") else [pattern], dict(rules[pattern]))
        for pattern in rules.sections()[1:]
    ]


def editor_rules(name: str) -> dict[str, str]:
    """What is part of the file with this path; later parts go before earlier ones."""
    rules: dict[str, str] = {}
    for patterns, part in editor_parts():
        if any(fnmatch(f"/{name}", f"*/{pattern}") for pattern in patterns):
            rules |= part
    return rules


def text_files() -> Iterator[tuple[str, bytes]]:
    """Every file of the repository that people write: its path and its bytes."""
    files = [ROOT / name for name in TOP_FILES]
    for folder in FOLDERS:
        files += [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    for path in files:
        content = path.read_bytes()
        is_built = "__pycache__" in path.parts or paths.STATIC / "dist" in path.parents
        if not is_built and b"\0" not in content[:8000]:
            yield str(path.relative_to(ROOT)), content


def test_every_file_is_as_editors_are_told() -> None:
    wrong = []
    for name, raw in text_files():
        rules, content = editor_rules(name), raw.decode()
        trims = rules["trim_trailing_whitespace"] == "true"
        if (
            "\r" in content
            or (trims and re.search(r"[ \t]$", content, re.MULTILINE))
            or (rules["insert_final_newline"] == "true" and content and content[-1] != "\n")
            or (rules["indent_style"] == "space" and re.search(r"^\t", content, re.MULTILINE))
        ):
            wrong.append(name)
    assert wrong == []
    assert int(editor_rules("a.py")["max_line_length"]) == project()["tool"]["ruff"]["line-length"]
