"""The mails that all donors of a campaign get, made by their job inside one transaction."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.render import render
from voorjebuurt.pledges.donor_news import DonorNews, mail_next_donors

_JOBS = text("SELECT args FROM procrastinate_jobs WHERE task_name = 'pledges.tell_donors'")


def waiting_news(session: Session) -> list[dict[str, Any]]:
    """The arguments of the jobs that tell donors something."""
    session.flush()
    return list(session.scalars(_JOBS))


def tell_all(session: Session, *, limit: int = 100) -> None:
    """Do the jobs that tell donors something, each in batches of ``limit``."""
    for arguments in waiting_news(session):
        news = DonorNews(arguments["template"], arguments["fact"], arguments["context"])
        campaign_id = UUID(arguments["campaign_id"])
        while mail_next_donors(session, campaign_id=campaign_id, news=news, limit=limit) == limit:
            session.flush()
    session.flush()


def mails_of(session: Session, template: str) -> list[MailMessage]:
    """The mails made from a template, by their readers' addresses."""
    session.flush()
    statement = select(MailMessage).where(MailMessage.template == template)
    return list(session.scalars(statement.order_by(MailMessage.recipient)))


def words_of(message: MailMessage, locale: str = "nl") -> str:
    """Subject and text of a mail, with plain spaces."""
    subject, words, _ = render(
        message.template,
        locale=locale,
        platform_name="Voor je Buurt",
        base_url="https://site.example",
        context=message.context,
    )
    return f"{subject}\n{words}".replace("\xa0", " ")
