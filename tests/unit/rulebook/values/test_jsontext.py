"""The edges of reading JSON and of its canonical form."""

from decimal import Decimal

import pytest

from voorjebuurt.rulebook.values import jsontext
from voorjebuurt.rulebook.values.jsontext import Json, JsonError, JsonObject


def test_bytes_are_read_as_utf_8_with_or_without_its_mark() -> None:
    for raw in ('{"a": "é€"}'.encode(), b"\xef\xbb\xbf" + '{"a": "é€"}'.encode()):
        assert jsontext.parse(raw) == {"a": "é€"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[NaN]", "NaN is not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("[1", "Expecting"),
        ("[1e9999999999999999999]", "a number is too long"),
        ("[1e-9999999999999999999]", "a number is too long"),
        (f"[{'9' * 100_000}]", "a number is too long"),
    ],
)
def test_the_fault_of_a_text_is_told(text: str, reason: str) -> None:
    with pytest.raises(JsonError, match=reason):
        jsontext.parse(text)


def test_keys_that_stand_there_twice_are_told_apart_from_others() -> None:
    data = jsontext.parse('{"a": {"x": 1, "x": 2}, "b": 1, "c": 1, "b": 2}')
    assert isinstance(data, JsonObject)
    assert data.repeated == ("b",)
    assert data["a"].repeated == ("x",)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" ", '" "'),
        ("\x1f", '"\\u001f"'),
        ("\x00", '"\\u0000"'),
        ("\b\t\n\f\r", '"\\b\\t\\n\\f\\r"'),
        ('"\\/', '"\\"\\\\/"'),
        ("\x7fé", '"\x7fé"'),
        (True, "true"),
        (False, "false"),
        (None, "null"),
        ([1, [2, 3]], "[1,[2,3]]"),
        ((1, 2), "[1,2]"),
        ({"b": 1, "a": {"d": [], "c": {}}}, '{"a":{"c":{},"d":[]},"b":1}'),
        (-5, "-5"),
    ],
)
def test_values_have_one_canonical_form(value: Json, text: str) -> None:
    assert jsontext.canonical(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("100000000000000000000", "100000000000000000000"),
        ("1e20", "100000000000000000000"),
        ("123456789012345680000", "123456789012345680000"),
        ("1.5e21", "1.5e+21"),
        ("12.5", "12.5"),
        ("-12.5", "-12.5"),
        ("0.5", "0.5"),
        ("0.00000123", "0.00000123"),
        ("0.000000123", "1.23e-7"),
        ("-0", "0"),
    ],
)
def test_numbers_are_placed_as_ecmascript_does(value: str, text: str) -> None:
    assert jsontext.number(Decimal(value)) == text


@pytest.mark.parametrize("value", ["1e400", "-1e400"])
def test_a_number_beyond_all_doubles_has_no_canonical_form(value: str) -> None:
    with pytest.raises(OverflowError, match="not a double"):
        jsontext.number(Decimal(value))


@pytest.mark.parametrize("value", [{"a": {1, 2}}, [b"x"], object()])
def test_what_json_does_not_have_is_refused_by_its_type(value: Json) -> None:
    with pytest.raises(TypeError, match=r"^not JSON: (set|bytes|object)$"):
        jsontext.canonical(value)
