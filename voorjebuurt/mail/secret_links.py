"""Links that act for whoever reads a mail: made when it is sent, and kept nowhere.

Such a mail names, as ``link_id``, what its link is for. The token is derived from the site's secret
and the mail's id, so that another attempt mails the same one; the feature that the link belongs to
registers how the hash of it is written down.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.kernel.ids import derived_token, token_hash
from voorjebuurt.mail.models import MailMessage

LINK_ID = "link_id"
Hand = Callable[[Session, UUID, str], None]
"""Writes down, at what has this id, the hash of the token that opens it from now on."""

_LINKS: dict[str, tuple[Callable[[str], str], Hand]] = {}


def secret_link(template: str, path: Callable[[str], str]) -> Callable[[Hand], Hand]:
    """Register ``function(session, id, hash)`` for a mail whose link is ``path(token)``."""

    def register(function: Hand) -> Hand:
        if template in _LINKS:
            raise ValueError(f"two links of the mail {template}")
        _LINKS[template] = (path, function)
        return function

    return register


def secret_context(session: Session, secret_key: str, message: MailMessage) -> Mapping[str, Any]:
    """What a mail's template needs beside what is kept: ``path``, when it has a secret link.

    Raises ``LookupError`` for a mail that names a link of which nobody knows how it is made.
    """
    if LINK_ID not in message.context:
        return {}
    path, write_down = _LINKS[message.template]
    token = derived_token(secret_key, "mailed link", str(message.id))
    write_down(session, UUID(message.context[LINK_ID]), token_hash(token))
    return {"path": path(token)}
