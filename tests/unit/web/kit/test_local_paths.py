"""Where an address or a form may lead people: to pages of this site, for every browser."""

from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from voorjebuurt.web.kit.local_paths import local_path

HERE = "https://buurt.example"
PIECES = (
    *("/", "\\", "//", "\t", "\n", "\r", "%2f", "%5c", "%5C", "%09", "%0a", "%25", "%252f", "."),
    *("..", "evil.example", "@", ":", "https:", "javascript:", "?", "#", "\u200b", "\u202e"),
    *("\u3000", "／", " ", "a", "\x00", "\x85", ";"),
)


def as_browsers_read_it(path: str) -> list[str]:
    """What browsers and proxies may make of an address before they follow it."""
    readings = [path]
    for _ in range(2):
        readings.append(unquote(readings[-1]))
    bare = ["".join(c for c in reading.strip() if c not in "\t\r\n") for reading in readings]
    return [reading.replace("\\", "/") for reading in bare]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/mijn/acties?a=1",
        "/acties/wijk-moestuin#top",
        "/acties?zoek=%5C&q=//x",
        "/a/%20b/%C3%A9",
    ],
)
def test_paths_of_this_site_are_followed(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        *(None, "", "mijn", "?a", "#a", "/" + "x" * 1000, "https://evil.example", "javascript:x"),
        *("//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "/a\\b"),
        *("/%5Cevil.example/", "/%5cevil.example", "/%255Cevil.example", "/%2fevil.example"),
        *("/\n/evil.example", "/\t/evil.example", " //evil.example", "/ /evil.example", "/a b"),
        *("/%09/evil.example", "/%0A/evil.example", "/.//evil.example", "/a/..//evil.example"),
        *("//user@evil.example", "https:evil.example", "/\u200b/evil.example", "/／evil.example"),
        *("\u202e/evil", "/a?x=\n", "/a?x=\\"),
    ],
)
def test_other_addresses_are_not(path: str | None) -> None:
    assert local_path(path) is None


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
@example("/%5Cevil.example/")
def test_whatever_is_followed_stays_here_however_it_is_read(path: str) -> None:
    result = local_path(path)
    if result is None:
        return
    assert result == path
    for reading in as_browsers_read_it(path.partition("?")[0].partition("#")[0]):
        target = urlsplit(urljoin(f"{HERE}/inloggen", reading))
        assert (target.scheme, target.netloc) == ("https", "buurt.example"), reading


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_an_address_that_was_quoted_as_a_whole_is_a_page_or_none(text: str) -> None:
    path = "/acties/" + quote(text, safe="")
    assert local_path(path) in (path, None)
