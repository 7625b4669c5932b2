#!/usr/bin/env python3
"""Fetch the third-party files of the face again. A maintainer's tool; needs npm on the path.

    .venv/bin/python .ci/vendor.py

Packages are pinned below by version and by npm's sha512; nothing is written when a hash differs.
From the component library only the parts we use are kept, one file each, rules unchanged. From
the base tokens only those are kept that these parts, or our own style sheets, can reach. Each
vendor folder has a manifest with name, version, licence, source and the sha512 of every file.
"""

import base64
import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "voorjebuurt" / "static" / "vendor"
BROWSER = ROOT / "tests" / "browser" / "vendor"

PARTS = [
    "root",
    "document",
    "heading-1",
    "heading-2",
    "heading-3",
    "heading-4",
    "paragraph",
    "link",
    "unordered-list",
    "ordered-list",
    "separator",
    "button",
    "form-field",
    "form-field-description",
    "form-field-error-message",
    "form-fieldset",
    "form-label",
    "textbox",
    "textarea",
    "select",
    "checkbox",
    "radio-button",
    "alert",
    "breadcrumb-nav",
    "pagination",
    "skip-link",
    "table",
]


@dataclass(frozen=True)
class Package:
    """One pinned npm package."""

    name: str
    version: str
    licence: str
    integrity: str


UTRECHT = Package(
    "@utrecht/component-library-css",
    "9.0.4",
    "EUPL-1.2",
    "sha512-gVA7D6GfP9/+fzehkYLSBR+0UPUTA97PZmgvTYQE88lPQhHGMlUk8FjmCpLKRsRC9hAYd32JuF/KzG6fmBfjJA==",
)
VOORBEELD = Package(
    "@nl-design-system-unstable/voorbeeld-design-tokens",
    "7.4.1",
    "EUPL-1.2",
    "sha512-GNnapAn2mTIzXRcCvs0JMr4Bf9+ivUJ3zFBJLRT1SYpAYm2xPwptVxIM3k4WLJ0c59E9FfxsEBPJluGuAHUVvg==",
)
FIGTREE = Package(
    "@fontsource-variable/figtree",
    "5.3.0",
    "OFL-1.1",
    "sha512-VRVodD7OiG7apQwE8/2fMjaqpY/a0qRJqL5HtYj8CKIVps+9amaFcdfKmDIf7iqYQx6iPLlArVXAfKeIZmVcNQ==",
)
AXE = Package(
    "axe-core",
    "4.14.1",
    "MPL-2.0",
    "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
)


def fetch(package: Package, folder: Path) -> Path:
    """Unpack the pinned package below ``folder``; refuses any other bytes."""
    spec = f"{package.name}@{package.version}"
    process = subprocess.run(
        ["npm", "pack", "--silent", spec], cwd=folder, check=True, capture_output=True, text=True
    )
    archive = folder / process.stdout.strip().splitlines()[-1]
    digest = hashlib.sha512(archive.read_bytes()).digest()
    if package.integrity != "sha512-" + base64.b64encode(digest).decode():
        raise SystemExit(f"{spec}: the package's sha512 is not the pinned one.")
    target = folder / package.name.replace("/", "_")
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    return target / "package"


def top_level_rules(css: str) -> list[str]:
    """The rules of a style sheet, at-rules with their blocks as one; comments dropped."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    rules, depth, start = [], 0, 0
    for position, character in enumerate(css):
        if character == ";" and depth == 0:
            start = position + 1
        depth += (character == "{") - (character == "}")
        if character == "}" and depth == 0:
            rules.append(css[start : position + 1].strip())
            start = position + 1
    return rules


def part_of(rule: str) -> str | None:
    """The component that a rule belongs to, by its first class."""
    match = re.search(r"\.utrecht-([a-z0-9-]+?)(?=__|--|[\s,:.{>+~\[)])", rule)
    return match[1] if match else None


def components(source: Path) -> dict[str, str]:
    """Our parts of the component library: file name to style sheet."""
    rules_of: dict[str, list[str]] = {part: [] for part in PARTS}
    for rule in top_level_rules((source / "dist" / "index.css").read_text()):
        rules_of.get(part_of(rule) or "", []).append(rule)
    head = f"/* {UTRECHT.name} {UTRECHT.version}. EUPL-1.2. (c) Gemeente Utrecht, Frameless B.V. */"
    return {f"{part}.css": "\n".join([head, *rules, ""]) for part, rules in rules_of.items()}


def base_tokens(source: Path, parts: dict[str, str]) -> dict[str, str]:
    """The base theme's custom properties that the parts or our own style sheets can reach."""
    theme = re.sub(r"/\*.*?\*/", "", (source / "dist" / "theme.css").read_text(), flags=re.S)
    every = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", theme))
    names = {name for css in parts.values() for name in re.findall(r"var\((--[\w-]+)", css)}
    names |= {name for name in every if name.startswith("--basis-")}
    pending, values = list(names & every.keys()), {}
    while pending:
        name = pending.pop()
        if name not in values:
            values[name] = every[name].strip()
            pending += [n for n in re.findall(r"var\((--[\w-]+)", every[name]) if n in every]
    return dict(sorted(values.items()))


def write(folder: Path, package: Package, files: dict[str, bytes]) -> dict[str, object]:
    """Write ``files`` (path below ``folder`` to bytes) and return the manifest's entry."""
    hashes = {}
    for name, data in sorted(files.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        hashes[name] = "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()
    return {
        "name": package.name,
        "version": package.version,
        "licence": package.licence,
        "source": f"https://www.npmjs.com/package/{package.name}/v/{package.version}",
        "integrity": package.integrity,
        "files": hashes,
    }


def dump(value: object) -> str:
    """JSON as it is kept in the repository."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Fetch everything, check it, write it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        utrecht, voorbeeld = fetch(UTRECHT, folder), fetch(VOORBEELD, folder)
        figtree, axe = fetch(FIGTREE, folder), fetch(AXE, folder)
        parts = components(utrecht)
        tokens = base_tokens(voorbeeld, parts)
        files = {f"utrecht/{part}": css.encode() for part, css in parts.items()}
        files["utrecht/LICENSE.md"] = (utrecht / "LICENSE.md").read_bytes()
        base = {
            "voorbeeld/tokens.json": dump(tokens).encode(),
            "voorbeeld/LICENSE.md": (voorbeeld / "LICENSE.md").read_bytes(),
        }
        font = {
            "figtree/LICENSE": (figtree / "LICENSE").read_bytes(),
            **{
                f"figtree/{subset}.woff2": (
                    figtree / "files" / f"figtree-{subset}-wght-normal.woff2"
                ).read_bytes()
                for subset in ("latin", "latin-ext")
            },
        }
        entries = [
            write(STATIC, UTRECHT, files),
            write(STATIC, VOORBEELD, base),
            write(STATIC, FIGTREE, font),
        ]
        (STATIC / "manifest.json").write_text(dump(entries))
        script = {
            "axe.min.js": (axe / "axe.min.js").read_bytes(),
            "LICENSE": (axe / "LICENSE").read_bytes(),
        }
        (BROWSER).mkdir(parents=True, exist_ok=True)
        (BROWSER / "manifest.json").write_text(dump([write(BROWSER, AXE, script)]))


if __name__ == "__main__":
    main()
