"""Feeds: whatever people write stays text, and readers know what changed."""

from datetime import UTC, datetime
from xml.etree.ElementTree import fromstring

from voorjebuurt.kernel.atom import NAMESPACE, Entry, Feed, feed_xml

A = {"a": NAMESPACE}
MAY, JUNE = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, 12, tzinfo=UTC)
HOSTILE = 'Bomen & <script>alert("x")</script>\x00\x0b ]]> 🌳'


def feed(*entries: Entry) -> Feed:
    return Feed(
        url="https://site.example/x.atom",
        page_url="https://site.example/x",
        title=HOSTILE,
        author="Voor je Buurt",
        language="nl",
        begun_at=MAY,
        entries=entries,
    )


def entry(title: str, updated_at: datetime) -> Entry:
    return Entry(f"https://site.example/{title}", HOSTILE, HOSTILE, MAY, updated_at)


def test_hostile_words_are_only_words() -> None:
    root = fromstring(feed_xml(feed(entry("a", JUNE))))
    words = root.findtext("a:entry/a:title", namespaces=A)
    assert words == HOSTILE.replace("\x00", "").replace("\x0b", "")
    assert root.find(".//script") is None


def test_a_feed_is_as_new_as_its_newest_entry() -> None:
    root = fromstring(feed_xml(feed(entry("a", MAY), entry("b", JUNE))))
    assert root.findtext("a:updated", namespaces=A) == "2026-06-01T12:00:00Z"
    empty = fromstring(feed_xml(feed()))
    assert empty.findtext("a:updated", namespaces=A) == "2026-05-01T00:00:00Z"


def test_an_entry_is_called_by_its_page() -> None:
    root = fromstring(feed_xml(feed(entry("a", JUNE))))
    assert root.findtext("a:entry/a:id", namespaces=A) == "https://site.example/a"
    links = {link.get("rel"): link.get("href") for link in root.findall("a:link", A)}
    assert links == {
        "self": "https://site.example/x.atom",
        "alternate": "https://site.example/x",
    }
