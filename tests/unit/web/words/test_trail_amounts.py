"""A line of the trail has an amount where that says something."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from voorjebuurt.web.words.trail_lines import amount_cents


@dataclass
class Event:
    """As much of a line as is read."""

    detail: dict[str, Any]
    at: datetime = datetime(2026, 6, 1, tzinfo=UTC)
    actor_kind: str = "person"
    actor_id: UUID | None = None
    action: str = "match.opened"
    reason: str | None = None
    subject_kind: str = "application"
    subject_id: UUID = field(default_factory=uuid4)


@pytest.mark.parametrize(
    ("detail", "cents"),
    [
        ({"match_cents": 0}, None),
        ({"extra_cents": 0, "costs_cents": 0}, None),
        ({"extra_cents": 0, "costs_cents": 9_000}, 9_000),
        ({"kind": "refusal", "amount_cents": 0}, None),
        ({"kind": "lower_determination", "amount_cents": 0}, 0),
        ({"mandate_limit_cents": 0}, 0),
        ({"penalty_cents": 0}, 0),
        ({"cents": -500}, -500),
        ({}, None),
    ],
)
def test_nothing_is_named_only_where_that_says_something(
    detail: dict[str, Any], cents: int | None
) -> None:
    assert amount_cents(Event(detail)) == cents
