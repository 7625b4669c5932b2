"""Bank accounts: the one spelling of number and holder, and how they are shown. Pure."""

import re

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from voorjebuurt.kernel.cleaning import without_spaces
from voorjebuurt.kernel.errors import DomainError

_PREFIX = re.compile(r"IBAN-?(?:NUMMER|NUMBER|NR)?[:.]*")
_BETWEEN = re.compile(r"[.\-‐‑–]+")

HOLDER_MAX = 70
"""What a bank file can carry of a name."""


def compact(text: str) -> str:
    """A number without what people write before and between its characters, in capitals.

    ``IBAN: nl91.abna.0417.1643.00`` is ``NL91ABNA0417164300``. Whether it is one is not looked at.
    """
    return _BETWEEN.sub("", _PREFIX.sub("", without_spaces(text).upper(), count=1))


def normal_iban(text: str) -> str:
    """``nl91 abna 0417 1643 00`` as ``NL91ABNA0417164300``, as ``compact`` reads it.

    Length, form and check digits are those of the ISO registry; a country's own check within the
    number is left out, because several Dutch banks give out numbers that do not follow it.
    Raises ``DomainError`` at the field ``iban``: missing, invalid, or from a country that SEPA
    transfers do not reach.
    """
    number = compact(text)
    if not number:
        raise DomainError("iban_missing", field="iban")
    try:
        iban = IBAN(number)
    except (SchwiftyException, ValueError) as error:
        raise DomainError("iban_invalid", field="iban") from error
    if not iban.in_sepa_zone:
        raise DomainError("iban_not_sepa", field="iban", country=iban.country_code)
    return iban.compact


def grouped(iban: str) -> str:
    """In groups of four, as people compare it: ``NL91 ABNA 0417 1643 00``."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))


def masked(iban: str) -> str:
    """Enough to recognise it, too little to use it: ``NL91 •••• 4300``."""
    return f"{iban[:4]} •••• {iban[-4:]}"


def normal_holder(holder: str) -> str:
    """The name on an account with single spaces.

    Raises ``DomainError`` at the field ``holder``: missing, or more than a bank file can carry.
    """
    normal = " ".join(holder.split())
    if not normal:
        raise DomainError("holder_missing", field="holder")
    if len(normal) > HOLDER_MAX:
        raise DomainError("holder_too_long", field="holder", maximum=HOLDER_MAX)
    return normal
