"""Characters that a letter can show: those of its own fonts. Pure.

Letters are set with the fonts that come with the typesetter, so that they look the same on every
machine. What those can't draw becomes a small square, and what would only disturb the order of
reading (control characters, overrides of direction) goes.
"""

import unicodedata
from dataclasses import fields, is_dataclass
from typing import Any

from voorjebuurt.decisions.letters.content import Letter

MISSING = "\u25a1"
RANGES = (
    (0x0020, 0x007E),
    (0x00A0, 0x024F),
    (0x0370, 0x04FF),
    (0x0531, 0x0556),
    (0x05D0, 0x05EA),
    (0x0621, 0x063A),
    (0x0641, 0x064A),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2015),
    (0x2018, 0x201E),
    (0x2020, 0x2022),
    (0x2026, 0x2026),
    (0x2030, 0x2033),
    (0x2039, 0x203A),
    (0x20AC, 0x20AC),
    (0x2122, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x2248, 0x2248),
    (0x2260, 0x2260),
    (0x2264, 0x2265),
    (0x25A1, 0x25A1),
)
"""Latin with every accent, Greek, Cyrillic, Armenian, Hebrew and Arabic letters, punctuation, €."""
_AS_IS = ("logo",)
"""No text: base64."""
_GONE = {"Cc", "Cf", "Cs", "Co", "Cn"}


def known(letter: Letter) -> Letter:
    """The letter with only characters that can be drawn."""
    drawable_letter: Letter = _known(letter)
    return drawable_letter


def drawable(text: str) -> str:
    """The text as it can be drawn; line ends are kept."""
    return "".join(_drawn(character) for character in unicodedata.normalize("NFC", text))


def _drawn(character: str) -> str:
    if character == "\n":
        return character
    if character in "\t\r\u2028\u2029":
        return " "
    if unicodedata.category(character) in _GONE:
        return ""
    code = ord(character)
    return character if any(low <= code <= high for low, high in RANGES) else MISSING


def _known(value: Any) -> Any:
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, tuple):
        return tuple(_known(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {
            field.name: getattr(value, field.name)
            if field.name in _AS_IS
            else _known(getattr(value, field.name))
            for field in fields(value)
        }
        return type(value)(**parts)
    return value
