"""Days and amounts in Dutch letters, written here: a letter must be the same in ten years. Pure."""

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

from voorjebuurt.decisions.proof.arithmetic import amount
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.catalogues import DUTCH, catalogue

_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli"),
    *("augustus", "september", "oktober", "november", "december"),
)


def euros(cents: int) -> str:
    """``€ 1.250,00``: with its cents, always."""
    return amount(cents, catalogue(DUTCH))


def day(iso: str | date) -> str:
    """``12 november 2026``, of a day or of a moment (in Amsterdam)."""
    if isinstance(iso, str):
        moment = datetime.fromisoformat(iso)
        iso = clock.local(moment).date() if moment.tzinfo else moment.date()
    return f"{iso.day} {_MONTHS[iso.month - 1]} {iso.year}"


def in_groups(code: str) -> str:
    """A long code in groups of eight, so that it can be read aloud and fits on a line."""
    return " ".join(code[start : start + 8] for start in range(0, len(code), 8))


def joined(words: Sequence[str]) -> str:
    """``a, b en c``."""
    *others, last = words
    return f"{', '.join(others)} en {last}" if others else last


def percent(share: str) -> str:
    """A share of one, written as a fraction, as ``100%`` or ``33,3%``."""
    tenths = round(Fraction(share) * 1000)
    whole, tenth = divmod(tenths, 10)
    return f"{whole},{tenth}%" if tenth else f"{whole}%"
