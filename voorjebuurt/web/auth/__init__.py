"""Signing in, and one's own account. Importing this package registers its routes."""

from voorjebuurt.web.auth import (
    address_changes,
    erasing,
    own_data,
    passkeys,
    profile,
    role_proposals,
    second_factor,
    security,
    sign_in,
)
from voorjebuurt.web.auth.blueprint import blueprint

__all__ = [
    "address_changes",
    "blueprint",
    "erasing",
    "own_data",
    "passkeys",
    "profile",
    "role_proposals",
    "second_factor",
    "security",
    "sign_in",
]
