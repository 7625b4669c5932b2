"""Keeping an update off the page, and showing it again: by staff, with a reason."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns import mails
from voorjebuurt.campaigns.lifecycle import bump_version, campaign_subject, locked_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.updates.models import CampaignUpdate
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError
from voorjebuurt.people.rules import Role


def hide_update(
    session: Session, *, campaign_id: UUID, update_id: UUID, reason: str, actor: Actor
) -> None:
    """Keep it off the page, stop mails that wait, and tell the initiator why. Twice is once."""
    campaign, update = _locked(session, campaign_id, update_id, actor)
    if update.hidden_at is not None:
        return
    if not reason.strip():
        raise DomainError("reason_needed", field="reason")
    update.hidden_at, update.hidden_by = clock.now(), actor.person_id
    update.hidden_reason = reason.strip()
    bump_version(campaign)
    mails.update_hidden(session, campaign, update.id, update.title, update.hidden_reason)
    _record(session, campaign, update, Action.CAMPAIGN_UPDATE_HIDDEN, actor)


def show_update(session: Session, *, campaign_id: UUID, update_id: UUID, actor: Actor) -> None:
    """Show it again; nobody is mailed anew. Twice is once."""
    campaign, update = _locked(session, campaign_id, update_id, actor)
    if update.hidden_at is None:
        return
    update.hidden_at = update.hidden_by = update.hidden_reason = None
    bump_version(campaign)
    _record(session, campaign, update, Action.CAMPAIGN_UPDATE_SHOWN, actor)


def _locked(
    session: Session, campaign_id: UUID, update_id: UUID, actor: Actor
) -> tuple[Campaign, CampaignUpdate]:
    if Role.STAFF not in actor.roles:
        raise ForbiddenError("only_staff")
    campaign = locked_campaign(session, campaign_id)
    update = session.get(CampaignUpdate, update_id, populate_existing=True)
    is_public = update is not None and update.published_at is not None
    if update is None or not is_public or update.campaign_id != campaign.id:
        raise NotFoundError("update_not_found")
    return campaign, update


def _record(
    session: Session, campaign: Campaign, update: CampaignUpdate, action: Action, actor: Actor
) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=campaign_subject(campaign),
        reason=update.hidden_reason,
        detail={"update": str(update.id), "number": update.number},
    )
