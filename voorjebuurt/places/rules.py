"""Codes of areas, postcodes and house numbers. Pure.

CBS codes are text, also where they look like a number: GM and four digits, WK and six
characters, BU and eight. They nest by prefix within one year; only an import relies on that, to
find the parents that it writes down.
"""

import re
from enum import StrEnum

from voorjebuurt.kernel.cleaning import clean_line
from voorjebuurt.kernel.transitions import Transitions

_CODE = re.compile(r"GM[0-9]{4}|WK[0-9]{4}[0-9A-Z]{2}|BU[0-9]{4}[0-9A-Z]{4}", re.ASCII)
_POSTCODE = re.compile(r"([1-9][0-9]{3})[ .-]*([A-Z]{2})", re.ASCII)
_FOREIGN_POSTCODE = re.compile(r"(?=.*[0-9])(?![0-9]+ ?[A-Z]+$)[0-9A-Z](?:[ -]?[0-9A-Z]){2,9}")
_NUMBER = re.compile(r"\s*([0-9]{1,5})(?![0-9])", re.ASCII)
_KINDS = {"GM": "gemeente", "WK": "wijk", "BU": "buurt"}


class ImportKind(StrEnum):
    """What an official file tells."""

    KWB = "kwb"
    SES_WOA = "ses_woa"
    ADDRESSES = "addresses"
    SHAPES = "shapes"


class ImportStatus(StrEnum):
    """Where an import is. A rolled-back one is done, and says when it was rolled back."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"


IMPORTS: Transitions[ImportStatus] = Transitions(
    {
        "start": ([ImportStatus.WAITING, ImportStatus.RUNNING], ImportStatus.RUNNING),
        "finish": ([ImportStatus.RUNNING], ImportStatus.DONE),
        "refuse": ([ImportStatus.WAITING, ImportStatus.RUNNING], ImportStatus.REFUSED),
        "roll_back": ([ImportStatus.DONE], ImportStatus.DONE),
    }
)
"""``start`` may come again: a worker that was killed leaves ``running`` behind."""


def is_area_code(text: str) -> bool:
    """Whether this is the code of a municipality, wijk or buurt."""
    return _CODE.fullmatch(text) is not None


def kind_of(code: str) -> str:
    """gemeente, wijk or buurt; empty for what is no code."""
    return _KINDS.get(code[:2], "")


def municipality_code(code: str) -> str:
    """The municipality in which an area lies, as its code says."""
    return f"GM{code[2:6]}"


def parent_of(code: str) -> str | None:
    """The wijk of a buurt, the municipality of a wijk; None for a municipality or no code."""
    if not is_area_code(code):
        return None
    if code.startswith("BU"):
        return f"WK{code[2:8]}"
    return municipality_code(code) if code.startswith("WK") else None


def normal_postcode(text: str) -> str | None:
    """``1011 ab`` or ``1011-AB`` as ``1011AB``; None for what is no Dutch postcode."""
    match = _POSTCODE.fullmatch(clean_line(text).upper())
    return match[1] + match[2] if match else None


def postcode_as_written(text: str) -> str | None:
    """``1011ab`` as ``1011 AB``, one of another country in capitals; None for no postcode.

    Digits and then letters are a Dutch one with a slip, never a foreign one.
    """
    if dutch := normal_postcode(text):
        return f"{dutch[:4]} {dutch[4:]}"
    postcode = clean_line(text).upper()
    return postcode if _FOREIGN_POSTCODE.fullmatch(postcode) else None


def house_number(text: str) -> int | None:
    """The number of ``12``, ``12-3`` or ``12 a``; None when it does not begin with one."""
    match = _NUMBER.match(text)
    number = int(match[1]) if match else 0
    return number or None
