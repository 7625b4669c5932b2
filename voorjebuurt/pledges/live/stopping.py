"""An initiator stops a live campaign: everybody is paid back, and nobody can undo it.

It is the end that staff give a campaign (``closing.cancel_campaign``), with a reason that the
page tells. A payment that is under way then is paid back when it comes in, as any that is late.
"""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.live.models import CampaignStop
from voorjebuurt.campaigns.live.ownership import own_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.cleaning import clean_lines
from voorjebuurt.kernel.errors import DomainError, TransitionError
from voorjebuurt.mail import links
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.people.queries import emails_with_role
from voorjebuurt.people.rules import Role
from voorjebuurt.pledges.closing import cancel_campaign, undecided_payments
from voorjebuurt.pledges.live.follower_news import tell_followers
from voorjebuurt.pledges.news.readers import follower_addresses
from voorjebuurt.pledges.queries import crowd_totals

REASON_MAX_LENGTH = 1_000


class StopOutcome(NamedTuple):
    """What happens when a campaign is stopped now (eurocents; people and payments as numbers)."""

    donors: int
    back_cents: int
    match_cents: int
    under_way: int
    followers: int


def stop_outcome(session: Session, campaign_id: UUID) -> StopOutcome:
    """What an initiator is told before they stop a campaign."""
    total = crowd_totals(session, [campaign_id])[campaign_id]
    followers = select(func.count()).select_from(follower_addresses(campaign_id).subquery())
    return StopOutcome(
        donors=total.donors,
        back_cents=total.crowd_cents,
        match_cents=total.match_cents,
        under_way=len(undecided_payments(session, campaign_id)),
        followers=session.scalar(followers) or 0,
    )


def can_stop(status: str, closes_at: datetime | None) -> bool:
    """Whether an initiator may stop a campaign: while it is live and its last day is not over."""
    return status == CampaignStatus.LIVE and closes_at is not None and clock.now() < closes_at


def stop_campaign(session: Session, *, campaign_id: UUID, reason: str, actor: Actor) -> None:
    """Stop one's own campaign for good. Where one did so already, nothing changes.

    Raises ``DomainError`` at the field of the reason, ``TransitionError`` once its last day is
    over, also when the timer is late: what is decided then is the outcome of all gifts.
    """
    campaign = own_campaign(session, campaign_id, actor)
    if session.get(CampaignStop, campaign_id) is not None:
        return
    if not can_stop(campaign.status, campaign.closes_at):
        raise TransitionError("too_late_to_stop", state=campaign.status, action="stop")
    words = clean_lines(reason)
    if not words:
        raise DomainError("stop_reason_missing", field="reason")
    if len(words) > REASON_MAX_LENGTH:
        raise DomainError("text_too_long", field="reason", maximum=REASON_MAX_LENGTH)
    session.add(CampaignStop(campaign_id=campaign.id, reason=words, at=clock.now()))
    cancel_campaign(session, campaign_id=campaign.id, reason=words, actor=actor)
    tell_followers(
        session, campaign_id=campaign.id, template="campaign_stopped_follower", reason=words
    )
    _tell_desks(session, campaign, words)


def _tell_desks(session: Session, campaign: Campaign, reason: str) -> None:
    """Tell coaches and staff, each once, whichever of the two they are."""
    readers = {
        person_id: (email, locale, page)
        for role, page in (
            (Role.COACH, links.campaign(campaign.slug)),
            (Role.STAFF, links.staff_campaign(campaign.id)),
        )
        for person_id, email, locale in emails_with_role(session, role)
    }
    for person_id, (email, locale, page) in readers.items():
        queue_mail(
            session,
            key=f"campaign_stopped_desk:{campaign.id}:{person_id}",
            template="campaign_stopped_desk",
            recipient=email,
            locale=locale,
            title=campaign.title,
            reason=reason,
            path=page,
        )
