"""A language that nobody speaks, made from the catalogues: written from right to left.

Every letter of a text becomes one of another script, with a mark before and behind the text, so
that a Latin letter on a page is a text that no catalogue holds. Placeholders stay as they are. It
has the plural forms of Arabic, whose code it borrows: six.
"""

import re
import shutil
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from voorjebuurt import paths

PSEUDO = "ar"
OPENING, CLOSING = "⟦", "⟧"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_OTHER = "אבגדהוזחטיכלמנסעפצקרשתךםןץ"
_LETTERS = str.maketrans(_LATIN + _LATIN.upper(), _OTHER * 2)
_KEPT = re.compile(r"(%\(\w+\)[a-z]|%%|%s|\{\w*\}|<[^>]+>|&\w+;|\S+@\S+\.\w+|https?://\S+)")
_AS_IT_IS = "number"
"""The context of the texts that amounts are written with."""


def pseudo(text: str) -> str:
    """A text in this language, with the placeholders of the original."""
    parts = _KEPT.split(text)
    parts[::2] = [part.translate(_LETTERS) for part in parts[::2]]
    return f"{OPENING}{''.join(parts)}{CLOSING}" if text.strip() else text


def add_pseudo_locale(folder: Path) -> Path:
    """Fill a folder with the languages there are and this one; the folder, to be used as theirs."""
    shutil.copytree(paths.TRANSLATIONS, folder, dirs_exist_ok=True)
    own = folder / PSEUDO / "LC_MESSAGES"
    own.mkdir(parents=True)
    with (own / "messages.mo").open("wb") as binary:
        write_mo(binary, _pseudo_catalogue("nl", "messages", from_key=True))
    with (own / "keyed.po").open("wb") as source:
        write_po(source, _pseudo_catalogue("en", "keyed", from_key=False))
    return folder


def _pseudo_catalogue(language: str, domain: str, *, from_key: bool) -> Catalog:
    """Of a catalogue whose texts stand in its keys (in English), or in what belongs to them."""
    with (paths.TRANSLATIONS / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as stream:
        source = read_po(stream, locale=language)
    catalogue = Catalog(locale=PSEUDO, fuzzy=False)
    for message in source:
        if message.id:
            texts = _forms(message.id if from_key else message.string)
            catalogue.add(
                message.id, _translated(message, texts, catalogue), context=message.context
            )
    return catalogue


def _forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def _translated(message: Message, texts: list[str], catalogue: Catalog) -> str | tuple[str, ...]:
    if message.context == _AS_IT_IS:
        return texts[0]
    if len(texts) == 1:
        return pseudo(texts[0])
    singular, plural = (pseudo(text) for text in texts)
    return tuple(singular if form == 1 else plural for form in range(catalogue.num_plurals))
