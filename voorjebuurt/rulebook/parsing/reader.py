"""Reading JSON strictly: every value with its path, and faults kept, not only the first.

After a fault a reader goes on with a harmless value; nothing it made is used then, because
``raise_faults`` ends the reading.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction

from voorjebuurt.rulebook.parsing.faults import MAX_FAULTS, Fault, RefusedError, quoted
from voorjebuurt.rulebook.values.instants import parse_instant
from voorjebuurt.rulebook.values.jsontext import Json, JsonObject
from voorjebuurt.rulebook.values.numbers import (
    MAX_WHOLE,
    NumberError,
    exact,
    survives_canonical_json,
)

_PLAIN = re.compile(r"\w+", re.ASCII)


def below(path: str, key: str | int) -> str:
    """The path of a part: ``rules.base``, ``applications[0]``, ``areas["a b"]``; "" is all."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    key = quoted(key).encode(errors="backslashreplace").decode()
    if not path:
        return key
    return f"{path}.{key}" if _PLAIN.fullmatch(key) else f'{path}["{key}"]'


def is_sound_text(value: object) -> bool:
    """Whether this is a text that is not empty and can be written as UTF-8."""
    return isinstance(value, str) and value != "" and (value.isascii() or not _is_broken(value))


def _is_broken(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


class Reader:
    """Collects faults. ``for_hash``: what is read is hashed, so its numbers must survive that."""

    def __init__(self, *, for_hash: bool) -> None:
        self.for_hash = for_hash
        self._kept_faults: list[Fault] = []
        self._more_faults = 0

    def refuse(self, path: str, code: str, **values: object) -> None:
        """Keep a fault; when there are many already, only that there is one more."""
        if len(self._kept_faults) < MAX_FAULTS:
            self._kept_faults.append(Fault(path, code, values))
        else:
            self._more_faults += 1

    @property
    def faults(self) -> list[Fault]:
        """The faults, and as the last one how many more there are."""
        if not self._more_faults:
            return self._kept_faults
        path = re.split(r"\W", self._kept_faults[0].path, maxsplit=1)[0]
        return [*self._kept_faults, Fault(path, "more_faults", {"number": self._more_faults})]

    def raise_faults(self) -> None:
        """Raise ``RefusedError`` when there are faults."""
        if self._kept_faults:
            raise RefusedError(self.faults)

    def text(self, value: Json, path: str) -> str:
        """A text that is not empty."""
        if is_sound_text(value):
            return str(value)
        half = isinstance(value, str) and value != ""
        self.refuse(path, "broken_text" if half else "not_a_text")
        return "-"

    def texts(self, value: Json, path: str) -> frozenset[str]:
        """A list of texts, as a set."""
        return frozenset(self.text(item, below(path, i)) for i, item in self.items(value, path))

    def items(self, value: Json, path: str) -> Iterable[tuple[int, Json]]:
        """The items of a list, numbered from 0."""
        if isinstance(value, list):
            return enumerate(value)
        self.refuse(path, "not_a_list")
        return ()

    def entries(self, value: Json, path: str) -> Iterator[tuple[str, Json, str]]:
        """Key, value and path of everything in an object whose keys are free."""
        if not isinstance(value, dict):
            self.refuse(path, "not_an_object")
            return
        self.keys_are_sound(value, path)
        for key, item in value.items():
            yield key, item, below(path, key)

    def keys_are_sound(self, value: dict[str, Json], path: str) -> None:
        """Refuse keys that stand there twice, or that are empty or broken."""
        for key in dict.fromkeys(value.repeated if isinstance(value, JsonObject) else ()):
            self.refuse(below(path, key), "repeated_key")
        for key in value:
            if not is_sound_text(key):
                self.refuse(path, "broken_text" if key else "not_a_text")

    def whole(self, value: Json, path: str, *, least: int = 1) -> int:
        """A whole JSON number: cents, or a count."""
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse(path, "not_whole")
        elif value < least:
            self.refuse(path, "too_low", least=least)
        elif value > MAX_WHOLE:
            self.refuse(path, "too_high", most=MAX_WHOLE)
        else:
            return value
        return least

    def number(self, value: Json, path: str) -> Fraction:
        """An exact number, negative or not."""
        try:
            number = exact(value)
        except NumberError as error:
            self.refuse(path, str(error))
            return Fraction(1)
        if self.for_hash and not survives_canonical_json(value):
            self.refuse(path, "number_not_kept", written=value)
        return number

    def positive(self, value: Json, path: str) -> Fraction:
        """An exact number above 0."""
        number = self.number(value, path)
        if number <= 0:
            self.refuse(path, "not_above_zero")
        return number

    def flag(self, value: Json, path: str) -> bool:
        """``true`` or ``false``."""
        if not isinstance(value, bool):
            self.refuse(path, "not_a_flag")
        return value is True

    def one_of(self, value: Json, path: str, choices: Collection[str]) -> str:
        """One of these texts."""
        if isinstance(value, str) and value in choices:
            return value
        self.refuse(path, "not_one_of", allowed=", ".join(choices))
        return next(iter(choices))

    def instant(self, value: Json, path: str) -> int:
        """An instant with its offset, in nanoseconds."""
        try:
            return parse_instant(value if isinstance(value, str) else "")
        except ValueError:
            self.refuse(path, "not_an_instant")
            return 0
