"""Sending what is in the outbox."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.jobs import MAIL_QUEUE, Runtime, task
from voorjebuurt.mail.addresses import recipient_is_confirmed
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.sending import LEASE, MAX_ATTEMPTS, hand_over, note_fault, settle, take_mail
from voorjebuurt.mail.service import forget_unconfirmed, send_later

_LOST_AFTER = timedelta(minutes=30)
_UNCONFIRMED_FOR = timedelta(days=30)
_SWEEP = 1000


@task("mail.send", max_attempts=MAX_ATTEMPTS, queue=MAIL_QUEUE)
def send_mail(runtime: Runtime, *, message_id: str) -> None:
    """Send one mail, once. What the mail server refuses is planned again by the mail itself.

    Raises what is wrong with the mail's template or its context.
    """
    delivery = None
    try:
        with runtime.database.writing() as session:
            delivery = take_mail(session, runtime.settings, UUID(message_id))
        if delivery is not None:
            answer = hand_over(runtime.settings, delivery)
            with runtime.database.writing() as session:
                settle(session, delivery, answer)
    except Exception as error:
        with runtime.database.writing() as session:
            note_fault(session, UUID(message_id), error, delivery)
        raise


@task("mail.sweep", cron="*/10 * * * *")
def sweep_mail(runtime: Runtime) -> None:
    """Put mails back in the queue that were left: without a job, or by who had claimed them.

    With them come those whose address was confirmed. Words that nobody came to read are thrown
    away after a month.
    """
    due = func.coalesce(MailMessage.next_attempt_at, MailMessage.created_at)
    is_due = and_(MailMessage.awaits_confirmation.is_(False), due < clock.now() - _LOST_AFTER)
    was_left = MailMessage.claimed_at < clock.now() - LEASE
    waiting_mails = (
        select(MailMessage.id)
        .where(
            MailMessage.sent_at.is_(None),
            MailMessage.undeliverable_at.is_(None),
            MailMessage.dropped_at.is_(None),
            or_(is_due, was_left, and_(MailMessage.awaits_confirmation, recipient_is_confirmed())),
        )
        .order_by(MailMessage.created_at)
        .limit(_SWEEP)
    )
    with runtime.database.writing() as session:
        forget_unconfirmed(session, before=clock.now() - _UNCONFIRMED_FOR)
        for message_id in session.scalars(waiting_mails).all():
            send_later(session, message_id)
