"""Static files: built once with hashed names, compressed beforehand, served for ever.

``build_assets`` turns ``static/`` into ``static/dist/``: one style sheet (vendored component
parts, the theme's tokens, our own sheets), fonts and pictures, each named after its content,
with ``.br`` and ``.gz`` beside it, and ``manifest.json``. The same sources give the same bytes.
"""

import gzip
import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

import brotli
from flask import Flask
from whitenoise import WhiteNoise

from voorjebuurt import paths
from voorjebuurt.settings import SettingsError
from voorjebuurt.web.kit.assets import css, theme

DIST = paths.STATIC / "dist"
PREFIX = "/static/"
MANIFEST = "manifest.json"
COMPRESSED_SUFFIXES = frozenset({".css", ".svg", ".txt", ".js"})
PLAIN_FOLDERS = ("fonts", "images", "scripts", "sheets")
"""Files as they are; a sheet is for the few pages that name it, not for all of them."""
FALLBACK_ILLUSTRATION = "other"


@dataclass(frozen=True)
class Assets:
    """The built files: their plain names to their hashed ones."""

    names: dict[str, str]

    def url(self, name: str) -> str:
        """The address of an asset by its plain name, ``vjb.css``. Raises ``KeyError``."""
        return PREFIX + self.names[name]

    def illustration(self, topic: str | None) -> str:
        """The address of the placeholder picture of a campaign's theme."""
        name = f"theme-{topic}.svg"
        return self.url(name if name in self.names else f"theme-{FALLBACK_ILLUSTRATION}.svg")


class AssetsError(SettingsError):
    """The static files were not built, or can't be."""


def build_assets(dist: Path = DIST, *, tidy: bool = True) -> Assets:
    """Build every static file into ``dist`` and return their names.

    ``tidy`` removes what earlier builds left, which a running process may still be serving.
    Raises ``AssetsError`` when the folder can't be written.
    """
    try:
        assets = _build(dist)
        if tidy:
            _remove_others(dist, set(assets.names.values()))
    except OSError as error:
        raise AssetsError(f"The static files can't be built: {error}.") from error
    return assets


def _build(dist: Path) -> Assets:
    dist.mkdir(parents=True, exist_ok=True)
    names = {}
    for source in _plain_files():
        names[source.name] = _write(dist, source.name, source.read_bytes())
    sheet = re.sub(r'url\("([^":/]+)"\)', lambda m: f'url("{names[m[1]]}")', style_sheet())
    names["vjb.css"] = _write(dist, "vjb.css", sheet.encode())
    manifest = {"sources": source_hash(), "names": dict(sorted(names.items()))}
    _replace(dist / MANIFEST, (json.dumps(manifest, indent=1) + "\n").encode())
    return Assets(names)


def load_assets(*, production: bool, dist: Path = DIST) -> Assets:
    """The built files; outside production they are built again when their sources changed.

    Raises ``AssetsError`` when production starts without them.
    """
    manifest = _manifest(dist)
    if production:
        if manifest is None:
            raise AssetsError("The static files are missing: run 'voorjebuurt assets build'.")
        return Assets(manifest["names"])
    if manifest is None or manifest["sources"] != source_hash():
        return build_assets(dist, tidy=False)
    return Assets(manifest["names"])


def init_assets(
    app: Flask, *, production: bool, headers: Mapping[str, str], dist: Path = DIST
) -> Assets:
    """Build if need be, and let whitenoise answer ``/static/``, immutable by its hashed names.

    Every file carries ``headers``, as pages do.
    """
    assets = load_assets(production=production, dist=dist)
    asset_urls = frozenset(PREFIX + name for name in assets.names.values())
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(dist),
        prefix=PREFIX,
        immutable_file_test=lambda _path, url: url in asset_urls,
        add_headers_function=lambda theirs, _path, _url: _add(theirs, headers),
    )
    return assets


def _add(headers: Headers, more: Mapping[str, str]) -> None:
    for name, value in more.items():
        headers[name] = value


def style_sheet() -> str:
    """The whole style sheet: component parts, theme tokens, our own; minified."""
    is_needless = css.needless(_library_classes())
    parts = [
        css.minified(css.without_selectors(path.read_text(), is_needless)) for path in _part_files()
    ]
    own = [css.minified(path.read_text()) for path in _own_files()]
    tokens = theme.compile_theme(theme.shipped(), used_in="".join(parts + own))
    return "".join([tokens, *parts, *own])


def source_hash() -> str:
    """A hash over everything that a build reads, this package's own code included."""
    digest = hashlib.sha256()
    code = [Path(__file__), Path(css.__file__), Path(theme.__file__)]
    for path in [*code, *_part_files(), *_own_files(), *_plain_files(), *theme.sources()]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    digest.update(" ".join(sorted(_library_classes())).encode())
    return digest.hexdigest()


def _part_files() -> list[Path]:
    return sorted((paths.STATIC / "vendor" / "utrecht").glob("*.css"))


def _own_files() -> list[Path]:
    return sorted((paths.STATIC / "css").glob("*.css"))


def _library_classes() -> frozenset[str]:
    """The component library's classes that our templates write, whole or as a beginning."""
    templates = (path.read_text() for path in paths.TEMPLATES.rglob("*.html"))
    return frozenset(name for text in templates for name in re.findall(r"utrecht-[\w-]+", text))


def _plain_files() -> list[Path]:
    folders = [paths.STATIC / name for name in PLAIN_FOLDERS]
    fonts = sorted((paths.STATIC / "vendor" / "figtree").glob("*.woff2"))
    return fonts + sorted(path for folder in folders for path in folder.rglob("*.*"))


def _write(dist: Path, name: str, data: bytes) -> str:
    stem, dot, suffix = name.rpartition(".")
    file_name = f"{stem}.{hashlib.sha256(data).hexdigest()[:12]}{dot}{suffix}"
    _replace(dist / file_name, data)
    if f".{suffix}" in COMPRESSED_SUFFIXES:
        _replace(dist / f"{file_name}.br", brotli.compress(data, quality=11))
        _replace(dist / f"{file_name}.gz", gzip.compress(data, 9, mtime=0))
    return file_name


def _replace(path: Path, data: bytes) -> None:
    """Write in one step, so that another process never reads half a file."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(data)
    beside.replace(path)


def _remove_others(dist: Path, file_names: set[str]) -> None:
    for path in dist.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name.removesuffix(".br").removesuffix(".gz") not in file_names | {MANIFEST}:
            path.unlink(missing_ok=True)


def _manifest(dist: Path) -> dict[str, Any] | None:
    try:
        manifest: dict[str, Any] = json.loads((dist / MANIFEST).read_text())
    except (OSError, ValueError):
        return None
    return manifest if all((dist / name).is_file() for name in manifest["names"].values()) else None
