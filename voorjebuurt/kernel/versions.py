"""What a page showed of a thing, as a short text that its form carries back. Pure.

Two people may look at the same page at once. The form of each carries a digest of every part that
the page showed; when it comes back, the parts are digested again, and those that differ were
changed by somebody in between.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

Parts = Mapping[str, object]
"""Name of a part -> what it showed: text, numbers, days, ids, and lists and mappings of those."""

_DIGEST_LENGTH = 12
"""Characters of a SHA-256: against chance, not against a reader who would deceive themselves."""
_MOST_PARTS = 60


@dataclass(frozen=True)
class Version:
    """The parts of a thing at a moment, by their digests."""

    at: datetime
    digests: Mapping[str, str]

    @classmethod
    def of(cls, parts: Parts, *, at: datetime) -> "Version":
        """The version that a page made at ``at`` (with a time zone) shows."""
        return cls(at, {name: _digest(value) for name, value in parts.items()})

    @classmethod
    def parse(cls, text: str) -> "Version | None":
        """The version that a form carried, or None for what is none."""
        moment, *pairs = text.split(";")
        if len(pairs) > _MOST_PARTS or not moment.isdigit() or len(moment) > _DIGEST_LENGTH:
            return None
        digests = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
        try:
            return cls(datetime.fromtimestamp(int(moment), UTC), digests)
        except (ValueError, OverflowError, OSError):
            return None

    def __str__(self) -> str:
        """What the form carries."""
        pairs = (f"{name}={digest}" for name, digest in self.digests.items())
        return ";".join((str(int(self.at.timestamp())), *pairs))

    def changed_parts(self, parts: Parts) -> tuple[str, ...]:
        """The names of the parts that are not as they were."""
        return tuple(
            name for name, value in parts.items() if self.digests.get(name) != _digest(value)
        )


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, default=_plain, ensure_ascii=False)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:_DIGEST_LENGTH]


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date | Fraction | UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no digest")
