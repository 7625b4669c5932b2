"""Where a fault is, and what reading goes on with after it."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from voorjebuurt.rulebook.parsing.faults import Fault, RefusedError
from voorjebuurt.rulebook.parsing.fields import Fields, kind_of
from voorjebuurt.rulebook.parsing.reader import Reader, below, is_sound_text
from voorjebuurt.rulebook.values import jsontext
from voorjebuurt.rulebook.values.jsontext import Json
from voorjebuurt.rulebook.values.numbers import MAX_WHOLE


@pytest.mark.parametrize(
    ("path", "key", "whole"),
    [
        ("rules", "base", "rules.base"),
        ("rules", "a_1", "rules.a_1"),
        ("rules", "", 'rules[""]'),
        ("areas", "a b", 'areas["a b"]'),
        ("areas", "é", 'areas["é"]'),
        ("areas", "\ud800", 'areas["\\ud800"]'),
        ("", "base", "base"),
        ("", "a b", "a b"),
        ("gifts", 0, "gifts[0]"),
        ("", 3, "[3]"),
    ],
)
def test_a_path_leads_to_a_part(path: str, key: str | int, whole: str) -> None:
    assert below(path, key) == whole


def test_a_key_of_any_length_leaves_a_short_path() -> None:
    assert below("areas", "x" * 100) == f"areas.{'x' * 100}"
    assert below("areas", "x" * 1_000_000) == f'areas["{"x" * 100}…"]'


def test_a_fault_quotes_the_beginning_of_a_text() -> None:
    fault = Fault("rules", "not_json", {"detail": "x" * 1_000_000})
    assert fault.message("en") == f"This is not JSON: {'x' * 100}…."


@pytest.mark.parametrize(
    ("number", "more"), [(99, None), (100, None), (101, 1), (1_000_000, 999_900)]
)
def test_of_many_faults_the_first_are_told_and_how_many_more(number: int, more: int | None) -> None:
    reader = Reader(for_hash=False)
    for index in range(number):
        reader.refuse(f"facts.applications[{index}]", "not_an_object")
    *first, last = reader.faults
    assert len(first) == min(number - 1, 100)
    if more is None:
        assert last == Fault(f"facts.applications[{number - 1}]", "not_an_object")
    else:
        assert last == Fault("facts", "more_faults", {"number": more})
        assert last.message("nl") == f"Er zijn nog {more} andere fouten."
    with pytest.raises(RefusedError) as refusal:
        reader.raise_faults()
    assert refusal.value.faults == (*first, last)


@pytest.mark.parametrize(
    ("value", "is_sound"),
    [
        *(("a", True), ("é€😀", True), ("", False), (5, False), (None, False)),
        *(("\ud800", False), ("a\udfffb", False), ("\ud7ff", True), ("\ue000", True)),
    ],
)
def test_a_text_is_sound_when_it_can_be_written(value: object, is_sound: bool) -> None:
    assert is_sound_text(value) is is_sound


def whole_from_three(reader: Reader, value: Json) -> int:
    return reader.whole(value, "p", least=3)


READS: list[tuple[Callable[[Reader, Json], object], Json, object, str | None]] = [
    (lambda r, v: r.text(v, "p"), "x", "x", None),
    (lambda r, v: r.text(v, "p"), "", "-", "not_a_text"),
    (lambda r, v: r.text(v, "p"), 5, "-", "not_a_text"),
    (lambda r, v: r.text(v, "p"), "\ud800", "-", "broken_text"),
    (lambda r, v: r.texts(v, "p"), ["x", "y", "x"], frozenset("xy"), None),
    (lambda r, v: r.texts(v, "p"), "xy", frozenset(), "not_a_list"),
    (lambda r, v: r.whole(v, "p"), 1, 1, None),
    (lambda r, v: r.whole(v, "p"), 0, 1, "too_low"),
    (lambda r, v: r.whole(v, "p"), MAX_WHOLE, MAX_WHOLE, None),
    (lambda r, v: r.whole(v, "p"), MAX_WHOLE + 1, 1, "too_high"),
    (lambda r, v: r.whole(v, "p"), Decimal("2"), 1, "not_whole"),
    (lambda r, v: r.whole(v, "p"), True, 1, "not_whole"),
    (whole_from_three, 3, 3, None),
    (whole_from_three, 2, 3, "too_low"),
    (lambda r, v: r.number(v, "p"), "-3/2", Fraction(-3, 2), None),
    (lambda r, v: r.number(v, "p"), "x", Fraction(1), "not_a_number"),
    (lambda r, v: r.number(v, "p"), 2**53, Fraction(2**53), "number_not_kept"),
    (lambda r, v: r.positive(v, "p"), "1/9", Fraction(1, 9), None),
    (lambda r, v: r.positive(v, "p"), 0, Fraction(0), "not_above_zero"),
    (lambda r, v: r.flag(v, "p"), True, True, None),
    (lambda r, v: r.flag(v, "p"), False, False, None),
    (lambda r, v: r.flag(v, "p"), 1, False, "not_a_flag"),
    (lambda r, v: r.one_of(v, "p", ("a", "b")), "b", "b", None),
    (lambda r, v: r.one_of(v, "p", ("a", "b")), "c", "a", "not_one_of"),
    (lambda r, v: r.one_of(v, "p", ("a", "b")), ["a"], "a", "not_one_of"),
    (lambda r, v: r.instant(v, "p"), "0001-01-01T00:00:01Z", 86_401 * 10**9, None),
    (lambda r, v: r.instant(v, "p"), "soon", 0, "not_an_instant"),
    (lambda r, v: r.instant(v, "p"), 5, 0, "not_an_instant"),
    (lambda r, v: list(r.items(v, "p")), ["x", "y"], [(0, "x"), (1, "y")], None),
    (lambda r, v: list(r.items(v, "p")), {"x": 1}, [], "not_a_list"),
    (lambda r, v: list(r.entries(v, "p")), {"x": 1}, [("x", 1, "p.x")], None),
    (lambda r, v: list(r.entries(v, "p")), ["x"], [], "not_an_object"),
]


@pytest.mark.parametrize(("convert", "raw", "value", "code"), READS)
def test_a_value_is_read_or_replaced_by_a_harmless_one(
    convert: Callable[[Reader, Json], object], raw: Json, value: object, code: str | None
) -> None:
    reader = Reader(for_hash=True)
    result = convert(reader, raw)
    assert (result, type(result)) == (value, type(value))
    assert [(fault.path, fault.code) for fault in reader.faults] == ([("p", code)] if code else [])
    if code is None:
        reader.raise_faults()
    else:
        with pytest.raises(RefusedError):
            reader.raise_faults()


@pytest.mark.parametrize(
    ("convert", "message"),
    [
        (lambda r: r.whole(0, "p", least=3), "3"),
        (lambda r: r.whole(2**60, "p"), str(MAX_WHOLE)),
        (lambda r: r.one_of("c", "p", ("a", "b")), "a, b"),
        (lambda r: r.number(Decimal("0.3000000000000000001"), "p"), "0.3000000000000000001"),
    ],
)
def test_a_fault_tells_the_bound_that_counts(
    convert: Callable[[Reader], object], message: str
) -> None:
    reader = Reader(for_hash=True)
    convert(reader)
    (fault,) = reader.faults
    for language in ("nl", "en"):
        assert message in fault.message(language)


def test_a_fault_is_told_in_english_unless_another_language_is_named() -> None:
    fault = Fault("rules.base", "not_a_flag")
    assert fault.as_json() == {"path": "rules.base", "message": fault.message("en")}
    assert fault.as_json("nl") == {"path": "rules.base", "message": fault.message("nl")}
    assert fault.message("nl") != fault.message("en")
    both = RefusedError([fault, Fault("facts", "not_an_object")])
    assert str(both) == "; ".join(f"{each.path}: {each.message('en')}" for each in both.faults)


def test_numbers_outside_the_hash_may_have_any_length() -> None:
    reader = Reader(for_hash=False)
    assert reader.number(2**53, "p") == 2**53
    assert reader.faults == []


def test_keys_of_an_object_are_looked_at_once_and_in_order() -> None:
    reader = Reader(for_hash=True)
    raw = jsontext.parse('{"x": 1, "odd": 2, "x": 3, "": 4, "\\ud800": 5}')
    fields = Fields(reader, raw, "p", mandatory=("x", "z", "y"), optional=("", "\ud800"))
    assert [(fault.path, fault.code) for fault in reader.faults] == [
        ("p.x", "repeated_key"),
        ("p", "not_a_text"),
        ("p", "broken_text"),
        ("p.odd", "unknown_key"),
        ("p.y", "missing"),
        ("p.z", "missing"),
    ]
    assert "x" in fields
    assert "y" not in fields
    assert fields.at("x") == "p.x"
    assert (fields.raw("x"), fields.raw("y")) == (3, None)
    assert fields.may("y", reader.text) is None
    assert fields.must("y", reader.text, "harmless") == "harmless"
    assert fields.must("x", reader.whole, 9) == 3


def test_null_is_absent_only_where_it_may_be() -> None:
    raw = {"a": None, "b": None, "c": None, "d": 1}
    reader = Reader(for_hash=True)
    keys: dict[str, Any] = {
        "mandatory": ("a",),
        "optional": ("b", "c", "d", "e"),
        "never_null": ("c",),
    }
    with_nulls = Fields(reader, raw, "p", nulls=True, **keys)
    assert [key for key in "abcde" if key in with_nulls] == ["a", "c", "d"]
    without = Fields(reader, raw, "p", **keys)
    assert [key for key in "abcde" if key in without] == ["a", "b", "c", "d"]
    assert reader.faults == []


@pytest.mark.parametrize(
    ("raw", "kind", "fault"),
    [
        ({"kind": "a"}, "a", None),
        ([], None, ("p", "not_an_object")),
        ({}, None, ("p.kind", "missing")),
        ({"kind": "c"}, None, ("p.kind", "not_one_of")),
        ({"kind": 5}, None, ("p.kind", "not_one_of")),
    ],
)
def test_a_kind_is_one_of_those_there_are(
    raw: Json, kind: str | None, fault: tuple[str, str] | None
) -> None:
    reader = Reader(for_hash=True)
    assert kind_of(reader, raw, "p", ("a", "b")) == kind
    assert [(each.path, each.code) for each in reader.faults] == ([fault] if fault else [])
