"""Amounts of money: whole eurocents, as people write them and as payment providers do. Pure.

There is no float here, and none may come near an amount anywhere else.
"""

import re
from decimal import Decimal

from voorjebuurt.kernel.cleaning import clean_line

MAX_CENTS = 10**13
"""Beyond € 100 billion an amount is a typing error."""

MAX_OWN_CENTS = 10**9
"""Beyond € 10 million an amount of a campaign, its applicant or its donors is a typing error."""

_MAX_LENGTH = 40
_CURRENCY = r"(?:€|eur|euro|euros|euro['’]s)"
_SIGNS = re.compile(
    rf"(?P<sign>{_CURRENCY} ?)?(?P<number>[0-9].*?)(?(sign)| ?{_CURRENCY}?)", re.IGNORECASE
)
_NO_CENTS = r"-{1,2}|[–—=]"
_TYPED, _TYPED_POINT = (
    re.compile(
        rf"(?P<euros>[0-9]{{1,3}}(?:{thousands}[0-9]{{3}})+|[0-9]{{1,3}}(?: [0-9]{{3}})+|[0-9]+)"
        rf"(?:{point} ?(?P<cents>[0-9]{{1,2}}|{_NO_CENTS}))?"
    )
    for thousands, point in ((r"\.", ","), (",", r"\."))
)
_PROVIDER = re.compile(r"(?P<sign>-?)(?P<euros>\d+)\.(?P<cents>\d{2})", re.ASCII)


def parse_typed(text: str, *, decimal_point: str = ",") -> int:
    """Eurocents from what a person typed: ``25 euro``, ``€ 12,5``, ``EUR 1.250,-``, ``12.50``.

    A comma or a point before one or two final digits separates cents, so both the Dutch and the
    English way are read. Before three final digits it means what it means to who reads
    ``decimal_point`` in amounts: to the Dutch ``1.250`` is twelve hundred and fifty euros, and
    ``1,250`` could be that or one euro and a quarter. Raises ``ValueError`` for that, and for
    anything else, signs included.
    """
    words = clean_line(text[: 4 * _MAX_LENGTH])
    amount = _SIGNS.fullmatch(words) if len(words) <= _MAX_LENGTH else None
    number = amount["number"] if amount else ""
    match = _TYPED.fullmatch(number) or _TYPED_POINT.fullmatch(number)
    if not match or _is_ambiguous(number, decimal_point):
        raise ValueError(f"not an amount: {words[:_MAX_LENGTH]!r}")
    cents_digits = match["cents"] or "00"
    cents = int(re.sub(r"[^0-9]", "", match["euros"])) * 100
    cents += int(cents_digits.ljust(2, "0")) if cents_digits.isdecimal() else 0
    if cents > MAX_CENTS:
        raise ValueError(f"too large an amount: {words!r}")
    return cents


def _is_ambiguous(number: str, decimal_point: str) -> bool:
    """Whether a single point or comma before three digits may separate decimals."""
    decimals = rf"[0-9]{{1,3}}{re.escape(decimal_point)}[0-9]{{3}}|0[.,][0-9]{{3}}"
    return re.fullmatch(decimals, number) is not None


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
