"""What this process counted and did not write yet: in memory, for many threads at once."""

import threading
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from voorjebuurt.campaigns.visits.rules import VisitSource

MOST_KEYS = 5_000
"""So many different numbers wait at most; what comes beyond that is not counted."""


class VisitKey(NamedTuple):
    """Of which page, on which day, by which source."""

    campaign_id: UUID
    day: date
    source: VisitSource


class VisitBuffer:
    """Adding never waits for anything but another thread that adds."""

    def __init__(self, *, seconds: int, started_at: int) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._counts: Counter[VisitKey] = Counter()
        self._written_at = started_at

    def add(self, key: VisitKey) -> None:
        """Count one visit."""
        with self._lock:
            if key in self._counts or len(self._counts) < MOST_KEYS:
                self._counts[key] += 1

    def take_due(self, at: int) -> Mapping[VisitKey, int]:
        """All that is there, to be written by who asks, when it is time for it; else nothing.

        ``at`` is in seconds of a clock that only goes forward. Nobody else gets the same.
        """
        with self._lock:
            if at - self._written_at < self._seconds:
                return {}
            counts, self._counts = self._counts, Counter()
            self._written_at = at
            return counts
