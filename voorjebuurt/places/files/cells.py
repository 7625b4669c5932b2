"""Single cells: figures, codes of areas, postcodes. What is missing is empty or a dot."""

import re
from decimal import Decimal

from voorjebuurt.places.rules import is_area_code

_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(?:[.,][0-9]{1,18})?|[+-]?[.,][0-9]{1,18}", re.ASCII)
_WITHOUT_PREFIX = re.compile(r"[0-9]{1,4}|[0-9]{1,4}[0-9A-Z]{2}|[0-9]{1,4}[0-9A-Z]{4}", re.ASCII)
_LENGTHS = {"GM": 4, "WK": 6, "BU": 8}
_MISSING = ("", ".")


def figure(cell: str) -> Decimal | None:
    """A figure with a decimal comma or point, exactly; None where it is missing.

    There are no marks between thousands in these files, so a text with two marks is no figure.
    Raises ``ValueError`` for what is neither.
    """
    text = cell.strip()
    if text in _MISSING:
        return None
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return Decimal(text.replace(",", "."))


def area_code(cell: str, *, prefix: str | None = None) -> str:
    """The code of an area, as text, without the spaces around it.

    With ``prefix`` (GM, WK or BU: what the column is about) also a code without its prefix and
    its leading zeros, as lists of addresses have them. Raises ``ValueError`` for anything else.
    """
    text = cell.strip()
    if prefix is not None and _WITHOUT_PREFIX.fullmatch(text):
        text = prefix + text.zfill(_LENGTHS[prefix])
    if not is_area_code(text) or (prefix is not None and not text.startswith(prefix)):
        raise ValueError(text)
    return text
