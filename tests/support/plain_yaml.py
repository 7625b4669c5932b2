"""Reads YAML as far as this repository uses it, so that no library is needed for two files.

Mappings, lists, texts (plain, in double quotes, or folded with ``>-``), true and false. What a
version of YAML could read as something else (numbers, dates, ``no``, anchors, ``[a, b]``) is
refused: it must be quoted, and then every reader sees the same.
"""

import re
from collections.abc import Callable
from typing import Any

_KEY = re.compile(r"([A-Za-z][\w-]*):(?: (.+))?")
_QUOTED = re.compile(r'"([^"\\]*)"')
_PLAIN = re.compile(r"[A-Za-z/.][^#:]*(?::(?! )[^#:]*)*")
_OTHER_MEANING = re.compile(r"(?i)(true|false|yes|no|on|off|y|n|null|~|\.inf|\.nan)")
_WORDS = {"true": True, "false": False}


class NotPlain(ValueError):
    """The text uses more of YAML than this reader takes, or is not YAML; says the line."""


def read(text: str) -> Any:
    """The document as dictionaries, lists, texts and booleans; raises ``NotPlain``."""
    if "\t" in text:
        raise NotPlain("has a tab, by which nothing may be indented")
    reader = _Reader(text)
    document = reader.block(0)
    if reader.line() is not None:
        raise reader.refuse("does not belong to what stands above it")
    return document


class _Reader:
    """Goes through the lines once; ``block`` reads all that is indented alike."""

    def __init__(self, text: str) -> None:
        self._lines = [
            (number, len(line) - len(line.lstrip(" ")), line.strip())
            for number, line in enumerate(text.splitlines(), 1)
            if line.strip() and not line.lstrip().startswith("#")
        ]
        self._at = 0

    def line(self) -> tuple[int, str] | None:
        """The indent and the text of the line to be read next."""
        return self._lines[self._at][1:] if self._at < len(self._lines) else None

    def refuse(self, why: str) -> NotPlain:
        """The error for the line to be read next, or for the last one."""
        number, _, text = self._lines[min(self._at, len(self._lines) - 1)]
        return NotPlain(f"line {number} ({text}) {why}")

    def block(self, indent: int) -> Any:
        """The mapping or list whose lines begin at ``indent``."""
        line = self.line()
        if line is None or line[0] != indent:
            raise self.refuse("has another indent than was expected")
        return self._list(indent) if line[1].startswith("- ") else self._mapping(indent)

    def _here(self, indent: int, is_one: Callable[[str], bool]) -> str | None:
        line = self.line()
        return line[1] if line is not None and line[0] == indent and is_one(line[1]) else None

    def _list(self, indent: int) -> list[Any]:
        values: list[Any] = []
        while (text := self._here(indent, lambda text: text.startswith("- "))) is not None:
            if _KEY.fullmatch(text[2:]):
                number = self._lines[self._at][0]
                self._lines[self._at] = (number, indent + 2, text[2:])
                values.append(self._mapping(indent + 2))
            else:
                values.append(self._scalar(text[2:]))
                self._at += 1
        return values

    def _mapping(self, indent: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while (text := self._here(indent, lambda text: not text.startswith("- "))) is not None:
            match = _KEY.fullmatch(text)
            if match is None or match[1] in values:
                raise self.refuse("is no new key")
            values[match[1]] = self._value(indent, match[2])
        return values

    def _value(self, indent: int, text: str | None) -> Any:
        if text not in (None, ">-"):
            value = self._scalar(text or "")
            self._at += 1
            return value
        self._at += 1
        below = self.line()
        if below is None or below[0] <= indent:
            raise self.refuse("stands where the value of the key above it should")
        return self._folded(below[0]) if text else self.block(below[0])

    def _folded(self, indent: int) -> str:
        lines: list[str] = []
        first = self._lines[self._at][0]
        while (text := self._here(indent, bool)) is not None:
            if self._lines[self._at][0] != first + len(lines):
                raise self.refuse("follows an empty line or a remark inside a text")
            lines.append(text)
            self._at += 1
        return " ".join(lines)

    def _scalar(self, text: str) -> str | bool:
        if match := _QUOTED.fullmatch(text):
            return match[1]
        if text in _WORDS:
            return _WORDS[text]
        if not _PLAIN.fullmatch(text) or _OTHER_MEANING.fullmatch(text):
            raise self.refuse("must be in double quotes, or is more than this reader takes")
        return text
