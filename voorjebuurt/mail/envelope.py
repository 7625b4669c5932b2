"""From a mail in the outbox to the message that a mail server takes."""

from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.render import RenderedMail, render
from voorjebuurt.mail.subscriptions import unsubscribe_path
from voorjebuurt.mail.templates import mail_template
from voorjebuurt.settings import Settings


def write_words(
    settings: Settings, message: MailMessage, secrets: Mapping[str, Any] | None = None
) -> RenderedMail:
    """Render a mail and keep in its row what was rendered.

    ``secrets`` are what its template needs beside its context. Of a mail that has such only the
    subject is kept, unless the row is all that its reader gets: without a mail server.
    """
    parts = render(
        message.template,
        locale=message.locale,
        platform_name=settings.platform_name,
        base_url=settings.base_url,
        context={**message.context, **(secrets or {})},
        unsubscribe_path=unsubscribe_path(settings.secret_key, message),
    )
    is_kept = settings.smtp_url is None or not mail_template(message.template).secret
    message.subject = parts.subject
    message.text, message.html = (parts.text, parts.html) if is_kept else (None, None)
    return parts


def as_email(
    settings: Settings, message: MailMessage, secrets: Mapping[str, Any] | None = None
) -> EmailMessage:
    """What a mail server takes: the mail as ``write_words`` made it, with its headers."""
    parts = write_words(settings, message, secrets)
    path = unsubscribe_path(settings.secret_key, message)
    email = EmailMessage()
    email["From"] = settings.mail.sender
    if settings.mail.reply_to is not None:
        email["Reply-To"] = settings.mail.reply_to
    email["To"] = message.recipient
    email["Subject"] = parts.subject
    email["Date"] = format_datetime(message.created_at)
    domain = urlsplit(settings.base_url).hostname
    email["Message-ID"] = f"<{message.id}@{domain}>"
    email["Auto-Submitted"] = "auto-generated"
    if path is not None:
        email["List-Unsubscribe"] = f"<{settings.base_url}{path}>"
        email["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    email.set_content(parts.text)
    email.add_alternative(parts.html, subtype="html")
    return email
