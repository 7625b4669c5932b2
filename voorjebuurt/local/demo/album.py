"""The campaigns' pictures, stored beside the rest of the load, a step ahead of it."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from voorjebuurt.campaigns.pictures import store_picture
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.local.demo.stories import DATA, Story
from voorjebuurt.settings import Settings

PICTURES = DATA / "pictures"
"""A file for each scene, ``<name>.webp``; ``.ci/draw-pictures.py`` draws them."""


class Album:
    """Pictures by name; ``ahead`` begins to store those that will be asked for."""

    def __init__(self, settings: Settings) -> None:
        self._storage = FolderStorage(settings.uploads)
        self._max_bytes = settings.campaigns.picture_max_bytes
        self._coming: dict[str, Future[str]] = {}

    @contextmanager
    def ahead(self, stories: list[Story]) -> Iterator[None]:
        """Store these stories' pictures in a thread of their own, in this order."""
        with ThreadPoolExecutor(1, thread_name_prefix="pictures") as artist:
            names = [name for story in stories for name in _names(story)]
            self._coming = {name: artist.submit(self._stored, name) for name in names}
            try:
                yield
            finally:
                artist.shutdown(cancel_futures=True)

    def key(self, name: str) -> str | None:
        """The key of a picture that is stored; None for a story without one."""
        if not name:
            return None
        coming = self._coming.get(name)
        return coming.result() if coming is not None else self._stored(name)

    def _stored(self, name: str) -> str:
        picture = (PICTURES / f"{name}.webp").read_bytes()
        return store_picture(self._storage, picture, max_bytes=self._max_bytes)


def _names(story: Story) -> list[str]:
    """The pictures of a story, its cover first."""
    return [name for name in (story.picture, *(each.picture for each in story.gallery)) if name]
