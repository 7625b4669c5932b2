"""Codes of the second step: how they are made, written and read. Pure."""

import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import datetime

import pyotp

INTERVAL_SECONDS = 30
WINDOW = 1
"""How many intervals a clock may be off, either way (RFC 6238, 5.2)."""
CODE_DIGITS = 6
RECOVERY_CODES = 10
_RECOVERY_CHARACTERS = 24
_RECOVERY_BEFORE = 16
"""Characters of codes that were made earlier, and that people keep on paper."""
_BASE32 = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits that nobody takes for another: no I, O, 0 or 1."""


def code_at(secret: str, moment: datetime, *, last_interval: int = 0) -> str:
    """The code that an app with this secret shows at a moment; the next one when that was used."""
    code: str = pyotp.TOTP(secret).generate_otp(max(_interval(moment), last_interval + 1))
    return code


def interval_of(secret: str, code: str, *, moment: datetime, last_interval: int) -> int | None:
    """The interval whose code this is, within the window and after ``last_interval``; else None."""
    interval = _interval(moment)
    digits = re.sub(r"[^0-9]", "", code)
    for candidate in range(interval - WINDOW, interval + WINDOW + 1):
        expected = pyotp.TOTP(secret).generate_otp(candidate)
        if candidate > last_interval and hmac.compare_digest(digits, expected):
            return candidate
    return None


def app_address(secret: str, *, email: str, platform: str) -> str:
    """The address that an app reads from a QR code (``otpauth://``)."""
    address: str = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=platform)
    return address


def recovery_code(choose: Callable[[str], str]) -> str:
    """A code of 120 bits in six groups, to be kept on paper: ``ABCD-EFGH-JKLM-NPQR-STUV-WXYZ``.

    With that many nobody tries all of them, however fast the hash is that is kept (ASVS 5, 6.5.2).
    ``choose`` picks one letter at random, such as ``secrets.choice``.
    """
    letters = [choose(_BASE32) for _ in range(_RECOVERY_CHARACTERS)]
    return "-".join("".join(letters[i : i + 4]) for i in range(0, _RECOVERY_CHARACTERS, 4))


def recovery_hash(code: str) -> str:
    """What is kept of a recovery code, however it is typed."""
    return hashlib.sha256(re.sub(r"[^A-Z0-9]", "", code.upper()).encode()).hexdigest()


def is_recovery_code(code: str) -> bool:
    """Whether somebody typed a recovery code, rather than the six digits of an app."""
    length = len(re.sub(r"[^A-Za-z0-9]", "", code))
    return length in (_RECOVERY_CHARACTERS, _RECOVERY_BEFORE)


def groups_of_four(secret: str) -> str:
    """A secret as people copy it: in groups."""
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def _interval(moment: datetime) -> int:
    return int(moment.timestamp()) // INTERVAL_SECONDS
