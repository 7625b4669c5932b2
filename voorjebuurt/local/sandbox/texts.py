"""The words on the checkout page, in the payer's language."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from voorjebuurt.kernel.catalogues import DUTCH, catalogue, languages
from voorjebuurt.kernel.money import to_provider

ENGLISH = "en"
"""For payers whose language this site does not have."""
REFUND_NAMES = {
    "queued": "wacht op saldo",
    "pending": "ingediend",
    "processing": "onderweg",
    "refunded": "terugbetaald",
    "failed": "mislukt",
    "canceled": "geannuleerd",
}


class Words(NamedTuple):
    """What a page is written with: ``t`` gives a text by its key."""

    language: str
    t: Callable[..., str]


def words_for(locale: str | None) -> Words:
    """The words for a payment's locale (``en_GB``); Dutch when there is none."""
    language = (locale or DUTCH).partition("_")[0]
    name = language if language in languages() else ENGLISH
    return Words(name, partial(catalogue(name).text, "checkout"))


def euros(cents: int, locale: str | None = None) -> str:
    """``€ 1.250,00``, or ``€1,250.00`` in English."""
    words = catalogue(words_for(locale).language)
    whole, _, part = to_provider(cents).partition(".")
    digits = f"{int(whole):,}".replace(",", words.thousands)
    return f"{words.currency}{digits}{words.decimal_point}{part}"
