"""JSON in and out: numbers as decimals, no key twice, and the canonical form of RFC 8785."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

Json = Any
"""What ``parse`` returns: dicts, lists, strings, ints, Decimals, booleans and None."""

_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
}


class JsonError(ValueError):
    """The text is not JSON; the message says where."""


class JsonObject(dict[str, Json]):
    """An object as it was written; ``repeated`` has the keys that stand in it more than once."""

    repeated: tuple[str, ...] = ()


def parse(text: bytes | str) -> Json:
    """Read JSON; numbers with a point or exponent become ``Decimal``, never a float.

    Raises ``JsonError`` for anything that is not JSON (``NaN`` included), not UTF-8, nested too
    deeply, or with a number of more digits or a larger exponent than any figure has.
    """
    try:
        content = text.decode("utf-8-sig") if isinstance(text, bytes) else text
        return json.loads(
            content,
            parse_float=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object,
        )
    except RecursionError as error:
        raise JsonError("nested too deeply") from error
    except (json.JSONDecodeError, UnicodeDecodeError, JsonError) as error:
        raise JsonError(str(error)) from error
    except (ValueError, InvalidOperation) as error:
        raise JsonError("a number is too long") from error


def _refuse_constant(name: str) -> None:
    raise JsonError(f"{name} is not JSON")


def _object(pairs: list[tuple[str, Json]]) -> JsonObject:
    obj = JsonObject(pairs)
    if len(obj) != len(pairs):
        counts = Counter(key for key, _ in pairs)
        obj.repeated = tuple(key for key, count in counts.items() if count > 1)
    return obj


def canonical(value: Json) -> str:
    """The one way to write this JSON (RFC 8785): keys by UTF-16 code unit, no spaces.

    Raises ``TypeError`` for a float or anything else that JSON does not have.
    """
    return "".join(_pieces(value))


def sha256(value: Json) -> str:
    """The lowercase hex sha256 of the canonical JSON in UTF-8."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def _pieces(value: Json) -> Iterator[str]:
    if value is None or isinstance(value, bool):
        yield {None: "null", True: "true", False: "false"}[value]
    elif isinstance(value, str):
        yield _string(value)
    elif isinstance(value, int | Decimal):
        yield number(value)
    elif isinstance(value, dict):
        for before, key in _separated("{", sorted(value, key=_utf16)):
            yield f"{before}{_string(key)}:"
            yield from _pieces(value[key])
        yield "}" if value else "{}"
    elif isinstance(value, list | tuple):
        for before, item in _separated("[", value):
            yield before
            yield from _pieces(item)
        yield "]" if value else "[]"
    else:
        raise TypeError(f"not JSON: {type(value).__name__}")


def _separated(opening: str, items: Any) -> Iterator[tuple[str, Any]]:
    for index, item in enumerate(items):
        yield ("," if index else opening), item


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")


def _string(text: str) -> str:
    return '"' + "".join(_character(character) for character in text) + '"'


def _character(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return f"\\u{ord(character):04x}" if character < " " else character


def number(value: int | Decimal) -> str:
    """A number as ECMAScript writes the double nearest to it.

    Raises ``OverflowError`` for one beyond all doubles.
    """
    nearest = float(value)
    if nearest in (float("inf"), float("-inf")):
        raise OverflowError(f"not a double: {value}")
    if nearest == 0:
        return "0"
    shortest = Decimal(repr(nearest)).normalize().as_tuple()
    digits = "".join(map(str, shortest.digits))
    return ("-" if shortest.sign else "") + _placed(digits, len(digits) + int(shortest.exponent))


def _placed(digits: str, point: int) -> str:
    """Put the decimal point after ``point`` digits, or use an exponent where ECMAScript does."""
    if len(digits) <= point <= 21:
        return digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    mantissa = digits[0] + (f".{digits[1:]}" if len(digits) > 1 else "")
    return f"{mantissa}e{point - 1:+d}"
