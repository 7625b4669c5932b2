"""Codes of the second step, and how long a sign-in lasts."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from voorjebuurt.people.factors import codes
from voorjebuurt.people.rules import (
    DESK_IDLE,
    DESK_LONGEST,
    FACTOR_FRESH,
    RESIDENT_IDLE,
    is_fresh,
    is_over,
)

RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
MOMENT = datetime(2026, 11, 29, 12, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert codes.code_at(RFC_SECRET, datetime.fromtimestamp(seconds, UTC)) == code


@pytest.mark.parametrize(
    ("seconds", "is_right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_a_clock_may_be_half_a_minute_off(seconds: int, is_right: bool) -> None:
    code = codes.code_at(RFC_SECRET, MOMENT + timedelta(seconds=seconds))
    interval = codes.interval_of(RFC_SECRET, code, moment=MOMENT, last_interval=0)
    assert (interval is not None) == is_right


def test_a_code_works_once_and_no_older_one_after_it() -> None:
    code = codes.code_at(RFC_SECRET, MOMENT)
    interval = codes.interval_of(RFC_SECRET, code, moment=MOMENT, last_interval=0)
    assert interval is not None
    assert codes.interval_of(RFC_SECRET, code, moment=MOMENT, last_interval=interval) is None
    older = codes.code_at(RFC_SECRET, MOMENT - timedelta(seconds=30))
    assert codes.interval_of(RFC_SECRET, older, moment=MOMENT, last_interval=interval) is None
    following = codes.code_at(RFC_SECRET, MOMENT, last_interval=interval)
    assert codes.interval_of(RFC_SECRET, following, moment=MOMENT, last_interval=interval)


@pytest.mark.parametrize("pattern", ["{0} {1}", "{0}-{1}", " {0}{1}\n"])
def test_a_code_may_be_typed_in_groups(pattern: str) -> None:
    code = codes.code_at(RFC_SECRET, MOMENT)
    text = pattern.format(code[:3], code[3:])
    assert codes.interval_of(RFC_SECRET, text, moment=MOMENT, last_interval=0) is not None


@pytest.mark.parametrize("text", ["", "12345", "abcdef", "１２３４５６", "9" * 500])
def test_what_is_no_code_is_wrong(text: str) -> None:
    assert codes.interval_of(RFC_SECRET, text, moment=MOMENT, last_interval=0) is None


def test_a_recovery_code_has_120_bits_and_may_be_typed_anyhow() -> None:
    generator = random.Random(1)
    code = codes.recovery_code(lambda letters: generator.choice(letters))
    assert codes.is_recovery_code(code)
    assert len(code.replace("-", "")) * 5 == 120
    assert codes.is_recovery_code(code[:19]), "of before, with eighty bits"
    spellings = (code, code.lower(), code.replace("-", " "), code.replace("-", ""))
    assert len({codes.recovery_hash(spelling) for spelling in spellings}) == 1
    assert not codes.is_recovery_code("123 456")


@pytest.mark.parametrize(
    ("holds_role", "idle", "age", "expected"),
    [
        (True, DESK_IDLE, DESK_IDLE, False),
        (True, DESK_IDLE + timedelta(seconds=1), DESK_IDLE, True),
        (True, timedelta(), DESK_LONGEST + timedelta(seconds=1), True),
        (False, DESK_IDLE * 2, DESK_LONGEST * 2, False),
        (False, RESIDENT_IDLE + timedelta(seconds=1), RESIDENT_IDLE, True),
    ],
)
def test_a_sign_in_ends_by_itself_sooner_for_who_holds_a_role(
    holds_role: bool, idle: timedelta, age: timedelta, expected: bool
) -> None:
    over = is_over(
        opened_at=MOMENT - age,
        last_used_at=MOMENT - idle,
        holds_role=holds_role,
        moment=MOMENT,
    )
    assert over == expected


def test_a_code_is_fresh_for_ten_minutes() -> None:
    assert timedelta(minutes=10) == FACTOR_FRESH
    assert is_fresh(MOMENT - FACTOR_FRESH, MOMENT)
    assert not is_fresh(MOMENT - FACTOR_FRESH - timedelta(seconds=1), MOMENT)
    assert not is_fresh(None, MOMENT)
