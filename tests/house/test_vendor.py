"""What we took from others is what its manifest says: version, licence and every byte."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from voorjebuurt import paths

FOLDERS = [paths.STATIC / "vendor", Path(__file__).parent.parent / "browser" / "vendor"]
LICENCES = {"EUPL-1.2", "OFL-1.1", "MPL-2.0"}


def _entries(folder: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((folder / "manifest.json").read_text())
    return entries


@pytest.mark.parametrize("folder", FOLDERS, ids=["static", "browser"])
def test_every_file_has_the_hash_of_the_manifest(folder: Path) -> None:
    for entry in _entries(folder):
        for name, sha512 in entry["files"].items():
            digest = hashlib.sha512((folder / name).read_bytes()).digest()
            assert f"sha512-{base64.b64encode(digest).decode()}" == sha512, name


@pytest.mark.parametrize("folder", FOLDERS, ids=["static", "browser"])
def test_no_file_is_missing_from_the_manifest(folder: Path) -> None:
    names = {name for entry in _entries(folder) for name in entry["files"]}
    present = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    assert present == names | {"manifest.json"}


@pytest.mark.parametrize("folder", FOLDERS, ids=["static", "browser"])
def test_every_package_names_version_source_and_a_licence_we_accept(folder: Path) -> None:
    for entry in _entries(folder):
        assert entry["version"][0].isdigit()
        assert entry["licence"] in LICENCES
        assert entry["source"].endswith(entry["version"])
        assert entry["integrity"].startswith("sha512-")
        assert any("LICENSE" in name for name in entry["files"])
