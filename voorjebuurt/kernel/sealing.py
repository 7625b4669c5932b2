"""Secrets that must be read again, kept so that a copy of the database does not tell them.

AES-128-CBC with HMAC-SHA256 (Fernet, of the library ``cryptography``). The first key seals, all of
them open: a new key is put in front, and the old one goes once nothing is sealed with it any more.
"""

import base64
import hashlib
from typing import NewType

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import String

from voorjebuurt.kernel.errors import InvariantError

KEY_MIN_LENGTH = 32
"""Characters of a key, as of every secret that an operator chooses."""


Seal = NewType("Seal", str)
"""What was sealed: only ``Sealer`` makes one, so that no plain text is kept in its place."""


class SealedText(String):
    """The type of columns that hold a ``Seal``."""


class Sealer:
    """Seals and opens texts with the operator's keys, the newest first."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        self._fernet = MultiFernet([Fernet(_fernet_key(key)) for key in keys])

    def seal(self, text: str) -> Seal:
        """``text`` as only who has the newest key can read it; another one each time."""
        return Seal(self._fernet.encrypt(text.encode()).decode())

    def open(self, seal: Seal) -> str:
        """What was sealed, by whichever of the keys.

        Raises ``InvariantError`` when none of them fits: the key is gone, or somebody changed it.
        """
        try:
            return self._fernet.decrypt(seal).decode()
        except InvalidToken as error:
            raise InvariantError("no key opens a sealed value") from error

    def renew(self, seal: Seal) -> Seal:
        """The same, sealed with the newest key. Raises ``InvariantError`` as ``open`` does."""
        return self.seal(self.open(seal))


def _fernet_key(key: str) -> bytes:
    """32 bytes of whatever the operator wrote, under a name of its own."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"voorjebuurt.sealing:" + key.encode()).digest())
