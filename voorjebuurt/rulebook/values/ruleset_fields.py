"""What a form asks for a part of the rules, and how the answer is written in JSON.

Labels, hints and the look of a field are the form's own; here stand names and types only.
"""

from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import assert_never

from voorjebuurt.rulebook.values.jsontext import Json

MAX_PLACES = 13
"""Numbers with fewer decimals than this are written with a point, others as a fraction."""
_EXACT = Context(prec=200)

FieldValue = Fraction | int | bool
"""An answer: an exact number, eurocents or a count, or yes."""


class FieldType(StrEnum):
    """What kind of answer a field holds."""

    CENTS = "cents"
    COUNT = "count"
    NUMBER = "number"
    RATIO = "ratio"
    FLAG = "flag"


@dataclass(frozen=True)
class RulesetField:
    """One question. ``optional``: leaving it empty means something too, which a form tells.

    ``key`` is its key in JSON where that is not its name, and ``yes`` what a flag that is set is
    there; a flag that is not set is left out.
    """

    name: str
    type: FieldType
    optional: bool = False
    key: str = ""
    yes: Json = True

    @property
    def json_key(self) -> str:
        """The key under which the answer stands in JSON."""
        return self.key or self.name

    def as_json(self, value: FieldValue | None) -> Json:
        """The answer in JSON; None for an empty field, whose key is left out."""
        if value is None:
            return None
        match self.type:
            case FieldType.CENTS | FieldType.COUNT:
                return value
            case FieldType.NUMBER:
                return number_as_json(Fraction(value))
            case FieldType.RATIO:
                exact = Fraction(value)
                return f"{exact.numerator}/{exact.denominator}"
            case FieldType.FLAG:
                return self.yes if value else None
            case _:
                assert_never(self.type)


def number_as_json(value: Fraction) -> int | str:
    """A whole number as such, a decimal one as text, any other as a fraction."""
    if value.denominator == 1:
        return value.numerator
    places = next((k for k in range(1, MAX_PLACES) if 10**k % value.denominator == 0), None)
    if places is None:
        return str(value)
    # Not str(), which writes small numbers with an exponent, and that is no number of the rules.
    return format(Decimal(int(value * 10**places)).scaleb(-places, _EXACT), "f")
