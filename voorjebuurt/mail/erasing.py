"""Erasing an address from the outbox and from what is known of addresses."""

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.mail_addresses import nobodys_address
from voorjebuurt.mail.addresses import is_addressed_to
from voorjebuurt.mail.forgetting import erase_content
from voorjebuurt.mail.models import ConfirmedAddress, MailMessage, MailUnsubscription


def mails_to(session: Session, email: str) -> int:
    """How many mails to an address are kept."""
    return session.scalar(select(func.count(MailMessage.id)).where(is_addressed_to(email))) or 0


def erase_mails_to(session: Session, email: str, *, but_waiting: bool = False) -> None:
    """Erase what was mailed to an address, and to whom; what waits is never sent.

    That each was written stays known by its key, so that none is written again. One that is being
    handed over at this moment may still arrive. ``but_waiting`` leaves what waits: there are gifts
    of which the reader wants to hear.
    """
    statement = select(MailMessage).where(is_addressed_to(email)).order_by(MailMessage.id)
    for message in session.scalars(statement.with_for_update()).all():
        waits = message.sent_at is None and message.undeliverable_at is None
        waits = waits and message.dropped_at is None
        if waits and but_waiting:
            continue
        if waits:
            message.dropped_at = clock.now()
        message.claimed_at = message.next_attempt_at = None
        message.awaits_confirmation = False
        erase_content(message)
        message.context = {}
        message.recipient = nobodys_address(message.id)
    session.flush()


def forget_address(session: Session, email: str) -> None:
    """Erase that somebody showed that they read an address, and what they did not want there."""
    session.execute(delete(MailUnsubscription).where(MailUnsubscription.email == email))
    session.execute(delete(ConfirmedAddress).where(ConfirmedAddress.email == email))


def forget_ended(session: Session, *, template: str) -> None:
    """Throw away mails of a template that were sent, or can't be: nothing else needs them."""
    has_ended = func.num_nonnulls(
        MailMessage.sent_at, MailMessage.undeliverable_at, MailMessage.dropped_at
    )
    session.execute(delete(MailMessage).where(MailMessage.template == template, has_ended == 1))
