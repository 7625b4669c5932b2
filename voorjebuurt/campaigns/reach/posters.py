"""Posters and flyers as PDF, or as a small picture of one.

Everything that a poster says comes to the typesetter as data: no character in a title can become
markup. It knows no network, no fonts of the machine and no clock.
"""

import json
import unicodedata
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.metadata import version

import typst

from voorjebuurt import paths
from voorjebuurt.campaigns.reach.made_files import fingerprint
from voorjebuurt.kernel.latin import in_latin
from voorjebuurt.kernel.printable import is_printable

PRINT = paths.TEMPLATES / "print"
FONTS = paths.STATIC / "print"
_SMALL_PPI = 96
"""A sheet of A4 becomes 397 pixels wide."""


class Material(StrEnum):
    """What is printed; its value stands in addresses."""

    POSTER_A4 = "poster-a4"
    POSTER_A5 = "poster-a5"
    FLYER = "flyer"


class Format(StrEnum):
    """As what it is made."""

    PDF = "pdf"
    PNG = "png"


@dataclass(frozen=True)
class Colours:
    """Colours of a town's style, as ``#rrggbb``: ``on_accent`` can be read on ``accent``."""

    accent: str
    on_accent: str
    ink: str
    quiet: str
    paper: str
    line: str


@dataclass(frozen=True)
class Poster:
    """Everything on one sheet, in one language. ``address`` is what people type."""

    material: Material
    large: bool
    language: str
    platform: str
    heading: str
    title: str
    by: str
    summary: str
    facts: tuple[tuple[str, str], ...]
    how_title: str
    how: tuple[str, ...]
    offline: str
    address: str
    code_alt: str
    picture_alt: str
    colours: Colours


def poster_name(poster: Poster, picture_key: str | None, format: Format) -> str:
    """The name of the file that shows this poster with this picture."""
    content = {
        **asdict(poster),
        "picture": picture_key,
        "template": fingerprint({"source": _template().decode()}),
        "maker": version("typst"),
        "format": format,
    }
    return f"{fingerprint(content)}.{format}"


def set_poster(poster: Poster, *, code: bytes, picture: bytes | None, format: Format) -> bytes:
    """Set a poster. ``code``: the QR code as SVG; ``picture``: a JPEG, or None without one."""
    words = {name: _printable(value) for name, value in asdict(poster).items()}
    content = {**words, "code": code.decode(), "picture": list(picture or b"")}
    return typst.compile(
        _template(),
        format=format.value,
        ppi=_SMALL_PPI if format is Format.PNG else None,
        sys_inputs={"poster": json.dumps(content, ensure_ascii=False, sort_keys=True)},
        pdf_standards=["a-2a", "ua-1"] if format is Format.PDF else [],
        font_paths=_fonts(),
        ignore_system_fonts=True,
        timestamp=0,
    )


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


@lru_cache(maxsize=1)
def _template() -> bytes:
    return (PRINT / "poster.typ").read_bytes()


def _printable(value: object) -> object:
    """Texts as paper can show them: what no font has is written as it sounds."""
    if isinstance(value, tuple):
        return [_printable(each) for each in value]
    if not isinstance(value, str):
        return value
    plain = unicodedata.normalize("NFC", value)
    return "".join(c if is_printable(c) else _in_words(c) for c in plain)


def _in_words(character: str) -> str:
    """Nothing of what only steers the text around it: it would turn a line around."""
    if unicodedata.category(character) in ("Cf", "Co", "Cn", "Cs"):
        return ""
    return in_latin(character)
