"""The sandbox's own time: the real one, or the moment that it was told to stand still at."""

from datetime import UTC, datetime, timedelta

from voorjebuurt.kernel import clock
from voorjebuurt.local.sandbox.store import Store


class Clock:
    """Survives a restart, like all that the sandbox remembers."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def now(self) -> datetime:
        """The moment it is here, in UTC and whole seconds (as the provider writes moments)."""
        standstill = self._store.get("now")
        moment = datetime.fromisoformat(standstill) if standstill else clock.now()
        return moment.replace(microsecond=0)

    def stamp(self, *, after: float = 0) -> str:
        """The moment ``after`` seconds from now, as the provider writes it."""
        return text(self.now() + timedelta(seconds=after))

    def stand_at(self, moment: datetime | None) -> None:
        """Stand still at ``moment`` (aware), or follow the real time again."""
        self._store.put("now", text(moment) if moment else None)


def text(moment: datetime) -> str:
    """``2026-01-31T11:00:00+00:00``: these sort as text in the order of time."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def read(moment: str) -> datetime:
    """The aware datetime that ``moment`` (ISO 8601 with a zone) writes.

    Raises ``ValueError`` for anything else.
    """
    parsed_moment = datetime.fromisoformat(moment)
    if parsed_moment.tzinfo is None:
        raise ValueError(f"a moment needs a time zone: {moment!r}")
    return parsed_moment
