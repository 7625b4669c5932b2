"""Sending what is in the outbox."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.batches import BATCH, in_batches
from voorjebuurt.kernel.jobs import MAIL_QUEUE, Runtime, task
from voorjebuurt.mail import forgetting
from voorjebuurt.mail.addresses import recipient_is_confirmed
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.sending import LEASE, MAX_ATTEMPTS, hand_over, note_fault, settle, take_mail
from voorjebuurt.mail.service import send_later

_LOST_AFTER = timedelta(minutes=30)
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
            if delivery is not None and runtime.settings.smtp_url is None:
                # It stays in the outbox: nobody is spoken to between the claim and its end.
                settle(session, delivery, None)
                return
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

    With them come those whose address was confirmed.
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
        for message_id in session.scalars(waiting_mails).all():
            send_later(session, message_id)


@task("mail.forget", cron="50 2 * * *")
def forget_mails(runtime: Runtime) -> None:
    """Forget what mails said, and who wanted none, after the terms of the settings."""
    terms, now = runtime.settings.retention, clock.now()
    for forget, days in (
        (forgetting.erase_mails, terms.mail_days),
        (forgetting.forget_unconfirmed, terms.unconfirmed_mail_days),
        (forgetting.forget_unsubscriptions, terms.unsubscription_days),
    ):
        forget_old = partial(forget, before=now - timedelta(days=days), limit=BATCH)
        in_batches(runtime.database, forget_old)
