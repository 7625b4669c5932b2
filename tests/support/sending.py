"""Sending one mail within a test's own transaction."""

from sqlalchemy.orm import Session

from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.sending import hand_over, settle, take_mail
from voorjebuurt.settings import Settings


def send_now(session: Session, settings: Settings, message: MailMessage) -> None:
    """Claim, hand over and settle a mail, unless it must wait or should not be sent."""
    delivery = take_mail(session, settings, message.id)
    if delivery is not None:
        settle(session, delivery, hand_over(settings, delivery))
