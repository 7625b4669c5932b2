"""Characters that a letter can show: those of its own fonts. Pure.

Letters are set with the fonts that come with the typesetter, so that they look the same on every
machine. What those can't draw becomes a small square, and what would only disturb the order of
reading (control characters, overrides of direction) goes.
"""

import unicodedata
from dataclasses import fields, is_dataclass
from typing import Any

from voorjebuurt.decisions.letters.content import Letter
from voorjebuurt.kernel.printable import is_printable

MISSING = "\u25a1"
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
    return character if is_printable(character) else MISSING


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
