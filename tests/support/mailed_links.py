"""The secret links of mails that were not sent yet, as their readers will get them."""

from sqlalchemy.orm import Session

from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.secret_links import secret_context

_SECRET = "the secret of a site in tests"


def mailed_path(session: Session, message: MailMessage) -> str:
    """Make the link of a mail; the one that its sending makes later takes its place."""
    return str(secret_context(session, _SECRET, message)["path"])


def mailed_token(session: Session, message: MailMessage) -> str:
    """The secret at the end of that link."""
    return mailed_path(session, message).rpartition("/")[2]
