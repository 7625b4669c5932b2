"""How many mails one address gets in an hour, whoever asks for them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, String, all_, any_, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.mail_addresses import normal_address
from voorjebuurt.mail.addresses import is_addressed_to
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.templates import TEMPLATES, Purpose
from voorjebuurt.settings import MailSettings

_HOUR = timedelta(hours=1)


def room_from(
    session: Session, *, recipient: str, purpose: Purpose, settings: MailSettings
) -> datetime | None:
    """From when one more mail may go to ``recipient``; None is now.

    Holds the address until the commit: two workers never both take the last place.
    """
    address = normal_address(recipient)
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"mail:{address}", 0))))
    starts = [
        _room_from(session, address, purposes, limit)
        for purposes, limit in _limits(settings).items()
        if purpose in purposes
    ]
    return max((start for start in starts if start is not None), default=None)


def _limits(settings: MailSettings) -> dict[tuple[Purpose, ...], int]:
    """How many go in an hour for these purposes together; an attempt counts in two."""
    return {
        (Purpose.SIGN_IN,): settings.sign_in_per_hour,
        (Purpose.ATTEMPT,): settings.attempts_per_hour,
        tuple(p for p in Purpose if p is not Purpose.SIGN_IN): settings.per_hour,
    }


def _room_from(
    session: Session, address: str, purposes: Sequence[Purpose], limit: int
) -> datetime | None:
    """When the oldest of the last ``limit`` mails is an hour ago, if it is not yet.

    One that is being handed over counts as sent.
    """
    moment = func.coalesce(MailMessage.sent_at, MailMessage.claimed_at)
    oldest = session.scalar(
        select(moment)
        .where(
            is_addressed_to(address),
            _is_for(tuple(purposes)),
            moment > clock.now() - _HOUR,
        )
        .order_by(moment.desc())
        .offset(limit - 1)
        .limit(1)
    )
    return None if oldest is None else oldest + _HOUR


@cache
def _is_for(purposes: tuple[Purpose, ...]) -> ColumnElement[bool]:
    """Whether a mail has one of these purposes; by the shorter list of templates, of many."""
    inside = [name for name, template in TEMPLATES.items() if template.purpose in purposes]
    outside = [name for name in TEMPLATES if name not in inside]
    # As one array: a list would be written out anew, name by name, for every mail.
    if len(inside) <= len(outside):
        return MailMessage.template == any_(_names(inside))
    return MailMessage.template != all_(_names(outside))


def _names(templates: Sequence[str]) -> ColumnElement[Sequence[str]]:
    return literal(list(templates), ARRAY(String))
