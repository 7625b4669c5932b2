"""Sending one mail within a test's own transaction."""

from sqlalchemy.orm import Session

from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.sending import claim_mail, hand_over, settle
from voorjebuurt.settings import Settings


def send_now(session: Session, settings: Settings, message: MailMessage) -> None:
    """Claim, hand over and settle a mail, unless it must wait or should not be sent."""
    claim = claim_mail(session, settings, message.id)
    if claim is not None:
        settle(session, claim, hand_over(settings, claim))
