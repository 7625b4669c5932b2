"""What is said to people, before it is put into a language: a text's key and its values."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Money:
    """Eurocents. A part of a cent is shown too, where arithmetic is told."""

    cents: Fraction | int


@dataclass(frozen=True)
class Number:
    """An exact number: a factor, a figure, a percentage."""

    value: Fraction


@dataclass(frozen=True)
class Count:
    """A number of things, with the key of their noun: ``donor``, ``application``."""

    number: int
    noun: str


@dataclass(frozen=True)
class Indicator:
    """An area's figure, by its key."""

    key: str


@dataclass(frozen=True)
class Place:
    """An area by its code; shown by its name to whoever knows that."""

    code: str


@dataclass(frozen=True)
class Phrase:
    """A text by its key, with the values of its placeholders."""

    key: str
    values: Mapping[str, "Value"]


@dataclass(frozen=True)
class Names:
    """Names as they are, listed with a word between the last two: ``and`` or ``or``.

    ``themes``: they are keys of themes, which have a name in every language.
    """

    names: tuple[str, ...]
    word: str
    themes: bool = False


Value = Money | Number | Count | Indicator | Place | Phrase | Names | str


def phrase(key: str, /, **values: Value) -> Phrase:
    """A ``Phrase``."""
    return Phrase(key, values)
