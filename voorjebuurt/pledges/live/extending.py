"""An initiator moves the last day of a live campaign, once, as its donors could read beforehand.

Nobody's gift is bound by it: who gave is mailed, and takes a gift back until the new last day. What
is kept ready by live funds goes on to grow; where officers decided already, or a reward is due
before, it does not move. The closing job and every page read the new day from the campaign itself.
"""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import bump_version, campaign_subject
from voorjebuurt.campaigns.live.models import CampaignExtension
from voorjebuurt.campaigns.live.ownership import own_campaign
from voorjebuurt.campaigns.live.rules import EXTENSION_REASON_MAX_LENGTH, day_fault, latest_day
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rewards.models import Reward
from voorjebuurt.campaigns.rules import CampaignStatus, least_to_extend
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.cleaning import clean_lines
from voorjebuurt.kernel.errors import DomainError, InvariantError
from voorjebuurt.pledges.donor_news import tell_donors
from voorjebuurt.pledges.live.follower_news import tell_followers
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.queries import crowd_totals
from voorjebuurt.pledges.rules import DECIDED_MATCH


class ExtensionOffer(NamedTuple):
    """What an initiator may do about the last day now (eurocents).

    ``refusal``: why it can't move, as a ``DomainError``; None when it can.
    """

    latest_on: date
    given_cents: int
    least_cents: int
    refusal: DomainError | None


def extension_offer(session: Session, campaign_id: UUID) -> ExtensionOffer:
    """What the page of an extension says first."""
    campaign = session.get_one(Campaign, campaign_id)
    return ExtensionOffer(
        latest_on=latest_day(campaign.deadline_on or clock.today(), campaign.extension_days),
        given_cents=_given(session, campaign.id),
        least_cents=least_to_extend(campaign.minimum_cents or 0, campaign.extension_percent),
        refusal=_obstacle(session, campaign),
    )


def extend_campaign(
    session: Session, *, campaign_id: UUID, until_on: date, reason: str, actor: Actor
) -> None:
    """Move the last day of one's own campaign. Asked for the day that it has moved to, it is done.

    Raises ``DomainError``: without a field when it can't move now, else at ``until_on`` or
    ``reason``. Whoever closes the campaign at the same moment comes first or finds the new day.
    """
    campaign = own_campaign(session, campaign_id, actor)
    extension = session.get(CampaignExtension, campaign_id)
    if extension is not None and extension.until_on == until_on:
        return
    obstacle = _obstacle(session, campaign)
    if obstacle is not None:
        raise obstacle
    from_on = _promised_day(campaign)
    _judge_day(session, campaign, from_on, until_on)
    words = clean_lines(reason)
    if not words:
        raise DomainError("extension_reason_missing", field="reason")
    if len(words) > EXTENSION_REASON_MAX_LENGTH:
        maximum = EXTENSION_REASON_MAX_LENGTH
        raise DomainError("text_too_long", field="reason", maximum=maximum)
    _move(session, campaign, from_on, until_on, words)
    audit.record(
        session,
        actor=actor,
        action=Action.CAMPAIGN_EXTENDED,
        subject=campaign_subject(campaign),
        reason=words,
        detail={"from": from_on.isoformat(), "to": until_on.isoformat()},
    )
    news = {"reason": words, "from_on": from_on.isoformat(), "until_on": until_on.isoformat()}
    tell_donors(session, campaign_id=campaign.id, template="campaign_extended_donor", **news)
    tell_followers(session, campaign_id=campaign.id, template="campaign_extended_follower", **news)


def _obstacle(session: Session, campaign: Campaign) -> DomainError | None:
    """Why the last day can't move now, whatever the day; None when it can."""
    least_cents = least_to_extend(campaign.minimum_cents or 0, campaign.extension_percent)
    code = None
    if campaign.extension_days == 0:
        code = "extension_not_promised"
    elif session.get(CampaignExtension, campaign.id) is not None:
        code = "extension_twice"
    elif not _is_running(campaign.status, campaign.closes_at):
        code = "too_late_to_extend"
    elif campaign.pledges_stopped_at is not None:
        code = "campaign_pledges_stopped"
    elif _given(session, campaign.id) < least_cents:
        return DomainError("extension_too_little", amount_cents=least_cents)
    elif _is_decided(session, campaign.id):
        code = "extension_after_award"
    return DomainError(code) if code else None


def _is_decided(session: Session, campaign_id: UUID) -> bool:
    """Whether officers decided on match money: their letter names the last day."""
    statement = exists().where(
        CampaignMatch.campaign_id == campaign_id,
        CampaignMatch.status.in_(sorted(DECIDED_MATCH)),
    )
    return session.scalar(select(statement)) is True


def _judge_day(session: Session, campaign: Campaign, from_on: date, until_on: date) -> None:
    fault = day_fault(until_on, deadline_on=from_on, days=campaign.extension_days)
    if fault is not None:
        bound = from_on
        if fault == "extension_too_late":
            bound = latest_day(from_on, campaign.extension_days)
        raise DomainError(fault, field="until_on", day=bound)
    first_reward = session.scalar(
        select(func.min(Reward.deliver_by)).where(Reward.campaign_id == campaign.id)
    )
    if first_reward is not None and first_reward <= until_on:
        raise DomainError("extension_after_reward", field="until_on", day=first_reward)


def _move(session: Session, campaign: Campaign, from_on: date, until_on: date, reason: str) -> None:
    session.add(
        CampaignExtension(
            campaign_id=campaign.id,
            from_on=from_on,
            until_on=until_on,
            reason=reason,
            at=clock.now(),
        )
    )
    session.flush()
    campaign.deadline_on, campaign.closes_at = until_on, clock.end_of_day(until_on)
    bump_version(campaign)
    session.flush()


def _is_running(status: str, closes_at: datetime | None) -> bool:
    return status == CampaignStatus.LIVE and closes_at is not None and clock.now() < closes_at


def _given(session: Session, campaign_id: UUID) -> int:
    return crowd_totals(session, [campaign_id])[campaign_id].crowd_cents


def _promised_day(campaign: Campaign) -> date:
    if campaign.deadline_on is None:
        raise InvariantError(f"campaign {campaign.id} is live without a last day")
    return campaign.deadline_on
