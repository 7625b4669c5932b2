"""Addresses of mail: as people type them, as mail servers take them, as people read them. Pure.

An address is kept as servers take it: in lower case, its domain in ASCII (``xn--caf-dma.nl``).
Servers may tell ``Truus`` and ``truus`` apart; none does, and people never do.
"""

from contextlib import suppress
from uuid import UUID

import email_validator
import idna
from email_validator import EmailNotValidError

from voorjebuurt.kernel.cleaning import clean_line

_FAR_TOO_LONG = 2_000
MAX_LENGTH, MAX_LOCAL = 254, 64
"""Characters of an address, and of what stands before its ``@`` (RFC 5321)."""

_NOBODYS_DOMAIN = "@erased.invalid"
"""No mail can be sent there (RFC 6761)."""


def nobodys_address(key: UUID) -> str:
    """What stands instead of an address that was erased; nobody gets mail there."""
    return f"{key}{_NOBODYS_DOMAIN}"


def is_nobodys(address: str) -> bool:
    """Whether this stands instead of an address that was erased."""
    return address.endswith(_NOBODYS_DOMAIN)


def mail_address(text: str) -> str:
    """The address that was typed. Raises ``ValueError`` for one that mail can't be sent to.

    Letters outside ASCII before the ``@`` count as such: few servers take them.
    """
    if len(text) > _FAR_TOO_LONG:
        raise ValueError("not an address but a text")
    typed_address = clean_line(text)
    try:
        address = email_validator.validate_email(
            typed_address, check_deliverability=False, allow_smtputf8=False
        )
    except EmailNotValidError as error:
        raise ValueError(f"not an address: {error}") from error
    ascii_address = (address.ascii_email or "").lower()
    local = ascii_address.rpartition("@")[0]
    if not local or len(local) > MAX_LOCAL or len(ascii_address) > MAX_LENGTH:
        raise ValueError("not an address that mail can be sent to")
    return ascii_address


def normal_address(text: str) -> str:
    """The same spelling for whatever was typed, an address or not, to look for and compare."""
    local, at, domain = clean_line(text).lower().rpartition("@")
    if not domain.isascii() and len(domain) <= MAX_LENGTH:
        with suppress(idna.IDNAError):
            domain = idna.encode(domain, uts46=True).decode()
    return f"{local}{at}{domain}"


def readable_address(address: str) -> str:
    """An address as people read it: ``info@café.nl``."""
    local, at, domain = address.rpartition("@")
    if "xn--" not in domain:
        return address
    try:
        return f"{local}{at}{idna.decode(domain)}"
    except idna.IDNAError:
        return address
