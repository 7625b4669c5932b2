"""What stands on a page in the language of no catalogue, and says no language of its own."""

import re
from collections.abc import Collection, Iterator

from lxml import html
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.support.pseudo_locale import OPENING

_PLATFORM = "Voor je Buurt"
_ATTRIBUTES = ("aria-label", "alt", "title", "placeholder")
_SILENT = {"script", "style", "template", "code", "pre", "kbd", "svg", "textarea"}
_CODE = re.compile(r"\S*(?:[0-9@]|://)\S*")
"""A number, an amount, a reference, an address of mail or of a page."""
_WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
_COLUMNS = text(
    "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
    " AND table_name NOT LIKE 'procrastinate%' AND data_type IN ('text', 'character varying',"
    " 'ARRAY')"
)
_WRITTEN = re.compile(r"[A-Z ]")
_REASONS = re.compile(r'"reason":"([^"]*)"')


def untranslated(page: str, words: Collection[str]) -> list[str]:
    """Texts of a page (HTML) that a reader of the pseudo-locale reads in another language.

    ``words`` are those of people: they may stand within a translated sentence, in a choice and in
    what is read aloud, where they can't say their language.
    """
    found = [
        part
        for part, inside in _texts(html.document_fromstring(page).body)
        if "<span" in part or _foreign(part, words if inside or OPENING in part else ())
    ]
    return [" ".join(part.split()) for part in found]


def words_of_people(session: Session) -> set[str]:
    """Every word in the database that somebody wrote: not codes, nor what was put together."""
    words: set[str] = set()
    for table, column in session.execute(_COLUMNS).tuples():
        values = session.scalars(text(f'SELECT DISTINCT "{column}"::text FROM "{table}"'))
        for value in values:
            if value and value.startswith('{"'):
                value = " ".join(["A", *_REASONS.findall(value)])
            if value and _WRITTEN.search(value):
                words.update(_WORD.findall(value))
    return words


def _foreign(part: str, words: Collection[str]) -> bool:
    left = _CODE.sub("", part.replace(_PLATFORM, ""))
    return any(word not in words for word in _WORD.findall(left))


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
