"""How many pictures, in which order, and which videos a page links to. Pure."""

from collections.abc import Collection, Sequence
from typing import TypeVar
from urllib.parse import urlsplit

MOST_PICTURES = 8
URL_MAX_LENGTH, VIDEO_TITLE_MAX_LENGTH = 300, 80
_Item = TypeVar("_Item")


def moved(items: Sequence[_Item], item: _Item, position: int) -> list[_Item]:
    """The same with one of them at a position from 1 on; beyond the ends it comes at the end."""
    rest = [each for each in items if each != item]
    place = min(max(position - 1, 0), len(rest))
    return [*rest[:place], item, *rest[place:]]


def video_host(url: str, hosts: Collection[str]) -> str | None:
    """The site of a video, without ``www.``; None for an address that no page links to.

    ``hosts``: the sites that may be linked to.
    """
    if len(url) > URL_MAX_LENGTH or not url.isascii() or any(c.isspace() for c in url):
        return None
    try:
        parts = urlsplit(url)
        is_plain = parts.scheme == "https" and parts.port is None and "@" not in parts.netloc
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    return host if is_plain and host in hosts and len(parts.path) > 1 else None
