"""Telling who follows a campaign, but gave nothing, how it goes on: one mail for each.

The fact is written down with a job, which makes the mails in batches. Donors are told otherwise,
with what becomes of their money.
"""

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import String, cast, exists, literal, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.follow.models import Follow
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import jobs
from voorjebuurt.mail import links
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.news.readers import follower_addresses


class FollowerNews(NamedTuple):
    """What followers are told, once: the mail's template, and what it says beside the title."""

    template: str
    context: dict[str, Any]


def tell_followers(session: Session, *, campaign_id: UUID, template: str, **context: Any) -> None:
    """Write the job that mails everybody who follows; ``context`` must be JSON."""
    jobs.defer(
        session,
        "pledges.tell_followers",
        campaign_id=str(campaign_id),
        template=template,
        context=context,
    )


def mail_next_followers(
    session: Session, *, campaign_id: UUID, news: FollowerNews, limit: int
) -> int:
    """Write the mails of the next followers who have none; returns of how many."""
    campaign = session.get_one(Campaign, campaign_id)
    prefix = f"{news.template}:{campaign.id}:"
    key = literal(prefix) + cast(Follow.id, String)
    gave = exists().where(
        Pledge.campaign_id == campaign_id,
        Pledge.email == Follow.email,
        Pledge.booked_at.is_not(None),
    )
    statement = (
        select(Follow.id, Follow.email, Follow.locale)
        .where(
            Follow.campaign_id == campaign_id,
            Follow.email.in_(follower_addresses(campaign_id)),
            ~gave,
            ~exists().where(MailMessage.key == key),
        )
        .order_by(Follow.id)
        .limit(limit)
    )
    readers = session.execute(statement).all()
    for reader in readers:
        queue_mail(
            session,
            key=f"{prefix}{reader.id}",
            template=news.template,
            recipient=reader.email,
            locale=reader.locale,
            topic=str(campaign.id),
            title=campaign.title,
            campaign_path=links.campaign(campaign.slug),
            **news.context,
        )
    return len(readers)
