"""The words of people on a page that may be in another language than theirs.

What people write, and what they and their funds and places are called, is Dutch as far as we
know. On a page in another language it says so itself, so that it is read aloud as it should be
and stays in order where the page goes from right to left. A Dutch page needs nothing of the kind.
"""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup

from voorjebuurt.kernel import text
from voorjebuurt.kernel.catalogues import DUTCH, in_language
from voorjebuurt.kernel.lookalikes import is_written_from_the_right
from voorjebuurt.kernel.mail_addresses import is_nobodys, readable_address

_BREAKS = re.compile(r"(?<=@)|(?=\.)")
"""Where an address of mail may go on on the next line."""


def as_written(words: str) -> str:
    """What somebody wrote or is called; on a page in another language it says its own.

    For text within an element, not for attributes, choices of a list or the title of a page.
    """
    if words and is_nobodys(words):
        return str(_("somebody whose data are erased"))
    attributes = written_lang()
    if attributes and words:
        return Markup("<span{}>{}</span>").format(attributes, words)
    # On a Dutch page what is written from the right must not turn around what follows it.
    return (
        Markup("<bdi>{}</bdi>").format(words) if is_written_from_the_right(words or "") else words
    )


def written_address(address: str | None) -> Markup | str:
    """An address of mail as people read it; of who was erased, that they are.

    On a narrow screen it goes on after the ``@`` and before a dot, and within no word.
    """
    address = address or ""
    if is_nobodys(address):
        return as_written(address)
    pieces = _BREAKS.split(readable_address(address))
    return Markup("<wbr>").join(pieces)


def written_lang() -> Markup:
    """The same as attributes, for an element that holds nothing else than somebody's words."""
    return Markup("" if _reader() == DUTCH else f' lang="{DUTCH}" dir="auto"')  # noqa: S704


def nl2br(words: str) -> str:
    """What somebody wrote, with its line ends kept."""
    return as_written(text.nl2br(words))


def in_readers_language(texts: Mapping[str, Any]) -> Any:
    """Of sentences that were kept in the languages of their day: those for this reader.

    Where there are none, the Dutch ones, which say so.
    """
    sentences = in_language(texts, _reader())
    return sentences if _reader() in texts else _all_as_written(sentences)


def _all_as_written(sentences: Any) -> Any:
    return (
        as_written(sentences)
        if isinstance(sentences, str)
        else [_all_as_written(part) for part in sentences]
    )


def _reader() -> str:
    return str(get_locale() or DUTCH)
