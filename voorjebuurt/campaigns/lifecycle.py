"""The one place where a campaign's status changes."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.audit.queries import is_one_of
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CAMPAIGN_TRANSITIONS, CampaignStatus
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import NotFoundError

TRANSITION_ACTIONS: Mapping[str, Action] = {
    "submit": Action.CAMPAIGN_SUBMITTED,
    "send_back": Action.CAMPAIGN_SENT_BACK,
    "reject": Action.CAMPAIGN_REJECTED,
    "open": Action.CAMPAIGN_OPENED,
    "withdraw": Action.CAMPAIGN_WITHDRAWN,
    "start_closing": Action.CAMPAIGN_CLOSING_STARTED,
    "fall_back": Action.CAMPAIGN_FELL_BACK,
    "nearly_miss": Action.CAMPAIGN_NEARLY_MISSED,
    "succeed": Action.CAMPAIGN_SUCCEEDED,
    "fail": Action.CAMPAIGN_FAILED,
    "cancel": Action.CAMPAIGN_CANCELLED,
    "pay_out": Action.CAMPAIGN_PAID_OUT,
    "reopen_payout": Action.CAMPAIGN_PAYOUT_REOPENED,
}
"""What the trail calls each transition of ``CAMPAIGN_TRANSITIONS``."""


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
        action=TRANSITION_ACTIONS[action],
        subject=campaign_subject(campaign),
        reason=reason,
        detail={"from": before.value, "to": after.value},
    )


def cancel_reason(session: Session, campaign_id: UUID) -> str | None:
    """Why staff stopped a campaign for good, in their words; None for one that they did not."""
    statement = select(AuditEvent.reason).where(
        AuditEvent.subject_kind == SubjectKind.CAMPAIGN.value,
        AuditEvent.subject_id == campaign_id,
        is_one_of([Action.CAMPAIGN_CANCELLED]),
    )
    return session.scalars(statement.order_by(AuditEvent.at.desc()).limit(1)).first()


def touched_at(session: Session, campaign: Campaign) -> datetime:
    """When somebody last did something with a campaign, by its trail."""
    statement = select(func.max(AuditEvent.at)).where(
        AuditEvent.subject_kind == SubjectKind.CAMPAIGN.value,
        AuditEvent.subject_id == campaign.id,
    )
    last = session.scalar(statement)
    return campaign.created_at if last is None else max(last, campaign.created_at)


def campaign_subject(campaign: Campaign) -> Subject:
    """The campaign, for its audit trail."""
    return Subject(SubjectKind.CAMPAIGN, campaign.id, campaign.municipality_id)


def bump_version(campaign: Campaign) -> None:
    """Tell caches that the public page changed; the row must be locked by the caller."""
    campaign.version += 1
