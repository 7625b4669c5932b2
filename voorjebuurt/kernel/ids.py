"""Identifiers and secrets that the application makes itself."""

import hashlib
import secrets
import uuid

import uuid6


def new_id() -> uuid.UUID:
    """A UUIDv7 (RFC 9562): unique, and in order of time, which keeps indexes compact."""
    return uuid.UUID(int=uuid6.uuid7().int)


def new_token() -> str:
    """An unguessable, URL-safe secret of 256 bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is stored of a secret whose holder must bring it: its SHA-256 in hex.

    A plain hash is enough because the secret has 256 random bits of its own.
    """
    return hashlib.sha256(token.encode()).hexdigest()
