"""A feed of entries as text, by RFC 4287 (Atom). Pure.

Only what our feeds have: entries with a page of their own and a plain summary. All texts are
escaped by the writer of XML; characters that XML does not know are left out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """Something with a page: ``url`` is its canonical address, and its id for ever."""

    url: str
    title: str
    summary: str
    published_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class Feed:
    """A feed at ``url`` of what the page ``page_url`` shows; ``author`` is who publishes it."""

    url: str
    page_url: str
    title: str
    author: str
    language: str
    begun_at: datetime
    entries: Sequence[Entry]

    @property
    def updated_at(self) -> datetime:
        """When an entry last changed; of a feed without entries, since when it is there."""
        return max((entry.updated_at for entry in self.entries), default=self.begun_at)


def feed_xml(feed: Feed) -> bytes:
    """The feed in UTF-8."""
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": feed.language})
    _add(root, "id", feed.url)
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(feed.updated_at))
    _add(SubElement(root, "author"), "name", feed.author)
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.url})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page_url})
    for entry in feed.entries:
        element = SubElement(root, "entry")
        _add(element, "id", entry.url)
        _add(element, "title", entry.title)
        _add(element, "published", _moment(entry.published_at))
        _add(element, "updated", _moment(entry.updated_at))
        SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": entry.url})
        _add(element, "summary", entry.summary)
    data: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return data


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _NO_XML.sub("", text)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
