"""What is counted as a visit, and how somebody came. Pure."""

import re
from collections.abc import Mapping
from enum import StrEnum


class VisitSource(StrEnum):
    """How somebody came to a page, as far as the address itself says so."""

    PAGE = "page"
    """Nothing is known of it: a link, a search, a bookmark, another page of this site."""
    SHORT = "short"
    """By the short address, which stands on paper and in what people share."""
    WIDGET = "widget"
    """By the campaign's frame on another website."""


WORDS: Mapping[VisitSource, str] = {VisitSource.SHORT: "kort", VisitSource.WIDGET: "widget"}
"""What addresses call them."""
_MACHINE = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|fetch|preview|monitor|scan|headless|lighthouse|archive"
    r"|facebookexternalhit|whatsapp|telegram|signal|mastodon|embedly|http|curl|wget|python|java/"
    r"|okhttp|go-http|ruby|perl|php|libwww|werkzeug",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"prefetch|preview|prerender", re.IGNORECASE)


def is_machine(user_agent: str) -> bool:
    """Whether a program says of itself that it is no browser that somebody looks into.

    One that lies about it is counted: nothing else is looked at to find that out.
    """
    return not user_agent.startswith(("Mozilla/", "Opera/")) or bool(_MACHINE.search(user_agent))


def is_ahead(purpose: str) -> bool:
    """Whether a browser only loads the page beforehand, by its ``Sec-Purpose`` or ``Purpose``."""
    return bool(_AHEAD.search(purpose))


def source_of(word: str | None) -> VisitSource:
    """The source that an address names; ``PAGE`` for none and for any other word."""
    return next((source for source, own in WORDS.items() if own == word), VisitSource.PAGE)
