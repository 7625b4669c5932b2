"""Following something, confirming it by mail, and ending it.

Whoever has shown that they read the address follows at once; else a link is mailed to it, with none
of the words of others, and nothing more before it is confirmed.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.follow.models import Follow, FollowLink
from voorjebuurt.campaigns.follow.queries import is_of, is_refused_since
from voorjebuurt.campaigns.follow.things import (
    LINK_DAYS,
    MOST_FOLLOWS,
    UNCONFIRMED_DAYS,
    Thing,
)
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.ids import new_id, new_token, token_hash
from voorjebuurt.kernel.mail_addresses import normal_address
from voorjebuurt.mail import links
from voorjebuurt.mail import service as mail
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.mail.secret_links import secret_link
from voorjebuurt.mail.subscriptions import take_refusal_back

CONFIRM_TEMPLATE, LINK_TEMPLATE = "follow_confirm", "follow_link"


def ask_to_follow(session: Session, *, thing: Thing, email: str, locale: str) -> None:
    """Write down what an address wants to follow, and mail it to confirm that, once a day.

    What is said is the same for every address: who follows it already is mailed their link anew.
    Raises ``DomainError`` when the address follows too much.
    """
    address = normal_address(email)
    follow = _row(session, thing, address, locale)
    template = CONFIRM_TEMPLATE if follow.confirmed_at is None else LINK_TEMPLATE
    _mail_link(session, template=template, email=address, locale=locale, fact=str(follow.id))


def follow_as_reader(session: Session, *, thing: Thing, email: str, locale: str) -> None:
    """Follow at once: somebody has shown that they read this address. Twice is once.

    Raises ``DomainError`` when the address follows too much.
    """
    follow = _row(session, thing, normal_address(email), locale)
    _confirm(session, follow)


def confirm_follow(session: Session, *, email: str, follow_id: UUID) -> None:
    """Its reader, who has the mailed link, wants the news. Twice is once.

    Raises ``DomainError`` when it is not there any more.
    """
    follow = session.scalar(
        select(Follow)
        .where(Follow.id == follow_id, Follow.email == normal_address(email))
        .with_for_update()
    )
    if follow is None:
        raise DomainError("follow_over")
    confirm_address(session, email=follow.email, means=Means.SIGN_IN)
    _confirm(session, follow)


def end_follow(session: Session, *, email: str, follow_id: UUID) -> None:
    """Follow it no more. What is over already is no error."""
    session.execute(
        delete(Follow).where(Follow.id == follow_id, Follow.email == normal_address(email))
    )


def ask_for_link(session: Session, *, email: str, locale: str) -> None:
    """Mail an address the link to what it follows, if it follows anything; once a day."""
    address = normal_address(email)
    oldest = select(Follow.id).where(Follow.email == address).order_by(Follow.asked_at, Follow.id)
    follow_id = session.scalar(oldest.limit(1))
    if follow_id is not None:
        fact = f"asked:{follow_id}"
        _mail_link(session, template=LINK_TEMPLATE, email=address, locale=locale, fact=fact)


@secret_link(CONFIRM_TEMPLATE, links.follows)
def hand_confirm_link(session: Session, link_id: UUID, link_hash: str) -> None:
    """From now on this is the link's secret."""
    statement = update(FollowLink).where(FollowLink.id == link_id)
    session.execute(statement.values(token_hash=link_hash))


secret_link(LINK_TEMPLATE, links.follows)(hand_confirm_link)


def forget_unconfirmed(session: Session) -> None:
    """Throw away what nobody confirmed, what was refused since, and links that are over."""
    before = clock.now() - timedelta(days=UNCONFIRMED_DAYS)
    session.execute(delete(Follow).where(Follow.confirmed_at.is_(None), Follow.asked_at < before))
    session.execute(delete(Follow).where(Follow.confirmed_at.is_not(None), is_refused_since()))
    _forget_links(session, before=clock.now() - timedelta(days=LINK_DAYS))
    for template in (CONFIRM_TEMPLATE, LINK_TEMPLATE):
        mail.forget_mail(session, template=template, before=before)


def follows_from(session: Session, email: str) -> int:
    """How much an address follows, confirmed or not."""
    return session.scalar(select(func.count(Follow.id)).where(Follow.email == email)) or 0


def forget_follows(session: Session, email: str) -> None:
    """Throw away what an address follows, and its links."""
    session.execute(delete(Follow).where(Follow.email == email))
    session.execute(delete(FollowLink).where(FollowLink.email == email))


def _row(session: Session, thing: Thing, email: str, locale: str) -> Follow:
    """The row of an address and a thing, held; a new one where there is none."""
    if session.scalar(select(Follow.id).where(*is_of(email, thing))) is None:
        if follows_from(session, email) >= MOST_FOLLOWS:
            raise DomainError("follows_full", most=MOST_FOLLOWS)
        session.execute(
            insert(Follow)
            .values(
                id=new_id(),
                email=email,
                locale=locale,
                campaign_id=thing.campaign_id,
                area_code=thing.area_code,
                theme=thing.theme,
                asked_at=clock.now(),
            )
            .on_conflict_do_nothing(constraint="uq_follows_email_thing")
        )
    return session.scalars(select(Follow).where(*is_of(email, thing)).with_for_update()).one()


def _confirm(session: Session, follow: Follow) -> None:
    thing = Thing(follow.campaign_id, follow.area_code, follow.theme)
    take_refusal_back(session, email=follow.email, template=thing.template, topic=thing.topic)
    if follow.confirmed_at is not None:
        return
    follow.confirmed_at = clock.now()
    if follow.campaign_id is None:
        follow.news_through_at = follow.confirmed_at
    session.flush()


def _mail_link(session: Session, *, template: str, email: str, locale: str, fact: str) -> None:
    """Mail a link, once a day for each fact. The key names no address."""
    link = FollowLink(
        id=new_id(),
        email=email,
        token_hash=token_hash(new_token()),  # of the link that is made when it is mailed
        created_at=clock.now(),
    )
    session.add(link)
    session.flush()
    is_new = mail.queue_mail(
        session,
        key=f"{template}:{fact}:{clock.today()}",
        template=template,
        recipient=email,
        locale=locale,
        link_id=str(link.id),
        expires_on=(clock.now() + timedelta(days=UNCONFIRMED_DAYS)).isoformat(),
    )
    if not is_new:
        session.delete(link)
        session.flush()


def _forget_links(session: Session, *, before: datetime) -> None:
    """Old ones, and those of addresses that follow nothing any more."""
    is_used = select(Follow.id).where(Follow.email == FollowLink.email).exists()
    session.execute(delete(FollowLink).where((FollowLink.created_at < before) | ~is_used))
