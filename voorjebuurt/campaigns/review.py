"""Reviewing a pitch: the talk between coach and initiator, and what comes of it.

Nobody reviews their own campaign.
"""

from itertools import chain, count
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns import mails
from voorjebuurt.campaigns.lifecycle import locked_campaign, move_campaign
from voorjebuurt.campaigns.models import Campaign, ReviewNote
from voorjebuurt.campaigns.queries import pitch_facts
from voorjebuurt.campaigns.rules import CampaignStatus, deadline_fault, gaps
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import (
    DomainError,
    ForbiddenError,
    InvariantError,
    TransitionError,
)
from voorjebuurt.kernel.slugs import slug_of
from voorjebuurt.people.rules import Role
from voorjebuurt.settings import CampaignSettings


def ask_question(session: Session, *, campaign_id: UUID, body: str, actor: Actor) -> ReviewNote:
    """A coach asks the initiator something; the pitch stays in review."""
    campaign = _in_review(session, campaign_id)
    _require_coach(campaign, actor)
    note = _note(session, campaign, "question", body, actor)
    mails.asked(session, campaign, note)
    return note


def answer_question(session: Session, *, campaign_id: UUID, body: str, actor: Actor) -> ReviewNote:
    """The initiator answers, or adds something of their own accord."""
    campaign = _in_review(session, campaign_id)
    if actor.person_id != campaign.initiator_id:
        raise ForbiddenError("not_your_campaign")
    note = _note(session, campaign, "answer", body, actor)
    mails.answered(session, campaign, note)
    return note


def send_back(session: Session, *, campaign_id: UUID, body: str, actor: Actor) -> Campaign:
    """Return the pitch to its initiator with reasons; it can be changed and handed in again."""
    return _decide(session, campaign_id, "send_back", "returned", body, actor)


def reject(session: Session, *, campaign_id: UUID, body: str, actor: Actor) -> Campaign:
    """Refuse the pitch for good, with a reason."""
    return _decide(session, campaign_id, "reject", "rejected", body, actor)


def open_campaign(
    session: Session,
    *,
    campaign_id: UUID,
    bounds: CampaignSettings,
    actor: Actor,
    body: str = "",
) -> Campaign:
    """Approve the pitch: it goes live now, until the midnight that ends its last day.

    Raises ``DomainError`` when the deadline has come too near since it was submitted, or when
    the pitch does not meet the rules any more.
    """
    campaign = locked_campaign(session, campaign_id)
    _require_coach(campaign, actor)
    if campaign.status == CampaignStatus.SUBMITTED:
        _judge_opening(campaign, bounds)
    move_campaign(session, campaign=campaign, action="open", actor=actor)
    if campaign.deadline_on is None:
        raise InvariantError(f"campaign {campaign.id} was submitted without a deadline")
    campaign.opened_at = campaign.decided_at = clock.now()
    campaign.closes_at = clock.end_of_day(campaign.deadline_on)
    campaign.slug = _free_slug(session, campaign)
    note = _note(session, campaign, "approved", body, actor, optional=True)
    mails.decided(session, campaign, note)
    return campaign


def _judge_opening(campaign: Campaign, bounds: CampaignSettings) -> None:
    today, day = clock.today(), campaign.deadline_on
    if day is not None and deadline_fault(day, bounds, today=today) == "deadline_too_soon":
        raise DomainError("deadline_too_soon_to_open", min_days=bounds.min_days)
    if gaps(pitch_facts(campaign), bounds, today=today):
        raise DomainError("pitch_incomplete")


def _decide(
    session: Session, campaign_id: UUID, action: str, kind: str, body: str, actor: Actor
) -> Campaign:
    campaign = locked_campaign(session, campaign_id)
    _require_coach(campaign, actor)
    move_campaign(session, campaign=campaign, action=action, actor=actor, reason=body)
    campaign.decided_at = clock.now()
    note = _note(session, campaign, kind, body, actor)
    mails.decided(session, campaign, note)
    return campaign


def _in_review(session: Session, campaign_id: UUID) -> Campaign:
    campaign = locked_campaign(session, campaign_id)
    if campaign.status != CampaignStatus.SUBMITTED:
        raise TransitionError("not_in_review", state=campaign.status, action="talk")
    return campaign


def _require_coach(campaign: Campaign, actor: Actor) -> None:
    if Role.COACH.value not in actor.roles:
        raise ForbiddenError("only_coaches")
    if actor.person_id == campaign.initiator_id:
        raise ForbiddenError("own_campaign")


def _note(
    session: Session,
    campaign: Campaign,
    kind: str,
    body: str,
    actor: Actor,
    *,
    optional: bool = False,
) -> ReviewNote:
    if not body.strip() and not optional:
        raise DomainError("note_missing", field="body")
    if actor.person_id is None:
        raise ForbiddenError("only_coaches")
    note = ReviewNote(
        campaign_id=campaign.id,
        author_id=actor.person_id,
        kind=kind,
        body=body.strip(),
        at=clock.now(),
    )
    session.add(note)
    session.flush()
    return note


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
