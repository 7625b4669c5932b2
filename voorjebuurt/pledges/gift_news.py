"""What initiators are mailed about gifts: the first at once, the others once a day."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.pledges import mails
from voorjebuurt.pledges.models import GiftNews, Pledge
from voorjebuurt.pledges.queries import gifts_between, public_contribution
from voorjebuurt.pledges.rules import PledgeStatus

RUNNING = frozenset({CampaignStatus.LIVE, CampaignStatus.CLOSING})
_LINES = 40
"""A mail lists so many gifts at most, and says how many more there are."""


def tell_of_first_gift(session: Session, *, pledge: Pledge, campaign: Campaign) -> None:
    """Mail the initiator that the first gift came; of a later one nothing. The row says which.

    The campaign must be locked.
    """
    session.flush()
    is_first = session.execute(
        insert(GiftNews)
        .values(campaign_id=campaign.id, through_at=pledge.booked_at)
        .on_conflict_do_nothing()
        .returning(GiftNews.campaign_id)
    ).scalar()
    row = public_contribution(session, pledge.id) if is_first is not None else None
    if row is not None:
        mails.first_gift(session, campaign=campaign, row=row)


def campaigns_with_news(session: Session) -> Sequence[UUID]:
    """Campaigns that run, with gifts that their initiators were not mailed about. Of the last gifts
    of one that is over, the mail about how it ended tells.
    """
    is_new = select(Pledge.id).where(
        Pledge.campaign_id == GiftNews.campaign_id,
        Pledge.status == PledgeStatus.BOOKED,
        Pledge.booked_at > GiftNews.through_at,
    )
    statement = (
        select(GiftNews.campaign_id)
        .join(Campaign, Campaign.id == GiftNews.campaign_id)
        .where(Campaign.status.in_(sorted(RUNNING)), is_new.exists())
        .order_by(GiftNews.campaign_id)
    )
    return session.scalars(statement).all()


def mail_digest(session: Session, *, campaign_id: UUID) -> None:
    """Mail the initiator about the gifts since the last time; nothing when none came.

    The campaign's row is held, as it is by every booking: no gift falls between two digests.
    """
    campaign = locked_campaign(session, campaign_id)
    news = session.get_one(GiftNews, campaign_id, populate_existing=True)
    since, news.through_at = news.through_at, clock.now()
    new = gifts_between(session, campaign_id, since=since, until=news.through_at, limit=_LINES)
    if new.gifts:
        mails.gift_digest(session, campaign=campaign, new=new, through_at=news.through_at)
