"""What stands on a page in the language of no catalogue, and says no language of its own."""

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from lxml import html
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.support.pseudo_locale import OPENING
from voorjebuurt.ownwords.rules import COURTS

_NAMES = re.compile("(Stichting )?Voor je Buurt|youtube\\.com|youtu\\.be|vimeo\\.com")
"""Names of who receives the money, and of sites for video: the same in every language."""
_ATTRIBUTES = ("aria-label", "alt", "title", "placeholder")
_SILENT = {"script", "style", "template", "code", "pre", "kbd", "svg", "textarea"}
_CODE = re.compile(r"\b[A-Z]{2}[0-9]{2}(?: [A-Z0-9]{2,4})+\b|\S*(?:[0-9@]|://)\S*")
"""An account, a number, an amount, a reference, an address of mail or of a page."""
_WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
_COLUMNS = text(
    "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
    " AND table_name NOT LIKE 'procrastinate%' AND data_type IN ('text', 'character varying',"
    " 'ARRAY', 'jsonb')"
)
_SENTENCE = re.compile(r"[A-Z ]")
_NAMING = {"reason", "value", "name", "title", "areas", "figure_of", "filename"}


def untranslated(page: str, words: Collection[str]) -> list[str]:
    """Texts of a page (HTML) that a reader of the pseudo-locale reads in another language.

    ``words`` are those of people: they may stand within a translated sentence, in a choice and in
    what is read aloud, where they can't say their language.
    """
    parts = [
        part
        for part, inside in _texts(html.document_fromstring(page.replace("<wbr>", "")).find("body"))
        if "<span" in part or foreign_words(part, words if inside or OPENING in part else ())
    ]
    return [" ".join(part.split()) for part in parts]


def words_of_people(session: Session) -> set[str]:
    """Every word in the database that somebody wrote: not codes, nor what was put together."""
    words = set(_words(" ".join(COURTS)))
    for table, column in session.execute(_COLUMNS):
        values = session.scalars(text(f'SELECT DISTINCT "{column}"::text FROM "{table}"'))
        for value in filter(None, values):
            if value.startswith(('{"', "[{")):
                words.update(_words(" ".join(_written(json.loads(value)))))
            elif _SENTENCE.search(value):
                words.update(_words(value))
    return words


def _written(data: Any, key: str = "") -> Iterator[str]:
    """Of JSON: reasons of rules, names, titles; of groups the keys."""
    if isinstance(data, dict):
        yield from data if key == "groups" else ()
        for name, value in data.items():
            yield from _written(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from _written(value, key)
    elif isinstance(data, str) and key in _NAMING:
        yield data


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def foreign_words(part: str, words: Collection[str]) -> list[str]:
    """The words in Latin letters that are none of these, nor the name of the platform."""
    rest = _CODE.sub("", _NAMES.sub("", part))
    return [word for word in _words(rest) if word not in words]


def _texts(node: html.HtmlElement) -> Iterator[tuple[str, bool]]:
    """Texts, and whether they stand where no language can be told: in an attribute or a choice.

    Not of what has a language of its own, or is no text.
    """
    if not isinstance(node.tag, str) or node.tag in _SILENT or node.get("lang"):
        return
    yield node.text or "", node.tag == "option"
    yield from ((node.get(name, ""), True) for name in _ATTRIBUTES)
    for child in node:
        yield from _texts(child)
        yield child.tail or "", False
