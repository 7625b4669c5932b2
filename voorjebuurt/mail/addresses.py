"""Which addresses are read by who gave them: only to those go the words of other people."""

from enum import StrEnum

from sqlalchemy import ColumnElement, SQLColumnExpression, exists, func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.mail_addresses import normal_address
from voorjebuurt.mail.models import ConfirmedAddress, MailMessage


class Means(StrEnum):
    """How an address was confirmed."""

    SIGN_IN = "sign_in"
    """Its reader followed a link that was mailed to it."""
    PAYMENT = "payment"
    """Somebody paid a gift that was made with it."""


def confirm_address(session: Session, *, email: str, means: Means) -> None:
    """Write down that an address is read by who gave it; a second time changes nothing.

    The sweep sends what waited for this.
    """
    session.execute(
        insert(ConfirmedAddress)
        .values(email=normal_address(email), means=means.value, confirmed_at=clock.now())
        .on_conflict_do_nothing(index_elements=["email"])
    )


def is_confirmed(session: Session, email: str) -> bool:
    """Whether somebody confirmed this address, however it is spelled."""
    return session.get(ConfirmedAddress, normal_address(email)) is not None


def recipient_is_confirmed() -> ColumnElement[bool]:
    """SQL for: the mail is for an address that was confirmed."""
    return exists().where(ConfirmedAddress.email == MailMessage.recipient)


def is_addressed_to(email: str | SQLColumnExpression[str]) -> ColumnElement[bool]:
    """SQL for: the mail is for this address in its one spelling; as the index of mails has them."""
    return func.lower(MailMessage.recipient) == email
