"""What a form carries of what its page showed."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from tests.support.certain import certain
from voorjebuurt.kernel.versions import Version

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
PARTS = {
    "title": "Moestuin; a=b",
    "goal": 100_000,
    "lines": [["Aarde", 5000]],
    "last_day": date(2026, 7, 1),
    "area": UUID(int=7),
    "score": Decimal("7.50"),
    "nothing": None,
}


def carried(version: Version) -> Version:
    return certain(Version.parse(str(version)))


def test_nothing_changed_when_the_parts_are_the_same() -> None:
    version = carried(Version.of(PARTS, at=NOW))
    assert version.at == NOW
    assert version.changed_parts({**PARTS, "score": Decimal("7.5")}) == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "Moestuin; a=c"),
        ("goal", 9_000_000),
        ("lines", [["Aarde", 5001]]),
        ("last_day", date(2026, 7, 2)),
        ("nothing", ""),
    ],
)
def test_what_changed_is_named(name: str, value: Any) -> None:
    assert carried(Version.of(PARTS, at=NOW)).changed_parts({**PARTS, name: value}) == (name,)


def test_a_part_that_the_page_did_not_show_counts_as_changed() -> None:
    version = carried(Version.of({"title": "a"}, at=NOW))
    assert version.changed_parts({"title": "a", "goal": 1}) == ("goal",)


@pytest.mark.parametrize("text", ["", "x", "-1;a=b", "9" * 13, "999999999999;a=b", ";a=b", "²;a=b"])
def test_what_is_no_version_is_none(text: str) -> None:
    assert Version.parse(text) is None


def test_a_version_with_too_many_parts_is_none() -> None:
    assert Version.parse("1" + ";a=b" * 61) is None


def test_what_can_not_be_digested_is_a_defect() -> None:
    with pytest.raises(TypeError, match="object"):
        Version.of({"a": object()}, at=NOW)
