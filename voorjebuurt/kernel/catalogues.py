"""Texts by key, for modules that know no screen: one catalogue per language.

A language is a folder of ``paths.TRANSLATIONS``. Its ``LC_MESSAGES/keyed.po`` holds these texts,
its ``messages.po`` those of screens and mails; there is no other list of languages. A catalogue is
read once, when it is first asked for. Placeholders are named in braces: ``{amount}``.

What was decided is computed again in the words of its day. When texts change that decisions keep,
the old ones go to ``keyed.1.po``, ``keyed.2.po``: an edition is today's texts, with those of its
file and of the files after it over them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from gettext import c2py
from pathlib import Path
from typing import TypeVar

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from voorjebuurt import paths

DUTCH = "nl"
"""The language of the law and of letters. Every text is in it, and it is where others fall back."""
FILE = "keyed.po"
_FOLDER = "LC_MESSAGES"
_NUMBERS = "number"
Text = TypeVar("Text")


@dataclass(frozen=True)
class Catalogue:
    """The texts of one language: the forms of each, by context and key."""

    language: str
    texts: Mapping[tuple[str, str], tuple[str, ...]]
    form_of: Callable[[int], int]
    currency: str
    decimal_point: str
    thousands: str

    def text(self, context: str, key: str, /, **values: object) -> str:
        """A text with its values put in. Raises ``KeyError`` where there is none."""
        text = self.texts[context, key][0]
        return text.format(**values) if values else text

    def noun(self, context: str, key: str, number: int) -> str:
        """The form of a text that goes with a number of things."""
        return self.texts[context, key][self.form_of(number)]

    def name(self, context: str, key: str) -> str:
        """A text, or the key itself where there is none: what people made may have any key."""
        return self.texts.get((context, key), (key,))[0]

    def keys(self, context: str) -> frozenset[str]:
        """The keys that have a text in this context."""
        return frozenset(key for place, key in self.texts if place == context)


def languages() -> tuple[str, ...]:
    """The codes of all languages there are: Dutch first, then by the alphabet."""
    return _languages(paths.TRANSLATIONS)


def catalogue(language: str, edition: int | None = None) -> Catalogue:
    """The texts of a language, or those in Dutch for a language that is not there.

    Of today, or as they were in an edition.
    """
    name = language if language in languages() else DUTCH
    folder = paths.TRANSLATIONS / name / _FOLDER
    if edition is None:
        return _read(folder / FILE, name)
    return _as_it_was(folder, name, edition)


def in_language(texts: Mapping[str, Text], language: str) -> Text:
    """Of a text that was kept in every language of its day: in this one, or else in Dutch."""
    return texts[language if language in texts else DUTCH]


@lru_cache(maxsize=8)
def _languages(folder: Path) -> tuple[str, ...]:
    codes = (file.name for file in folder.iterdir() if (file / _FOLDER).is_dir())
    return tuple(sorted(codes, key=lambda code: (code != DUTCH, code)))


@lru_cache(maxsize=32)
def _read(file: Path, language: str) -> Catalogue:
    catalog = _catalog(file, language)
    texts = dict(_texts(catalog))
    return Catalogue(
        language,
        texts,
        c2py(catalog.plural_expr),
        currency=texts[_NUMBERS, "currency"][0],
        decimal_point=texts[_NUMBERS, "decimal_point"][0],
        thousands=texts[_NUMBERS, "thousands"][0],
    )


@lru_cache(maxsize=32)
def _as_it_was(folder: Path, language: str, edition: int) -> Catalogue:
    newest = _read(folder / FILE, language)
    texts = dict(newest.texts)
    for number, file in sorted(_editions(folder), reverse=True):
        if number >= edition:
            texts |= dict(_texts(_catalog(file, language)))
    return replace(newest, texts=texts)


def _editions(folder: Path) -> Iterator[tuple[int, Path]]:
    """The files with texts that changed, by the last edition that they stood in."""
    for file in folder.glob("keyed.*.po"):
        yield int(file.name.split(".")[1]), file


def _catalog(file: Path, language: str) -> Catalog:
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def _texts(catalog: Catalog) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    for message in catalog:
        if message.id:
            yield (message.context or "", _forms(message.id)[0]), _forms(message.string or "")


def _forms(text: str | Sequence[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)
