"""Who is mailed about a campaign's news: donors whose gift counts and who follows it, each once."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    String,
    cast,
    func,
    select,
    true,
    union,
)
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.follow.models import Follow
from voorjebuurt.mail.addresses import is_addressed_to
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.subscriptions import is_refused
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rules import PledgeStatus

TEMPLATE = "campaign_update"
_DONOR = cast(Pledge.email, String)


class NewsReader(NamedTuple):
    """An address with what its mail needs. ``key_id`` names the mail; it tells nothing itself."""

    email: str
    name: str
    locale: str
    gift_token: str | None
    key_id: UUID


def donor_addresses(campaign_id: UUID) -> Select[str | None]:
    """Addresses with a gift that counts, but not of who was erased or wants no news of it."""
    return select(Pledge.email).where(
        Pledge.campaign_id == campaign_id,
        Pledge.status == PledgeStatus.BOOKED.value,
        Pledge.email.is_not(None),
        Pledge.erased_as.is_(None),
        ~is_refused(_DONOR, template=TEMPLATE, topic=str(campaign_id)),
    )


def follower_addresses(campaign_id: UUID) -> Select[str]:
    """Confirmed addresses that follow a campaign, but of who wants no news of it any more."""
    return select(Follow.email).where(
        Follow.campaign_id == campaign_id,
        Follow.confirmed_at.is_not(None),
        ~is_refused(Follow.email, template=TEMPLATE, topic=str(campaign_id)),
    )


def readers_of(session: Session, campaign_id: UUID, *, for_donors: bool) -> int:
    """How many people are mailed when something is told now."""
    donors = donor_addresses(campaign_id)
    people = donors.distinct() if for_donors else union(donors, follower_addresses(campaign_id))
    return session.scalar(select(func.count()).select_from(people.subquery())) or 0


def next_donors(
    session: Session, campaign_id: UUID, *, prefix: str, limit: int, pledge_id: UUID | None = None
) -> list[NewsReader]:
    """Donors who have no mail whose key begins so, by their latest gift that counts.

    With ``pledge_id`` only who gave that.
    """
    is_asked = Pledge.id == pledge_id if pledge_id is not None else true()
    first_id = func.first_value(Pledge.id).over(partition_by=Pledge.email, order_by=Pledge.id)
    statement = (
        select(Pledge.email, Pledge.name, Pledge.locale, Pledge.token, first_id)
        .where(
            Pledge.campaign_id == campaign_id,
            Pledge.status == PledgeStatus.BOOKED.value,
            Pledge.email.in_(donor_addresses(campaign_id)),
            is_asked,
            ~_has_mail(_DONOR, prefix),
        )
        .ext(distinct_on(Pledge.email))
        .order_by(Pledge.email, Pledge.booked_at.desc(), Pledge.id.desc())
        .limit(limit)
    )
    return [NewsReader(*row) for row in session.execute(statement)]


def next_followers(
    session: Session, campaign_id: UUID, *, prefix: str, limit: int
) -> list[NewsReader]:
    """Who follows a campaign and has no mail whose key begins so, as a donor or otherwise."""
    statement = (
        select(Follow.email, Follow.locale, Follow.id)
        .where(
            Follow.campaign_id == campaign_id,
            Follow.email.in_(follower_addresses(campaign_id)),
            ~_has_mail(Follow.email, prefix),
        )
        .order_by(Follow.id)
        .limit(limit)
    )
    return [
        NewsReader(row.email, "", row.locale, None, row.id) for row in session.execute(statement)
    ]


def _has_mail(email: SQLColumnExpression[str], prefix: str) -> ColumnElement[bool]:
    is_told = is_addressed_to(email) & MailMessage.key.startswith(prefix, autoescape=True)
    return select(MailMessage.id).where(is_told).exists()
