"""People whose municipality is not there yet, and who want to know when it is.

An address is kept until its reader was told, or takes it away, but not longer than the settings
say; one that nobody confirmed is thrown away after ``UNCONFIRMED_DAYS``.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.cleaning import clean_line
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.ids import new_id, new_token, token_hash
from voorjebuurt.kernel.mail_addresses import normal_address
from voorjebuurt.mail import links
from voorjebuurt.mail import service as mail
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.mail.secret_links import secret_link
from voorjebuurt.places.models import Municipality, Neighbourhood, PlaceWish
from voorjebuurt.places.names import name_key, slugs_of
from voorjebuurt.places.queries import current

PLACE_MAX_LENGTH = 60
UNCONFIRMED_DAYS = 7
CONFIRM_TEMPLATE, TELL_TEMPLATE = "place_wish_confirm", "place_opened"
_GEMEENTE = re.compile(r"^(?:de )?gemeente(?: |$)", re.IGNORECASE)


class PlaceDemand(NamedTuple):
    """How many people wait for a municipality."""

    place: str
    people: int


def ask_for_place(session: Session, *, place: str, email: str, locale: str) -> None:
    """Write down who wants to know, and mail them to confirm it, once a day until they did.

    Raises ``DomainError`` at ``place``.
    """
    place = _GEMEENTE.sub("", clean_line(place))
    if not place:
        raise DomainError("place_missing", field="place")
    if len(place) > PLACE_MAX_LENGTH:
        raise DomainError("place_too_long", field="place", maximum=PLACE_MAX_LENGTH)
    address = normal_address(email)
    wish_id = session.execute(
        insert(PlaceWish)
        .values(
            id=new_id(),
            place=place,
            slug=name_key(place),
            email=address,
            locale=locale,
            token_hash=token_hash(new_token()),  # of the link that is made when it is mailed
            asked_at=clock.now(),
        )
        .on_conflict_do_nothing(index_elements=["slug", "email"])
        .returning(PlaceWish.id)
    ).scalar()
    if wish_id is None:
        wish_id = _unconfirmed(session, slug=name_key(place), email=address)
    if wish_id is None:
        return
    mail.queue_mail(
        session,
        key=f"{CONFIRM_TEMPLATE}:{wish_id}:{clock.today()}",
        template=CONFIRM_TEMPLATE,
        recipient=address,
        locale=locale,
        link_id=str(wish_id),
        expires_on=(clock.now() + timedelta(days=UNCONFIRMED_DAYS)).isoformat(),
    )


def _unconfirmed(session: Session, *, slug: str, email: str) -> UUID | None:
    """A wish whose mail did not lead to anything: perhaps it never came."""
    return session.scalar(
        select(PlaceWish.id).where(
            PlaceWish.slug == slug, PlaceWish.email == email, PlaceWish.confirmed_at.is_(None)
        )
    )


@secret_link(CONFIRM_TEMPLATE, links.place_wish)
def hand_place_wish(session: Session, wish_id: UUID, link_hash: str) -> None:
    """From now on this link is that of the wish."""
    session.execute(update(PlaceWish).where(PlaceWish.id == wish_id).values(token_hash=link_hash))


def wish_of_link(session: Session, token: str) -> PlaceWish | None:
    """The wish whose secret this is."""
    return session.scalar(select(PlaceWish).where(PlaceWish.token_hash == token_hash(token)))


def confirm_wish(session: Session, *, token: str) -> None:
    """Whoever reads the address wants to know. A second time changes nothing.

    Raises ``DomainError`` when the address is not there any more.
    """
    email = session.scalar(
        update(PlaceWish)
        .where(PlaceWish.token_hash == token_hash(token))
        .values(confirmed_at=func.coalesce(PlaceWish.confirmed_at, clock.now()))
        .returning(PlaceWish.email)
    )
    if email is None:
        raise DomainError("place_wish_over")
    confirm_address(session, email=email, means=Means.SIGN_IN)


def remove_wish(session: Session, *, token: str) -> None:
    """Throw the address away. One that is not there any more is no error."""
    session.execute(delete(PlaceWish).where(PlaceWish.token_hash == token_hash(token)))


def tell_openings(session: Session) -> None:
    """Mail everybody whose municipality has neighbourhoods now, and forget their addresses.

    Under whichever of its names they asked for it.
    """
    is_open = select(Neighbourhood.municipality_id).where(Neighbourhood.kind == "buurt", current())
    names = session.scalars(select(Municipality.name).where(Municipality.id.in_(is_open))).all()
    name_by_slug = {slug: name for name in names for slug in slugs_of(name)}
    statement = (
        select(PlaceWish)
        .where(PlaceWish.confirmed_at.is_not(None), PlaceWish.slug.in_(sorted(name_by_slug)))
        .with_for_update(skip_locked=True)
    )
    for wish in session.scalars(statement).all():
        name = name_by_slug[wish.slug]
        mail.queue_mail(
            session,
            key=f"{TELL_TEMPLATE}:{wish.id}",
            template=TELL_TEMPLATE,
            recipient=wish.email,
            locale=wish.locale,
            title=name,
            path=links.start_campaign(),
        )
        session.delete(wish)


def forget_unconfirmed(session: Session) -> None:
    """Throw away addresses that nobody confirmed, and the mails with their secrets."""
    before = clock.now() - timedelta(days=UNCONFIRMED_DAYS)
    session.execute(
        delete(PlaceWish).where(PlaceWish.confirmed_at.is_(None), PlaceWish.asked_at < before)
    )
    mail.forget_mail(session, template=CONFIRM_TEMPLATE, before=before)


def forget_old(session: Session, *, before: datetime) -> None:
    """Throw away addresses that have waited since before a moment for what did not come."""
    session.execute(delete(PlaceWish).where(PlaceWish.asked_at < before))


def wishes_of(session: Session, email: str) -> int:
    """How many municipalities the reader of an address waits for."""
    statement = select(func.count(PlaceWish.id)).where(PlaceWish.email == email)
    return session.scalar(statement) or 0


def forget_wishes(session: Session, email: str) -> None:
    """Throw away an address, whatever its reader waits for."""
    session.execute(delete(PlaceWish).where(PlaceWish.email == email))


def demand(session: Session) -> Sequence[PlaceDemand]:
    """The municipalities that people wait for, most people first."""
    people = func.count().label("people")
    statement = (
        select(func.min(PlaceWish.place), people)
        .where(PlaceWish.confirmed_at.is_not(None))
        .group_by(PlaceWish.slug)
        .order_by(people.desc(), PlaceWish.slug)
    )
    return [PlaceDemand(*row) for row in session.execute(statement)]
