"""Pictures of campaigns: checked, stripped of what they tell about their maker, made to fit.

A key is made of the picture's content and size, ``<hash>-<width>x<height>``: a page needs nothing
else to show it, and its files, ``<key>-<width>.<format>``, never change.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

from PIL import Image

from voorjebuurt.campaigns.pixels import few_pixels, refused
from voorjebuurt.kernel.storage import Storage

WIDTHS = (480, 960, 1440)
MAX_HEIGHT = 2160
FORMATS = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
"""What is made of every picture, and as what it is served."""

_ONE_AT_A_TIME = Lock()
_LONGEST_TURN_SECONDS = 15
_KEY = re.compile(r"[0-9a-f]{32}-(?P<width>\d{2,4})x(?P<height>\d{2,4})", re.ASCII)
_OPTIONS: dict[str, tuple[str, dict[str, object]]] = {
    "avif": ("AVIF", {"quality": 55, "speed": 8}),
    "webp": ("WEBP", {"quality": 76, "method": 4}),
    "jpg": ("JPEG", {"quality": 78, "optimize": True, "progressive": True}),
}


@dataclass(frozen=True)
class StoredPicture:
    """A picture's address and size (pixels of the largest), read from its key."""

    key: str
    width: int
    height: int

    @property
    def widths(self) -> list[int]:
        """The widths that were made, smallest first."""
        return [width for width in WIDTHS if width < self.width] + [self.width]

    def names(self) -> list[str]:
        """The names of all its files."""
        return [f"{self.key}-{width}.{format}" for width in self.widths for format in FORMATS]


def stored_picture(key: str | None) -> StoredPicture | None:
    """What a key says; None without a key, or for a text that isn't one."""
    match = _KEY.fullmatch(key or "")
    if match is None:
        return None
    return StoredPicture(match[0], int(match["width"]), int(match["height"]))


def is_stored(storage: Storage, key: str | None) -> bool:
    """Whether a key names a picture that is really there."""
    picture = stored_picture(key)
    return picture is not None and storage.has(picture.names()[-1])


def store_picture(storage: Storage, data: bytes, *, max_bytes: int) -> str:
    """Check and keep an uploaded picture in every width and format; returns its key.

    Raises ``DomainError`` (field ``picture``) for what can't be used.
    """
    if len(data) > max_bytes:
        raise refused("picture_too_large", max_megabytes=max_bytes // 1_000_000)
    with _turn():
        return _store(storage, few_pixels(data, (WIDTHS[-1], MAX_HEIGHT)))


@contextmanager
def _turn() -> Iterator[None]:
    """One picture at a time in this process: each takes memory of its own."""
    if not _ONE_AT_A_TIME.acquire(timeout=_LONGEST_TURN_SECONDS):
        raise refused("picture_busy")
    try:
        yield
    finally:
        _ONE_AT_A_TIME.release()


def _store(storage: Storage, image: Image.Image) -> str:
    master = _encoded(image, "jpg")
    digest = hashlib.sha256(master).hexdigest()[:32]
    picture = StoredPicture(f"{digest}-{image.width}x{image.height}", image.width, image.height)
    for width in picture.widths:
        copy = image if width == image.width else _scaled(image, width)
        for format in FORMATS:
            storage.put(f"{picture.key}-{width}.{format}", _encoded(copy, format))
    return picture.key


def _scaled(image: Image.Image, width: int) -> Image.Image:
    height = max(round(image.height * width / image.width), 1)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _encoded(image: Image.Image, format: str) -> bytes:
    name, options = _OPTIONS[format]
    target = BytesIO()
    image.save(target, name, **options)
    return target.getvalue()
