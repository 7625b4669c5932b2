"""Exact numbers, roots, and when two values count as equal. No binary floats are used.

Every value is a ``Fraction``. Only square roots are not exact: they are cut off after
``ROOT_DIGITS`` decimals, so far below ``TOLERANCE`` that it changes no comparison.
"""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from math import isqrt
from typing import TypeVar

Item = TypeVar("Item")

_NEARNESS: int = 10**30
TOLERANCE = Fraction(1, _NEARNESS)
"""Values this near to each other are equal; a value this near to a whole number is that number."""

ROOT_DIGITS = 80
ROOT_SCALE: int = 10**ROOT_DIGITS
_SQUARED = ROOT_SCALE * ROOT_SCALE

_SORT_BITS = 64

MAX_WHOLE: int = 2**53 - 1
"""The largest whole number that canonical JSON keeps (RFC 8785, I-JSON)."""

MAX_LENGTH = 100
"""Characters of a number. Longer ones are no figures but an attempt to exhaust memory."""

_WRITTEN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?|-?[0-9]+/[0-9]*[1-9][0-9]*", re.ASCII)


class NumberError(ValueError):
    """Not a number of the rule language; the argument is a fault's code."""


def exact(raw: object) -> Fraction:
    """The exact value of a JSON number, or of a string such as ``"3/2"`` or ``"0.6"``.

    Raises ``NumberError``: for other types, other forms, more than ``MAX_LENGTH`` digits, and
    binary floats, which can't tell what was written.
    """
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal | str):
        raise NumberError("binary_float" if isinstance(raw, float) else "not_a_number")
    if isinstance(raw, str):
        if len(raw) > MAX_LENGTH or not _WRITTEN.fullmatch(raw):
            raise NumberError("not_a_number")
        return Fraction(raw)
    if isinstance(raw, Decimal):
        if not raw.is_finite():
            raise NumberError("not_a_number")
        sign_digits_exponent = raw.as_tuple()
        if len(sign_digits_exponent.digits) + abs(int(sign_digits_exponent.exponent)) > MAX_LENGTH:
            raise NumberError("number_too_long")
    elif abs(raw) >= 10**MAX_LENGTH:
        raise NumberError("number_too_long")
    return Fraction(raw)


def survives_canonical_json(raw: object) -> bool:
    """Whether RFC 8785, which writes numbers as doubles, keeps this JSON number as it is.

    Where it doesn't, two different rules would have the same hash.
    """
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        return True
    if isinstance(raw, int):
        return abs(raw) <= MAX_WHOLE
    return Decimal(repr(float(raw))) == raw


def compare(value: Fraction | int, other: Fraction | int) -> int:
    """-1, 0 or 1: ``value`` is lower than, equal to or higher than ``other``."""
    mine, its = value.denominator, other.denominator
    difference = value.numerator * its - other.numerator * mine
    if abs(difference) * _NEARNESS <= mine * its:
        return 0
    return 1 if difference > 0 else -1


def floor(value: Fraction) -> int:
    """The value rounded down; one that is nearly a whole number is that number."""
    whole, rest = divmod(value.numerator, value.denominator)
    missing = value.denominator - rest
    return whole + 1 if missing * _NEARNESS <= value.denominator else whole


def root(value: int) -> int:
    """√value × ``ROOT_SCALE``, rounded down."""
    return isqrt(value * _SQUARED)


def by_value(value: Fraction) -> tuple[int, Fraction]:
    """A key to sort exact values by: whole numbers first, which are compared far more quickly."""
    return (value.numerator << _SORT_BITS) // value.denominator, value


def tiers(items: Iterable[Item], key: Callable[[Item], Fraction]) -> list[list[Item]]:
    """The items by key, highest first, in tiers of equal keys.

    Whoever is equal to the one before belongs to the same tier, so the order in which the items
    come changes nothing.
    """
    pairs = [(key(item), item) for item in items]
    pairs.sort(key=lambda pair: by_value(pair[0]), reverse=True)
    result: list[list[Item]] = []
    previous: Fraction | None = None
    for value, item in pairs:
        if previous is not None and compare(value, previous) == 0:
            result[-1].append(item)
        else:
            result.append([item])
        previous = value
    return result
