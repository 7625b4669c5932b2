"""Whoever reads an address may see what is kept of it: by a link that is mailed there.

What is said to who asks is the same for every address, whether anything is kept of it or not.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.ids import new_id, new_token, token_hash
from voorjebuurt.kernel.mail_addresses import normal_address
from voorjebuurt.mail import links
from voorjebuurt.mail import service as mail
from voorjebuurt.mail.secret_links import secret_link
from voorjebuurt.owndata.models import DataLink

TEMPLATE = "own_data_link"
GIFTS_TEMPLATE = "own_gifts_link"
LINK_HOURS = 24


def ask_for_link(session: Session, *, email: str, locale: str) -> None:
    """Mail a link to an address that shows, for ``LINK_HOURS``, what is kept of it."""
    _mail_link(session, template=TEMPLATE, email=email, locale=locale)


def ask_for_gifts(session: Session, *, email: str, locale: str) -> None:
    """The same, with the gifts that were made with it and their receipts on the first page."""
    _mail_link(session, template=GIFTS_TEMPLATE, email=email, locale=locale)


def _mail_link(session: Session, *, template: str, email: str, locale: str) -> None:
    now = clock.now()
    link = DataLink(
        id=new_id(),
        token_hash=token_hash(new_token()),  # of the link that is made when it is mailed
        email=normal_address(email),
        created_at=now,
        expires_at=now + timedelta(hours=LINK_HOURS),
    )
    session.add(link)
    session.flush()
    mail.queue_mail(
        session,
        key=f"{template}:{link.id}",
        template=template,
        recipient=link.email,
        locale=locale,
        link_id=str(link.id),
        hours=LINK_HOURS,
    )


@secret_link(GIFTS_TEMPLATE, links.own_gifts)
@secret_link(TEMPLATE, links.own_data)
def hand_data_link(session: Session, link_id: UUID, link_hash: str) -> None:
    """From now on this is the link's secret."""
    session.execute(update(DataLink).where(DataLink.id == link_id).values(token_hash=link_hash))


def address_of_link(session: Session, token: str) -> str | None:
    """The address that a link was mailed to, while it works."""
    link = link_of(session, token)
    return None if link is None else link.email


def link_of(session: Session, token: str) -> DataLink | None:
    """The link with this secret, while it works."""
    return session.scalar(
        select(DataLink).where(
            DataLink.token_hash == token_hash(token), DataLink.expires_at > clock.now()
        )
    )


def forget_links(session: Session) -> None:
    """Throw away links that don't work any more, and their mails."""
    now = clock.now()
    session.execute(delete(DataLink).where(DataLink.expires_at <= now))
    for template in (TEMPLATE, GIFTS_TEMPLATE):
        mail.forget_mail(session, template=template, before=now - timedelta(hours=LINK_HOURS))
