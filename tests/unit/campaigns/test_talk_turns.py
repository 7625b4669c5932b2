"""For whom a conversation waits, and until when something can be said."""

from datetime import UTC, datetime, timedelta

import pytest

from voorjebuurt.campaigns.coaching.rules import QUIET_DAYS, Turn, takes_words, turn_of
from voorjebuurt.campaigns.rules import CampaignStatus

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "last_kind", "open_edits", "turn"),
    [
        ("draft", None, 0, Turn.NOBODY),
        ("submitted", None, 0, Turn.COACH),
        ("submitted", "question", 0, Turn.INITIATOR),
        ("submitted", "answer", 0, Turn.COACH),
        ("submitted", "answer", 1, Turn.INITIATOR),
        ("returned", "returned", 0, Turn.INITIATOR),
        ("returned", "answer", 0, Turn.INITIATOR),
        ("live", "approved", 0, Turn.NOBODY),
        ("live", "answer", 0, Turn.COACH),
        ("live", "nod", 0, Turn.NOBODY),
        ("paid_out", "question", 0, Turn.INITIATOR),
        ("withdrawn", "answer", 0, Turn.NOBODY),
    ],
)
def test_for_whom_it_waits(status: str, last_kind: str | None, open_edits: int, turn: Turn) -> None:
    outcome = turn_of(CampaignStatus(status), last_kind=last_kind, open_edits=open_edits)
    assert outcome is turn


@pytest.mark.parametrize(
    ("status", "days", "is_open"),
    [
        ("draft", 0, False),
        ("withdrawn", 0, False),
        ("returned", 900, True),
        ("succeeded", 900, True),
        ("paid_out", QUIET_DAYS - 1, True),
        ("paid_out", QUIET_DAYS, False),
        ("rejected", QUIET_DAYS, False),
    ],
)
def test_until_when_it_is_open(status: str, days: int, is_open: bool) -> None:
    ended_at = NOW - timedelta(days=days)
    assert takes_words(CampaignStatus(status), ended_at=ended_at, now=NOW) is is_open
