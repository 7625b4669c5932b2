"""In which order pictures come, and which videos a page links to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voorjebuurt.campaigns.gallery.rules import moved, video_host

HOSTS = ("youtube.com", "vimeo.com")


@pytest.mark.parametrize(
    ("position", "order"), [(1, "cab"), (2, "acb"), (3, "abc"), (9, "abc"), (-4, "cab")]
)
def test_one_comes_where_it_is_asked(position: int, order: str) -> None:
    assert "".join(moved("abc", "c", position)) == order


@given(st.permutations("abcdefgh"), st.sampled_from("abcdefgh"), st.integers(-9, 20))
def test_none_is_lost_or_doubled(items: list[str], item: str, position: int) -> None:
    assert sorted(moved(items, item, position)) == sorted(items)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.youtube.com/watch?v=abc", "youtube.com"),
        ("https://vimeo.com/12345", "vimeo.com"),
        ("https://VIMEO.com/12345", "vimeo.com"),
        ("http://vimeo.com/12345", None),
        ("https://vimeo.com/", None),
        ("https://vimeo.com:8443/1", None),
        ("https://vimeo.com:x/1", None),
        ("https://iemand@vimeo.com/1", None),
        ("https://vimeo.com.elders.example/1", None),
        ("https://elders.example/vimeo.com/1", None),
        ("https://[vimeo.com/1", None),
        ("https://vimeo.com/een twee", None),
        ("https://vimeo.com/é", None),
        ("https://vimeo.com/" + "x" * 300, None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_only_well_known_sites_are_linked_to(url: str, host: str | None) -> None:
    assert video_host(url, HOSTS) == host
