"""What staff does with a live campaign: hold new pledges, and let them come again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns import mails
from voorjebuurt.campaigns.lifecycle import bump_version, campaign_subject, locked_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.people.rules import Role

_MAY_STOP = frozenset({Role.COACH.value, Role.STAFF.value})


def stop_pledges(session: Session, *, campaign_id: UUID, reason: str, actor: Actor) -> Campaign:
    """Take no new pledges from this moment on; what is being paid may still arrive.

    Where that is so already, nothing changes: two people may see the same alarm.
    """
    campaign = _live(session, campaign_id, actor)
    if campaign.pledges_stopped_at is not None:
        return campaign
    if not reason.strip():
        raise DomainError("reason_needed", field="reason")
    campaign.pledges_stopped_at = clock.now()
    bump_version(campaign)
    mails.giving_stopped(session, campaign, campaign.pledges_stopped_at)
    _tell_donors(session, campaign, "campaign_paused_donor", campaign.pledges_stopped_at)
    audit.record(
        session,
        actor=actor,
        action=Action.CAMPAIGN_PLEDGES_STOPPED,
        subject=campaign_subject(campaign),
        reason=reason.strip() or None,
    )
    return campaign


def resume_pledges(session: Session, *, campaign_id: UUID, reason: str, actor: Actor) -> Campaign:
    """Take pledges again. Where that is so already, nothing changes."""
    campaign = _live(session, campaign_id, actor)
    if campaign.pledges_stopped_at is None:
        return campaign
    if campaign.orphaned_at is not None:
        raise DomainError("campaign_orphaned")
    stopped_at, campaign.pledges_stopped_at = campaign.pledges_stopped_at, None
    bump_version(campaign)
    mails.giving_resumed(session, campaign, stopped_at)
    _tell_donors(session, campaign, "campaign_resumed_donor", stopped_at)
    audit.record(
        session,
        actor=actor,
        action=Action.CAMPAIGN_PLEDGES_RESUMED,
        subject=campaign_subject(campaign),
        reason=reason.strip() or None,
    )
    return campaign


def _tell_donors(session: Session, campaign: Campaign, template: str, stopped_at: datetime) -> None:
    """Donors are known above this feature: a job of theirs tells them, once for each stop."""
    jobs.defer(
        session,
        "pledges.tell_donors",
        campaign_id=str(campaign.id),
        template=template,
        fact=stopped_at.isoformat(),
        context=mails.stop_context(campaign, stopped_at),
    )


def _live(session: Session, campaign_id: UUID, actor: Actor) -> Campaign:
    if actor.kind != "system" and not actor.roles & _MAY_STOP:
        raise ForbiddenError("only_staff")
    campaign = locked_campaign(session, campaign_id)
    if campaign.status != CampaignStatus.LIVE:
        raise TransitionError("wrong_state", state=campaign.status, action="stop_pledges")
    return campaign
