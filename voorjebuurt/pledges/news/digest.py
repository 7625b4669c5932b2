"""What happened in the neighbourhoods and themes that somebody follows: one mail a week at most."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.follow.models import Follow
from voorjebuurt.campaigns.follow.queries import is_refused_since
from voorjebuurt.campaigns.follow.things import DIGEST_PAUSE, DIGEST_TEMPLATE
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import WON, CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.mail import links
from voorjebuurt.mail.addresses import is_addressed_to
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.places.models import Neighbourhood
from voorjebuurt.pledges.queries import crowd_totals

_LINES = 20
"""A mail names so many campaigns, and says of how many more there is news."""
_LAST_DAYS = timedelta(days=7)
_NEAR_PERCENT = 75
"""Of its minimum: a campaign in its last week that has less is not called near."""


def due_readers(session: Session) -> Sequence[UUID]:
    """Of each address that follows more than campaigns and had no digest lately: one follow."""
    first = func.array_agg(Follow.id)[1]
    had_one = exists().where(
        is_addressed_to(Follow.email),
        MailMessage.template == DIGEST_TEMPLATE,
        MailMessage.created_at > clock.now() - DIGEST_PAUSE,
    )
    statement = (
        select(first)
        .where(Follow.news_through_at.is_not(None), ~is_refused_since(), ~had_one)
        .group_by(Follow.email)
    )
    return session.scalars(statement).all()


def mail_digest(session: Session, *, follow_id: UUID) -> None:
    """Mail the reader of an address what is new in what it follows; nothing when there is none.

    What it follows is held: two workers never both tell it.
    """
    email = session.scalar(select(Follow.email).where(Follow.id == follow_id))
    rows = session.scalars(
        select(Follow)
        .where(Follow.email == email, Follow.news_through_at.is_not(None), ~is_refused_since())
        .order_by(Follow.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    lines = _news(session, email) if email and rows else []
    if not email or not lines:
        return
    for row in rows:
        row.news_through_at = clock.now()
    queue_mail(
        session,
        key=f"{DIGEST_TEMPLATE}:{rows[0].id}:{clock.today()}",
        template=DIGEST_TEMPLATE,
        recipient=email,
        locale=rows[0].locale,
        news=lines[:_LINES],
        more=max(len(lines) - _LINES, 0),
        path=links.ask_follows(),
    )


def _news(session: Session, email: str) -> list[dict[str, Any]]:
    """One line for each campaign, in the order of the mail: new, almost there, succeeded."""
    now, since = clock.now(), Follow.news_through_at
    is_live = Campaign.status == CampaignStatus.LIVE.value
    is_new = and_(is_live, Campaign.opened_at > since, Campaign.opened_at <= now)
    is_last_week = and_(
        is_live, Campaign.closes_at > since + _LAST_DAYS, Campaign.closes_at <= now + _LAST_DAYS
    )
    is_won = and_(Campaign.status.in_(sorted(WON)), Campaign.decided_at > since)
    kind = case((is_new, "1new"), (is_last_week, "2near"), else_="3won")
    statement = (
        select(Campaign, func.min(kind).label("news"))
        .join(Neighbourhood, Neighbourhood.id == Campaign.neighbourhood_id)
        .join(
            Follow,
            or_(Follow.area_code == Neighbourhood.code, Follow.theme == Campaign.theme),
        )
        .where(Follow.email == email, ~is_refused_since(), or_(is_new, is_last_week, is_won))
        .group_by(Campaign.id)
        .order_by("news", Campaign.id)
    )
    rows = session.execute(statement).all()
    totals = crowd_totals(session, [row.Campaign.id for row in rows])
    lines = [_line(row.Campaign, row.news[1:], totals[row.Campaign.id].sure_cents) for row in rows]
    return [line for line in lines if line["kind"] != "near" or line["is_near"]]


def _line(campaign: Campaign, kind: str, raised_cents: int) -> dict[str, Any]:
    minimum = campaign.minimum_cents or campaign.goal_cents or 0
    return {
        "kind": kind,
        "is_near": raised_cents * 100 >= minimum * _NEAR_PERCENT,
        "title": campaign.title,
        "path": links.campaign(campaign.slug),
        "raised_cents": raised_cents,
        "goal_cents": campaign.goal_cents or 0,
        "last_day": clock.noon(campaign.deadline_on).isoformat() if campaign.deadline_on else "",
    }
