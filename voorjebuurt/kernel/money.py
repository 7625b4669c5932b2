"""Amounts of money: whole eurocents, as people write them and as payment providers do. Pure.

There is no float here, and none may come near an amount anywhere else.
"""

import re
from decimal import Decimal

MAX_CENTS = 10**13
"""Beyond € 100 billion an amount is a typing error."""

_TYPED = re.compile(r"(?P<euros>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<cents>\d{2}|-))?", re.ASCII)
_TYPED_POINT = re.compile(r"(?P<euros>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<cents>\d{2}|-))?", re.ASCII)
_PROVIDER = re.compile(r"(?P<sign>-?)(?P<euros>\d+)\.(?P<cents>\d{2})", re.ASCII)


def parse_typed(text: str) -> int:
    """Eurocents from what a person typed: ``25``, ``€ 12,50``, ``1.250,00``, ``12.50``.

    A comma or a point before exactly two final digits separates cents, so both the Dutch and
    the English way are read; ``1.250`` is twelve hundred and fifty euros.
    Raises ``ValueError`` for anything else, signs included.
    """
    digits_and_signs = text.strip().removeprefix("€").replace("\u00a0", "").replace(" ", "")
    match = _TYPED.fullmatch(digits_and_signs) or _TYPED_POINT.fullmatch(digits_and_signs)
    if not match or len(digits_and_signs) > 16:
        raise ValueError(f"not an amount: {text!r}")
    digits = match["euros"].replace(".", "").replace(",", "")
    cents = int(digits) * 100 + int((match["cents"] or "00").replace("-", "00"))
    if cents > MAX_CENTS:
        raise ValueError(f"too large an amount: {text!r}")
    return cents


def from_provider(value: str) -> int:
    """Eurocents from a provider's amount string with exactly two decimals, ``"10.00"``.

    Raises ``ValueError`` for any other form.
    """
    match = _PROVIDER.fullmatch(value)
    if not match:
        raise ValueError(f"not a provider's amount: {value!r}")
    cents = int(match["euros"]) * 100 + int(match["cents"])
    return -cents if match["sign"] else cents


def to_provider(cents: int) -> str:
    """``1250`` as the provider writes it: ``"12.50"``."""
    return f"{Decimal(cents).scaleb(-2):.2f}"


def share(cents: int, whole_cents: int) -> int:
    """``cents`` as a whole percentage of ``whole_cents``, rounded down; 0 of nothing."""
    return cents * 100 // whole_cents if whole_cents > 0 else 0
