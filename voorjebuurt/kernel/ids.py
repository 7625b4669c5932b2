"""Identifiers and secrets that the application makes itself."""

import base64
import hashlib
import hmac
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


def derived_token(secret: str, purpose: str, value: str) -> str:
    """A secret like ``new_token``, which who has ``secret`` can make again: it need not be kept.

    Each ``purpose`` has a key of its own.
    """
    key = hmac.digest(secret.encode(), purpose.encode(), "sha256")
    digest = hmac.digest(key, value.encode(), "sha256")
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def keyed_hash(secret: str, purpose: str, value: str) -> str:
    """A name for ``value`` that only who has ``secret`` can make: HMAC-SHA256 in hex.

    Each ``purpose`` has a key of its own, derived from the secret, so that the names made for one
    can't be compared with those for another.
    """
    key = hmac.digest(secret.encode(), purpose.encode(), "sha256")
    return hmac.new(key, value.encode(), "sha256").hexdigest()
