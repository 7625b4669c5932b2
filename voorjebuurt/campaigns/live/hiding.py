"""Keeping words of an initiator off the page of a live campaign: by staff, with a reason."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns import mails
from voorjebuurt.campaigns.lifecycle import bump_version, campaign_subject, locked_campaign
from voorjebuurt.campaigns.live.models import CampaignStop
from voorjebuurt.campaigns.models import PageCorrection
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError
from voorjebuurt.people.rules import Role


def hide_stop_reason(session: Session, *, campaign_id: UUID, reason: str, actor: Actor) -> None:
    """Keep an initiator's words off the page, and out of mails that are still made. Twice is once.

    Who runs the campaign is told why. That it was stopped stays there.
    Raises ``NotFoundError`` where no initiator did.
    """
    if Role.STAFF not in actor.roles:
        raise ForbiddenError("only_staff")
    campaign = locked_campaign(session, campaign_id)
    stop = session.get(CampaignStop, campaign_id, populate_existing=True)
    if stop is None:
        raise NotFoundError("campaign_not_found")
    if stop.hidden_at is not None:
        return
    if not reason.strip():
        raise DomainError("reason_needed", field="reason")
    stop.hidden_at, stop.hidden_reason = clock.now(), reason.strip()
    bump_version(campaign)
    mails.page_words_hidden(
        session, campaign, what="stop", turn=str(campaign.id), reason=stop.hidden_reason
    )
    audit.record(
        session,
        actor=actor,
        action=Action.CAMPAIGN_STOP_HIDDEN,
        subject=campaign_subject(campaign),
        reason=stop.hidden_reason,
    )


def hide_correction(session: Session, *, correction_id: UUID, reason: str, actor: Actor) -> UUID:
    """Keep what a part of a page said before and after off the page; returns the campaign's id.

    That it was changed, and when, stays there. Who runs the campaign is told why, unless the
    change was of staff. Twice is once. Raises ``NotFoundError``.
    """
    if Role.STAFF not in actor.roles:
        raise ForbiddenError("only_staff")
    correction = session.get(PageCorrection, correction_id)
    if correction is None:
        raise NotFoundError("campaign_not_found")
    campaign = locked_campaign(session, correction.campaign_id)
    session.refresh(correction)
    if correction.hidden_at is not None:
        return campaign.id
    if not reason.strip():
        raise DomainError("reason_needed", field="reason")
    correction.hidden_at = clock.now()
    bump_version(campaign)
    if correction.source == "initiator":
        turn = str(correction.id)
        mails.page_words_hidden(session, campaign, what="change", turn=turn, reason=reason.strip())
    audit.record(
        session,
        actor=actor,
        action=Action.CAMPAIGN_CORRECTION_HIDDEN,
        subject=campaign_subject(campaign),
        reason=reason.strip(),
        detail={"part": correction.part},
    )
    return campaign.id
