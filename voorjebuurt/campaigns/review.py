"""Reviewing a pitch: the talk between coach and initiator, and what comes of it.

Nobody reviews their own campaign.
"""

from itertools import chain, count
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns import mails
from voorjebuurt.campaigns.coaching import talk
from voorjebuurt.campaigns.coaching.queries import open_edits
from voorjebuurt.campaigns.coaching.rules import WITHOUT_TALK, TalkKind
from voorjebuurt.campaigns.coaching.talk import write_note
from voorjebuurt.campaigns.lifecycle import campaign_subject, locked_campaign, move_campaign
from voorjebuurt.campaigns.members.acting import require_reviewer
from voorjebuurt.campaigns.models import Campaign, ReviewNote
from voorjebuurt.campaigns.queries import pitch_facts
from voorjebuurt.campaigns.rules import CampaignStatus, ReviewPart, deadline_fault, gaps
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import (
    DomainError,
    InvariantError,
    TransitionError,
)
from voorjebuurt.kernel.slugs import slug_of
from voorjebuurt.settings import CampaignSettings


def ask_question(
    session: Session,
    *,
    campaign_id: UUID,
    body: str,
    part: ReviewPart | None = None,
    actor: Actor,
) -> ReviewNote:
    """A coach asks the initiator something, of one ``part`` perhaps; the pitch stays in review."""
    _in_review(session, campaign_id)
    return talk.ask(session, campaign_id=campaign_id, body=body, part=part, actor=actor)


def answer_question(session: Session, *, campaign_id: UUID, body: str, actor: Actor) -> ReviewNote:
    """The initiator answers, or adds something of their own accord."""
    _in_review(session, campaign_id)
    return talk.answer(session, campaign_id=campaign_id, body=body, actor=actor)


def send_back(
    session: Session,
    *,
    campaign_id: UUID,
    body: str,
    part: ReviewPart | None = None,
    actor: Actor,
) -> Campaign:
    """Return the pitch to its initiator with reasons; it can be changed and handed in again."""
    return _decide(session, campaign_id, "send_back", TalkKind.RETURNED, body, actor, part)


def reject(session: Session, *, campaign_id: UUID, body: str, actor: Actor) -> Campaign:
    """Refuse the pitch for good, with a reason."""
    return _decide(session, campaign_id, "reject", TalkKind.REJECTED, body, actor)


def open_campaign(
    session: Session,
    *,
    campaign_id: UUID,
    bounds: CampaignSettings,
    actor: Actor,
    body: str = "",
) -> Campaign:
    """Approve the pitch: it goes live now, until the midnight that ends its last day.

    Raises ``DomainError`` when the deadline has come too near since it was submitted, when the
    pitch does not meet the rules any more, or before its initiator answered a coach's edits.
    """
    campaign = locked_campaign(session, campaign_id)
    require_reviewer(session, campaign, actor)
    if campaign.orphaned_at is not None:
        raise DomainError("campaign_orphaned")
    if campaign.status == CampaignStatus.SUBMITTED:
        if open_edits(session, campaign.id):
            raise DomainError("edits_wait")
        _judge_opening(campaign, bounds)
    move_campaign(session, campaign=campaign, action="open", actor=actor)
    if campaign.deadline_on is None:
        raise InvariantError(f"campaign {campaign.id} was submitted without a deadline")
    campaign.opened_at = campaign.decided_at = clock.now()
    campaign.closes_at = clock.end_of_day(campaign.deadline_on)
    campaign.slug = _free_slug(session, campaign)
    note = write_note(session, campaign, TalkKind.APPROVED, body, actor, optional=True)
    mails.decided(session, campaign, note)
    return campaign


def take_review(
    session: Session, *, campaign_id: UUID, over: bool = False, actor: Actor
) -> Campaign:
    """Take a plan to look after it; ``over``: also from a colleague. What is one's own stays so.

    It keeps nobody else from reviewing it: it tells who does, and who hears what is said, also
    once it is live. Raises ``TransitionError`` when another coach has it.
    """
    campaign = _with_coach(session, campaign_id)
    require_reviewer(session, campaign, actor)
    if campaign.coach_id == actor.person_id:
        return campaign
    if campaign.coach_id is not None and not over:
        raise TransitionError("review_taken", state=campaign.status, action="take_review")
    campaign.coach_id, campaign.coach_since = actor.person_id, clock.now()
    _record_coach(session, campaign, Action.CAMPAIGN_REVIEW_TAKEN, actor)
    return campaign


def put_review_back(session: Session, *, campaign_id: UUID, actor: Actor) -> Campaign:
    """Put back what one took, for a colleague. Twice is once."""
    campaign = _with_coach(session, campaign_id)
    require_reviewer(session, campaign, actor)
    if campaign.coach_id is None:
        return campaign
    if campaign.coach_id != actor.person_id:
        raise TransitionError("review_taken", state=campaign.status, action="put_review_back")
    campaign.coach_id = campaign.coach_since = None
    _record_coach(session, campaign, Action.CAMPAIGN_REVIEW_PUT_BACK, actor)
    return campaign


def _record_coach(session: Session, campaign: Campaign, action: Action, actor: Actor) -> None:
    audit.record(session, actor=actor, action=action, subject=campaign_subject(campaign))


def _judge_opening(campaign: Campaign, bounds: CampaignSettings) -> None:
    today, day = clock.today(), campaign.deadline_on
    if day is not None and deadline_fault(day, bounds, today=today) == "deadline_too_soon":
        raise DomainError("deadline_too_soon_to_open", min_days=bounds.min_days)
    if gaps(pitch_facts(campaign), bounds, today=today):
        raise DomainError("pitch_incomplete")


def _decide(
    session: Session,
    campaign_id: UUID,
    action: str,
    kind: TalkKind,
    body: str,
    actor: Actor,
    part: ReviewPart | None = None,
) -> Campaign:
    campaign = locked_campaign(session, campaign_id)
    require_reviewer(session, campaign, actor)
    move_campaign(session, campaign=campaign, action=action, actor=actor, reason=body)
    campaign.decided_at = clock.now()
    note = write_note(session, campaign, kind, body, actor, part=part)
    mails.decided(session, campaign, note)
    return campaign


def _in_review(session: Session, campaign_id: UUID) -> Campaign:
    campaign = locked_campaign(session, campaign_id)
    if campaign.status != CampaignStatus.SUBMITTED:
        raise TransitionError("not_in_review", state=campaign.status, action="talk")
    return campaign


def _with_coach(session: Session, campaign_id: UUID) -> Campaign:
    campaign = locked_campaign(session, campaign_id)
    if CampaignStatus(campaign.status) in WITHOUT_TALK:
        raise TransitionError("not_in_review", state=campaign.status, action="take_review")
    return campaign


def _free_slug(session: Session, campaign: Campaign) -> str:
    """An address made of the title; a second campaign of the same name gets a number.

    Two that open at the same moment under one name choose one after another.
    """
    base = slug_of(campaign.title)
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(base, 0))))
    alike = select(Campaign.slug).where(
        Campaign.slug.startswith(base, autoescape=True), Campaign.id != campaign.id
    )
    slugs_in_use = set(session.scalars(alike))
    candidates = (f"{base}-{number}" for number in count(2))
    return next(slug for slug in chain([base], candidates) if slug not in slugs_in_use)
