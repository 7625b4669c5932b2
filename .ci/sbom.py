"""``make sbom``: what the site is made of, as CycloneDX in ``dist/`` (nothing is fetched).

Its parts are the lock of production with every hash, and what is vendored. Licences and who needs
whom come from the packages that are installed, which are of the same lock.
"""

import json
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from version import version

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "config" / "requirements.lock"
VENDORED = ROOT / "voorjebuurt" / "static" / "vendor" / "manifest.json"
Json = dict[str, Any]


def main(target: str | None = None) -> None:
    """Write it to ``target``, or to a file of this version in ``dist/``."""
    text = json.dumps(document(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    if errors := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        sys.exit(f"This is no CycloneDX: {errors}")
    file = Path(target) if target else ROOT / "dist" / f"voorjebuurt-{version()}.cdx.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    print(f"{file}: {len(json.loads(text)['components'])} parts")


def document() -> Json:
    """The whole document: the same bytes for the same checkout and installation."""
    bom = _of_lock()
    root = bom["metadata"]["component"]
    root.update({"version": version(), "purl": f"pkg:pypi/voorjebuurt@{version()}"})
    refs: dict[str, set[str]] = defaultdict(set)  # several versions: each for other Pythons
    graph = {root["bom-ref"]: _declared()}
    for part in bom["components"]:
        part.pop("description", None)  # its line in the lock once more
        part["bom-ref"] = part["purl"]
        if licences := _licences(part["name"]):
            part["licenses"] = licences
        refs[normal(part["name"])].add(part["purl"])
        graph[part["purl"]] = _needs(part["name"])
    vendored = list(map(_vendored, json.loads(VENDORED.read_text())))
    bom["components"] += vendored
    bom["dependencies"] = [
        {"ref": ref, "dependsOn": sorted(set().union(*(refs[name] for name in needed)))}
        for ref, needed in graph.items()
    ]
    bom["dependencies"][0]["dependsOn"] += [part["bom-ref"] for part in vendored]
    return bom


def _of_lock() -> Json:
    command = [Path(sys.executable).with_name("cyclonedx-py"), "requirements", LOCK]
    options = ["--pyproject", ROOT / "pyproject.toml", "--output-reproducible", "--sv", "1.6"]
    result = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    if result.returncode:
        sys.exit(result.stderr)
    bom: Json = json.loads(result.stdout)
    return bom


def normal(name: str) -> str:
    """The one spelling of a distribution's name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {normal(Requirement(line).name) for line in project["dependencies"]}


def _needs(name: str) -> set[str]:
    """Which packages it asks for on a machine like this; none when it is for other machines."""
    try:
        asked = map(Requirement, requires(name) or ())
        return {
            normal(each.name)
            for each in asked
            if each.marker is None or each.marker.evaluate({"extra": ""})
        }
    except PackageNotFoundError:
        return set()


def _licences(name: str) -> list[Json]:
    """As the package itself declares them."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return []
    if expression := told.get("License-Expression"):
        return [{"expression": expression}]
    prefix = "License :: OSI Approved :: "
    classifiers = [
        line.removeprefix(prefix)
        for line in told.get_all("Classifier", ())
        if line.startswith(prefix)
    ]
    names = classifiers or [line for line in [told.get("License", "")] if line and "\n" not in line]
    return [{"license": {"name": each}} for each in names]


def _vendored(entry: Json) -> Json:
    return {
        "type": "library",
        "bom-ref": f"vendored:{entry['name']}@{entry['version']}",
        "name": entry["name"],
        "version": entry["version"],
        "licenses": [{"license": {"id": entry["licence"]}}],
        "externalReferences": [{"type": "distribution", "url": entry["source"]}],
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
