"""What stands on a page in the language of no catalogue, and says no language of its own."""

import re
from collections.abc import Iterator

from lxml import html

from tests.support.pseudo_locale import OPENING

_PLATFORM = "Voor je Buurt"
_ATTRIBUTES = ("aria-label", "alt", "title", "placeholder")
_SILENT = {"script", "style", "template", "code", "pre", "kbd", "svg", "textarea"}
_CODE = re.compile(r"\S*(?:[0-9@]|://)\S*")
"""A number, an amount, a reference, an address of mail or of a page."""
_WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}")


def untranslated(page: str) -> list[str]:
    """Texts of a page (HTML) that a reader of the pseudo-locale reads in another language."""
    body = html.document_fromstring(page).body
    texts = [text for text in _texts(body) if _WORD.search(_CODE.sub("", _without_name(text)))]
    return [" ".join(text.split()) for text in texts]


def _without_name(text: str) -> str:
    return text.replace(_PLATFORM, "")


def _texts(node: html.HtmlElement) -> Iterator[str]:
    """Texts and spoken attributes, but of what has a language of its own or is no text."""
    if not isinstance(node.tag, str) or node.tag in _SILENT or node.get("lang"):
        return
    yield node.text or ""
    for name in _ATTRIBUTES:
        value = node.get(name, "")
        yield "" if OPENING in value else value  # what people wrote may stand within it
    for child in node:
        yield from _texts(child)
        yield child.tail or ""
