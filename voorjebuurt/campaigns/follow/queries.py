"""Reading what an address follows, by the address or by a link that was mailed to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, String, Subquery, and_, cast, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.follow.models import Follow, FollowLink
from voorjebuurt.campaigns.follow.things import (
    CAMPAIGN_TEMPLATE,
    DIGEST_TEMPLATE,
    LINK_DAYS,
    Thing,
)
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.ids import token_hash
from voorjebuurt.kernel.mail_addresses import normal_address
from voorjebuurt.mail.models import MailUnsubscription
from voorjebuurt.places.models import Municipality, Neighbourhood


@dataclass(frozen=True)
class FollowRow:
    """One thing that an address follows, with what it is called."""

    id: UUID
    campaign_id: UUID | None
    area_code: str | None
    theme: str | None
    confirmed_at: datetime | None
    title: str | None
    slug: str | None
    area: str | None
    municipality: str | None


@dataclass(frozen=True)
class AreaRow:
    """A buurt by its code, under its latest name."""

    code: str
    name: str
    municipality: str
    municipality_slug: str


def is_refused_since() -> ColumnElement[bool]:
    """SQL for: news of it was refused with the link in a mail, which ends following it."""
    return (
        select(MailUnsubscription.email)
        .where(
            MailUnsubscription.email == Follow.email,
            or_(
                and_(
                    Follow.campaign_id.is_not(None),
                    MailUnsubscription.template == CAMPAIGN_TEMPLATE,
                    MailUnsubscription.topic == cast(Follow.campaign_id, String),
                ),
                and_(
                    Follow.campaign_id.is_(None),
                    MailUnsubscription.template == DIGEST_TEMPLATE,
                    MailUnsubscription.topic == "",
                ),
            ),
        )
        .exists()
    )


def follows_of(session: Session, email: str) -> Sequence[FollowRow]:
    """What an address follows or has yet to confirm, campaigns first."""
    area = _latest_areas()
    statement = (
        select(
            Follow.id,
            Follow.campaign_id,
            Follow.area_code,
            Follow.theme,
            Follow.confirmed_at,
            Campaign.title,
            Campaign.slug,
            area.c.name,
            area.c.municipality,
        )
        .outerjoin(Campaign, Campaign.id == Follow.campaign_id)
        .outerjoin(area, area.c.code == Follow.area_code)
        .where(Follow.email == normal_address(email), ~is_refused_since())
        .order_by(Follow.campaign_id.is_(None), Follow.area_code.is_(None), Follow.asked_at)
    )
    return [FollowRow(*row) for row in session.execute(statement)]


def follows(session: Session, email: str, thing: Thing) -> bool:
    """Whether an address follows this, confirmed and not refused since."""
    statement = select(Follow.id).where(
        *is_of(email, thing), Follow.confirmed_at.is_not(None), ~is_refused_since()
    )
    return session.scalar(statement) is not None


def is_of(email: str, thing: Thing) -> tuple[ColumnElement[bool], ...]:
    """SQL for: the row of this address and thing."""
    return (
        Follow.email == normal_address(email),
        Follow.campaign_id.is_not_distinct_from(thing.campaign_id),
        Follow.area_code.is_not_distinct_from(thing.area_code),
        Follow.theme.is_not_distinct_from(thing.theme),
    )


def address_of_link(session: Session, token: str) -> str | None:
    """The address that a link was mailed to, while it works."""
    since = clock.now() - timedelta(days=LINK_DAYS)
    statement = select(FollowLink.email).where(
        FollowLink.token_hash == token_hash(token), FollowLink.created_at > since
    )
    return session.scalar(statement)


def area_by_code(session: Session, code: str) -> AreaRow | None:
    """A buurt that is registered, in whatever vintage, by its latest name."""
    area = _latest_areas()
    row = session.execute(select(area).where(area.c.code == code)).one_or_none()
    return None if row is None else AreaRow(*row)


def _latest_areas() -> Subquery:
    return (
        select(
            Neighbourhood.code,
            Neighbourhood.name,
            Municipality.name.label("municipality"),
            Municipality.slug.label("municipality_slug"),
        )
        .join(Municipality, Municipality.id == Neighbourhood.municipality_id)
        .where(Neighbourhood.kind == "buurt")
        .ext(distinct_on(Neighbourhood.code))
        .order_by(Neighbourhood.code, Neighbourhood.vintage.desc())
        .subquery()
    )
