"""Signing in, and one's own account. Importing this package registers its routes."""

from voorjebuurt.web.auth import (
    address_changes,
    donor_news,
    erasing,
    own_data,
    own_gifts,
    passkeys,
    profile,
    role_proposals,
    second_factor,
    security,
    sign_in,
    viewing,
)
from voorjebuurt.web.auth.blueprint import blueprint

__all__ = [
    "address_changes",
    "blueprint",
    "donor_news",
    "erasing",
    "own_data",
    "own_gifts",
    "passkeys",
    "profile",
    "role_proposals",
    "second_factor",
    "security",
    "sign_in",
    "viewing",
]
