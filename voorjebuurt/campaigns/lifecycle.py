"""The one place where a campaign's status changes."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CAMPAIGN_TRANSITIONS, CampaignStatus
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import NotFoundError


def locked_campaign(session: Session, campaign_id: UUID) -> Campaign:
    """The campaign's row, held until the commit.

    Whatever changes a campaign's state or money takes this lock first, before any ledger
    balance, so that bookings and closings follow one after another.
    Raises ``NotFoundError``.
    """
    campaign = session.get(Campaign, campaign_id, with_for_update=True, populate_existing=True)
    if campaign is None:
        raise NotFoundError("campaign_not_found")
    return campaign


def move_campaign(
    session: Session, *, campaign: Campaign, action: str, actor: Actor, reason: str | None = None
) -> None:
    """Take a locked campaign through one transition of the table, and write it down.

    Raises ``TransitionError`` when the table refuses it.
    """
    before = CampaignStatus(campaign.status)
    after = CAMPAIGN_TRANSITIONS.after(before, action)
    campaign.status = after.value
    bump_version(campaign)
    audit.record(
        session,
        actor=actor,
        action=f"campaign.{action}",
        subject_kind="campaign",
        subject_id=campaign.id,
        municipality_id=campaign.municipality_id,
        reason=reason,
        detail={"from": before.value, "to": after.value},
    )


def bump_version(campaign: Campaign) -> None:
    """Tell caches that the public page changed; the row must be locked by the caller."""
    campaign.version += 1
