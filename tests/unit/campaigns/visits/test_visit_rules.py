"""What is a visit, and what waits in memory to be written."""

import threading
from datetime import date
from uuid import uuid4

import pytest

from voorjebuurt.campaigns.visits.buffer import MOST_KEYS, VisitBuffer, VisitKey
from voorjebuurt.campaigns.visits.rules import VisitSource, is_ahead, is_machine, source_of

KEY = VisitKey(uuid4(), date(2026, 5, 1), VisitSource.PAGE)
PEOPLE = [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0",
    "Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/124.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 13; CUBOT NOTE 50) AppleWebKit/537.36 Chrome/120.0 Mobile",
]
MACHINES = [
    "",
    "test",
    "curl/8.5.0",
    "python-requests/2.31",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/124.0.0.0 Safari/537.36",
    "facebookexternalhit/1.1",
    "WhatsApp/2.23.20",
    "Mozilla/5.0 (compatible; Yahoo! Slurp)",
]


@pytest.mark.parametrize("agent", PEOPLE)
def test_a_browser_is_somebody(agent: str) -> None:
    assert not is_machine(agent)


@pytest.mark.parametrize("agent", MACHINES)
def test_what_says_that_it_is_a_program_is_nobody(agent: str) -> None:
    assert is_machine(agent)


@pytest.mark.parametrize(
    ("purpose", "is_it"), [("", False), ("prefetch;prerender", True), ("prefetch", True)]
)
def test_loading_beforehand_is_no_visit(purpose: str, is_it: bool) -> None:
    assert is_ahead(purpose) is is_it


@pytest.mark.parametrize(
    ("word", "source"),
    [
        ("kort", "short"),
        ("widget", "widget"),
        ("short", "page"),
        (None, "page"),
        ("x" * 500, "page"),
        ("", "page"),
    ],
)
def test_an_address_names_its_source_or_none(word: str | None, source: str) -> None:
    assert source_of(word) == source


def test_what_was_counted_is_handed_out_once_and_not_too_often() -> None:
    buffer = VisitBuffer(seconds=20, started_at=100)
    buffer.add(KEY)
    buffer.add(KEY)
    assert buffer.take_due(119) == {}
    assert buffer.take_due(120) == {KEY: 2}
    buffer.add(KEY)
    assert buffer.take_due(139) == {}
    assert buffer.take_due(140) == {KEY: 1}
    assert buffer.take_due(160) == {}


def test_many_different_pages_fill_no_memory() -> None:
    buffer = VisitBuffer(seconds=0, started_at=0)
    for _ in range(MOST_KEYS + 10):
        buffer.add(VisitKey(uuid4(), KEY.day, VisitSource.PAGE))
    assert len(buffer.take_due(1)) == MOST_KEYS


def test_threads_that_count_at_once_lose_nothing() -> None:
    buffer = VisitBuffer(seconds=0, started_at=0)
    totals: list[int] = []

    def visit() -> None:
        for number in range(500):
            buffer.add(KEY)
            if number % 50 == 0:
                totals.append(sum(buffer.take_due(number + 1).values()))

    threads = [threading.Thread(target=visit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(totals) + sum(buffer.take_due(10_000).values()) == 4_000
