"""Exact numbers, instants and canonical JSON of the rule language."""

from decimal import Decimal
from fractions import Fraction

import pytest

from voorjebuurt.rulebook.values import jsontext
from voorjebuurt.rulebook.values.instants import parse_instant
from voorjebuurt.rulebook.values.jsontext import JsonError
from voorjebuurt.rulebook.values.numbers import (
    ROOT_DIGITS,
    ROOT_SCALE,
    NumberError,
    compare,
    exact,
    floor,
    root,
    survives_canonical_json,
    tiers,
)

HAIR = Fraction(1, 10**31)
"""Less than the tolerance."""


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("3/2", Fraction(3, 2)),
        ("0.6", Fraction(3, 5)),
        ("-0.072", Fraction(-72, 1000)),
        ("-1/3", Fraction(-1, 3)),
        ("007", Fraction(7)),
        (Decimal("33.3"), Fraction(333, 10)),
        (Decimal("1E+2"), Fraction(100)),
        (5, Fraction(5)),
    ],
)
def test_numbers_are_read_exactly(raw: str | Decimal | int, value: Fraction) -> None:
    assert exact(raw) == value


def test_json_numbers_are_decimals_and_never_binary_floats() -> None:
    numbers = jsontext.parse("[0.1, 33.3, 1e-1]")
    assert [exact(number) for number in numbers] == [
        Fraction(1, 10),
        Fraction(333, 10),
        Fraction(1, 10),
    ]
    with pytest.raises(NumberError, match="binary_float"):
        exact(0.1)


@pytest.mark.parametrize(
    "raw",
    [
        *("", " 1", "1 ", "+1", ".5", "5.", "1e3", "1,5", "3/0", "3/00", "1/2/3", "1.5/2", "3/-2"),
        *("٣", "NaN", "½", "0x1", "1_0", "9" * 101, "1/" + "9" * 100),
        *(True, None, [], {}),
    ],
)
def test_other_writings_are_no_numbers(raw: object) -> None:
    with pytest.raises(NumberError, match="not_a_number"):
        exact(raw)


@pytest.mark.parametrize("raw", [Decimal("1E+999999999"), Decimal("1E-999999999"), 10**100])
def test_numbers_that_would_exhaust_memory_are_refused(raw: Decimal | int) -> None:
    with pytest.raises(NumberError, match="number_too_long"):
        exact(raw)


def test_roots_have_at_least_50_digits() -> None:
    assert ROOT_DIGITS >= 50
    for value in (2, 3, 10**15 + 7):
        error = Fraction(root(value), ROOT_SCALE) ** 2 - value
        assert -Fraction(1, 10**50) < error <= 0


def test_roots_of_squares_are_exact() -> None:
    assert root(49) == 7 * ROOT_SCALE


def test_values_within_a_hair_of_each_other_are_equal() -> None:
    assert compare(Fraction(1, 3), Fraction(1, 3) + HAIR) == 0
    assert compare(Fraction(1), Fraction(1) + Fraction(1, 10**30)) == 0
    assert compare(Fraction(1), Fraction(1) + Fraction(2, 10**30)) == -1
    assert compare(2, 1) == 1


def test_a_value_that_near_to_a_whole_number_is_that_number() -> None:
    assert floor(25 - HAIR) == 25
    assert floor(25 + HAIR) == 25
    assert floor(25 - Fraction(1, 10**29)) == 24
    assert floor(Fraction(-1, 2)) == -1


def test_tiers_do_not_depend_on_the_order_of_the_items() -> None:
    values = {"a": 1 + HAIR, "b": Fraction(1), "c": Fraction(2), "d": Fraction(1) - HAIR}
    for order in ("abcd", "dcba", "bdac"):
        assert [sorted(tier) for tier in tiers(order, values.__getitem__)] == [
            ["c"],
            ["a", "b", "d"],
        ]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2026-03-01T09:00:05+01:00", "2026-03-01T08:00:05Z"),
        ("2026-03-01T09:00:05+01:00", "2026-03-01T09:00:05.000+01:00"),
        ("2026-03-01T00:30:00+01:00", "2026-02-28T23:30:00.000000000+00:00"),
        ("2026-03-01T09:00+01:00", "2026-03-01T03:00:00-05:00"),
        ("2026-03-01T09:00+01:00", "2026-03-01T09:00:00-00:00".replace("-00:00", "+01:00")),
    ],
)
def test_instants_compare_as_instants(text: str, same: str) -> None:
    assert parse_instant(text) == parse_instant(same)


def test_instants_are_kept_below_the_microsecond() -> None:
    early, late = "2026-03-01T09:00:05.123456788Z", "2026-03-01T09:00:05.123456789Z"
    assert parse_instant(late) - parse_instant(early) == 1


def test_the_hour_that_comes_twice_is_two_hours() -> None:
    summer, winter = "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"
    assert parse_instant(winter) - parse_instant(summer) == 3600 * 10**9


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026-03-01", "2026-03-01T09:00:05", "2026-03-01 09:00:05Z", "2026-02-29T09:00:05Z"),
        *("2026-03-01T24:00:00Z", "2026-03-01T09:60:00Z", "2026-03-01T09:00:60Z"),
        *("2026-03-01T09:00:05+0100", "2026-03-01T09:00:05+01:60", "2026-03-01T09:00:05+24:00"),
        *("2026-03-01T09:00:05.Z", "2026-03-01T09:00:05.1234567890Z", "2026-3-1T09:00:05Z"),
        *("２０２６-03-01T09:00:05Z", "2026-03-01T09:00:05Z\n", "0000-03-01T09:00:05Z", "now"),
    ],
)
def test_what_is_no_instant(text: str) -> None:
    with pytest.raises(ValueError, match=r"instant|time|offset|day|year|month"):
        parse_instant(text)


# From RFC 8785, appendix B, and the limits where ECMAScript changes its way of writing.
@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"),
        ("-0.0", "0"),
        ("5e-324", "5e-324"),
        ("1.7976931348623157e308", "1.7976931348623157e+308"),
        ("9007199254740992", "9007199254740992"),
        ("295147905179352825856", "295147905179352830000"),
        ("9.999999999999997e22", "9.999999999999997e+22"),
        ("1e23", "1e+23"),
        ("999999999999999900000", "999999999999999900000"),
        ("1e21", "1e+21"),
        ("333333333.3333332", "333333333.3333332"),
        ("0.000001", "0.000001"),
        ("0.0000001", "1e-7"),
        ("-0.0000033333333333333333", "-0.0000033333333333333333"),
        ("1.50", "1.5"),
        ("4.5e1", "45"),
        ("-1E-9", "-1e-9"),
        ("1.25e-9", "1.25e-9"),
    ],
)
def test_canonical_numbers(value: str, text: str) -> None:
    assert jsontext.number(Decimal(value)) == text


def test_canonical_json_of_the_rfc() -> None:
    text = r"""{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }"""
    assert jsontext.canonical(jsontext.parse(text)) == (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_canonical_keys_are_ordered_by_utf_16_code_unit() -> None:
    text = '{"\\u20ac":1,"\\r":2,"\\ufb33":3,"1":4,"\\ud83d\\ude00":5,"\\u0080":6,"\\u00f6":7}'
    values = [*jsontext.parse(jsontext.canonical(jsontext.parse(text))).values()]
    assert values == [2, 4, 6, 7, 1, 5, 3]


def test_empty_things_are_canonical_too() -> None:
    assert jsontext.canonical({"b": [], "a": {}}) == '{"a":{},"b":[]}'


def test_canonical_json_has_no_floats() -> None:
    with pytest.raises(TypeError, match="float"):
        jsontext.canonical({"a": 0.5})


def test_the_hash_is_sha256_of_the_canonical_json() -> None:
    sha256 = "43258cff783fe7036d8a43033f830adfc60ec037382473548ac742b888292777"
    assert jsontext.sha256({"b": 2, "a": 1}) == sha256
    assert jsontext.sha256(jsontext.parse('{ "a": 1.0, "b": 2e0 }')) == sha256


def test_numbers_that_the_hash_would_change_are_known() -> None:
    assert survives_canonical_json(Decimal("33.3"))
    assert survives_canonical_json(Decimal("33.30"))
    assert survives_canonical_json(2**53 - 1)
    assert not survives_canonical_json(2**53 + 1)
    assert not survives_canonical_json(Decimal("33.300000000000000001"))
    assert not survives_canonical_json(Decimal("1e400"))


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "{'a': 1}", "[1,]", "NaN", "[Infinity]", "-Infinity", "01", "1.", "[1] 2"),
        *('"\t"', "[" * 100_000, b"\xff", b'"\xed\xa0\x80"', "9" * 5000),
    ],
)
def test_what_is_not_json(text: str | bytes) -> None:
    with pytest.raises(JsonError):
        jsontext.parse(text)


def test_keys_that_stand_there_twice_are_remembered() -> None:
    data = jsontext.parse('{"a": 1, "b": 2, "a": 3, "\\u0061": 4}')
    assert data.repeated == ("a",)
    assert jsontext.parse('{"a": 1}').repeated == ()
