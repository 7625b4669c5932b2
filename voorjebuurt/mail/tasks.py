"""Sending what is in the outbox."""

import smtplib
import ssl
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

from sqlalchemy import select

from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.db import atomic
from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.render import render
from voorjebuurt.settings import Settings

_SMTP_TIMEOUT_SECONDS = 20


@task("mail.send")
def send_mail(runtime: Runtime, *, message_id: str) -> None:
    """Render and send one mail. Without SMTP it stays in the local outbox, marked as sent.

    A crash between SMTP's answer and our commit sends a mail twice; the Message-ID, made of our
    own id, lets mail programs show it once.
    """
    with runtime.database.session() as session:
        with atomic(session):
            message = session.get(MailMessage, UUID(message_id))
            if message is None or message.sent_at is not None:
                return
            parts = render(
                message.template,
                locale=message.locale,
                platform_name=runtime.settings.platform_name,
                base_url=runtime.settings.base_url,
                context=message.context,
            )
            message.subject, message.text, message.html = parts
        if runtime.settings.smtp_url is not None:
            _send(runtime.settings, message)
        with atomic(session):
            message.sent_at = clock.now()


@task("mail.sweep", cron="*/10 * * * *")
def sweep_mail(runtime: Runtime) -> None:
    """Put mails back in the queue whose job was lost or gave up."""
    waiting_mails = select(MailMessage.id).where(
        MailMessage.sent_at.is_(None),
        MailMessage.created_at < clock.now() - timedelta(minutes=30),
    )
    with runtime.database.writing() as session:
        for message_id in session.scalars(waiting_mails.limit(1000)).all():
            key = f"mail:{message_id}"
            jobs.defer(session, "mail.send", queueing_lock=key, message_id=str(message_id))


def _send(settings: Settings, message: MailMessage) -> None:
    url = urlsplit(settings.smtp_url or "")
    connect = smtplib.SMTP_SSL if url.scheme == "smtps" else smtplib.SMTP
    with connect(
        url.hostname or "localhost", url.port or 0, timeout=_SMTP_TIMEOUT_SECONDS
    ) as server:
        if url.scheme == "smtp" and parse_qs(url.query).get("starttls", ["1"]) != ["0"]:
            server.starttls(context=ssl.create_default_context())
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        server.send_message(_as_email(settings, message))


def _as_email(settings: Settings, message: MailMessage) -> EmailMessage:
    email = EmailMessage()
    email["From"] = settings.mail_sender
    email["To"] = message.recipient
    email["Subject"] = message.subject
    email["Date"] = format_datetime(message.created_at)
    domain = urlsplit(settings.base_url).hostname
    email["Message-ID"] = f"<{message.id}@{domain}>"
    email["Auto-Submitted"] = "auto-generated"
    email.set_content(message.text or "")
    email.add_alternative(message.html or "", subtype="html")
    return email
