"""Where one exact number ends and the next begins: the limits of length, nearness and order."""

from decimal import Decimal
from fractions import Fraction

import pytest

from voorjebuurt.rulebook.values.numbers import (
    MAX_LENGTH,
    MAX_WHOLE,
    TOLERANCE,
    NumberError,
    by_value,
    compare,
    exact,
    floor,
    root,
    survives_canonical_json,
    tiers,
)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("9" * MAX_LENGTH, Fraction(10**MAX_LENGTH - 1)),
        ("1/" + "9" * (MAX_LENGTH - 2), Fraction(1, 10 ** (MAX_LENGTH - 2) - 1)),
        (10**MAX_LENGTH - 1, Fraction(10**MAX_LENGTH - 1)),
        (1 - 10**MAX_LENGTH, Fraction(1 - 10**MAX_LENGTH)),
        (Decimal("1E+99"), Fraction(10**99)),
        (Decimal("1E-99"), Fraction(1, 10**99)),
        (Decimal("12E-98"), Fraction(12, 10**98)),
    ],
)
def test_the_longest_numbers_are_read(raw: int | Decimal | str, value: Fraction) -> None:
    assert exact(raw) == value


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("9" * (MAX_LENGTH + 1), "not_a_number"),
        (10**MAX_LENGTH, "number_too_long"),
        (-(10**MAX_LENGTH), "number_too_long"),
        (Decimal("1E+100"), "number_too_long"),
        (Decimal("1E-100"), "number_too_long"),
        (Decimal("12E+99"), "number_too_long"),
        (Decimal("NaN"), "not_a_number"),
        (Decimal("Infinity"), "not_a_number"),
        (0.5, "binary_float"),
        (True, "not_a_number"),
        (None, "not_a_number"),
    ],
)
def test_the_fault_of_other_numbers_has_its_code(raw: object, code: str) -> None:
    with pytest.raises(NumberError) as error:
        exact(raw)
    assert error.value.args == (code,)


@pytest.mark.parametrize(
    ("raw", "survives"),
    [
        *((MAX_WHOLE, True), (-MAX_WHOLE, True), (MAX_WHOLE + 1, False), (-MAX_WHOLE - 1, False)),
        *((True, True), ("0.3000000000000000001", True), (None, True)),
        *((Decimal("0.3"), True), (Decimal("0.3000000000000000001"), False)),
    ],
)
def test_only_numbers_can_be_lost_in_the_hash(raw: object, survives: bool) -> None:
    assert survives_canonical_json(raw) is survives


def test_values_are_equal_up_to_the_tolerance_and_not_beyond() -> None:
    third, more = Fraction(1, 3), TOLERANCE * Fraction(1001, 1000)
    assert compare(third + TOLERANCE, third) == 0
    assert compare(third - TOLERANCE, third) == 0
    assert compare(third + more, third) == 1
    assert compare(third - more, third) == -1
    assert compare(3, Fraction(5, 2)) == 1
    assert compare(Fraction(5, 2), 3) == -1


def test_a_value_is_the_whole_number_above_it_up_to_the_tolerance() -> None:
    assert floor(25 - TOLERANCE) == 25
    assert floor(25 - TOLERANCE * Fraction(1001, 1000)) == 24
    assert floor(Fraction(51, 2)) == 25
    assert floor(Fraction(-51, 2)) == -26
    assert floor(Fraction(0)) == 0


def test_a_root_is_cut_off_and_never_rounded_up() -> None:
    assert str(root(2))[:12] == "141421356237"
    assert root(2) ** 2 < 2 * 10**160 < (root(2) + 1) ** 2
    assert root(0) == 0


def test_sorting_by_value_is_sorting_by_value() -> None:
    hair = Fraction(1, 2**70)
    values = [Fraction(-1), Fraction(0), Fraction(1, 3), Fraction(1), 1 + hair, 1 + 2 * hair]
    values += [Fraction(2**80), 2**80 + hair]
    backwards = values[::-1]
    assert sorted(backwards, key=by_value) == values


def test_tiers_chain_from_neighbour_to_neighbour() -> None:
    """Whoever is equal to the one before is in the same tier, even far from the first."""
    values = {"a": Fraction(1), "b": 1 - TOLERANCE, "c": 1 - 2 * TOLERANCE, "d": Fraction(1, 2)}
    assert tiers("dcba", values.__getitem__) == [["a", "b", "c"], ["d"]]
    assert tiers([], values.__getitem__) == []
