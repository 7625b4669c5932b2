"""Writing a pitch, step by step, and handing it in.

The author is the initiator, or a guest whose browser began the draft (the web layer knows which);
a guest may write in a draft, and only there. What is saved may have gaps: they matter when the
pitch is submitted.
"""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns import mails
from voorjebuurt.campaigns.lifecycle import campaign_subject, locked_campaign, move_campaign
from voorjebuurt.campaigns.members.acting import is_addressee
from voorjebuurt.campaigns.models import BudgetLine, Campaign
from voorjebuurt.campaigns.pitch_steps import Budget, Idea, Line, Story
from voorjebuurt.campaigns.queries import pitch_facts
from voorjebuurt.campaigns.rewards.service import check_rewards
from voorjebuurt.campaigns.rules import (
    EDITABLE,
    CampaignKind,
    CampaignStatus,
    Step,
    deadline_fault,
    gaps,
    goal_fault,
)
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.places.models import Neighbourhood
from voorjebuurt.settings import CampaignSettings


def start_pitch(
    session: Session,
    *,
    initiator_id: UUID,
    municipality_id: UUID,
    idea: Idea,
    guest_name: str | None = None,
    actor: Actor,
) -> Campaign:
    """Save the first step as a new draft. Its address is chosen when it goes live.

    ``guest_name``: of a guest who typed the initiator's address, which may be somebody else's. The
    draft is theirs when they claim it.
    """
    campaign_id = new_id()
    campaign = Campaign(
        id=campaign_id,
        slug=f"concept-{campaign_id}",
        municipality_id=municipality_id,
        initiator_id=initiator_id,
        guest_name=guest_name,
        created_at=clock.now(),
    )
    _write_idea(campaign, idea)
    session.add(campaign)
    session.flush()
    audit.record(
        session, actor=actor, action=Action.CAMPAIGN_DRAFTED, subject=campaign_subject(campaign)
    )
    if actor.person_id != initiator_id:
        mails.drafted(session, campaign, actor)
    return campaign


def hold_drafts(session: Session, campaign_ids: Collection[UUID]) -> Sequence[UUID]:
    """Hold those that guests began and nobody claimed yet, in the order of their ids; returns them.

    Whoever claims one locks the person too, which comes after every campaign.
    """
    is_unclaimed = Campaign.guest_name.is_not(None)
    statement = select(Campaign.id).where(Campaign.id.in_(campaign_ids), is_unclaimed)
    drafts = sorted(session.scalars(statement).all())
    for campaign_id in drafts:
        locked_campaign(session, campaign_id)
    return drafts


def confirm_draft(session: Session, *, campaign_id: UUID, person_id: UUID) -> str:
    """Make a draft that a guest began with somebody's address theirs; they confirmed it.

    Returns what the guest was called. Does nothing for a draft of another address, or that is
    theirs already.
    """
    campaign = locked_campaign(session, campaign_id)
    if campaign.guest_name is None or not is_addressee(session, campaign_id, person_id):
        return ""
    guest_name, campaign.guest_name = campaign.guest_name, None
    audit.record(
        session,
        actor=Actor("person", person_id),
        action=Action.CAMPAIGN_CLAIMED,
        subject=campaign_subject(campaign),
    )
    return guest_name


def save_idea(
    session: Session, *, campaign_id: UUID, municipality_id: UUID, idea: Idea, actor: Actor
) -> Campaign:
    """Save the first step again. Another municipality means another neighbourhood, too."""
    campaign = _editable(session, campaign_id, actor)
    if campaign.municipality_id != municipality_id:
        campaign.municipality_id, campaign.neighbourhood_id = municipality_id, None
    _write_idea(campaign, idea)
    audit.record(
        session,
        actor=actor,
        action=Action.CAMPAIGN_EDITED,
        subject=campaign_subject(campaign),
        detail={"step": Step.IDEA.value},
    )
    return campaign


def save_place(
    session: Session,
    *,
    campaign_id: UUID,
    neighbourhood_id: UUID | None,
    location: str,
    actor: Actor,
) -> Campaign:
    """Save the second step: a neighbourhood of the campaign's municipality, and where in it."""
    campaign = _editable(session, campaign_id, actor)
    if neighbourhood_id is not None:
        neighbourhood = session.get(Neighbourhood, neighbourhood_id)
        if neighbourhood is None or neighbourhood.municipality_id != campaign.municipality_id:
            raise DomainError("neighbourhood_elsewhere", field="neighbourhood")
    campaign.neighbourhood_id, campaign.location = neighbourhood_id, location
    audit.record(
        session,
        actor=actor,
        action=Action.CAMPAIGN_EDITED,
        subject=campaign_subject(campaign),
        detail={"step": Step.PLACE.value},
    )
    return campaign


def save_budget(
    session: Session,
    *,
    campaign_id: UUID,
    budget: Budget,
    bounds: CampaignSettings,
    actor: Actor,
) -> Campaign:
    """Save the third step. Without a goal of its own the goal is the budget's total.

    Raises ``DomainError`` for amounts and days that could never be right; what is only missing
    may come later.
    """
    campaign = _editable(session, campaign_id, actor)
    goal_cents = budget.goal_cents
    if goal_cents is None:
        goal_cents = sum(line.amount_cents for line in budget.lines) or None
    minimum_cents = _judged_money(budget, goal_cents, bounds)
    if budget.deadline_on is not None:
        _judge_deadline(budget.deadline_on, bounds)
    _replace_lines(session, campaign, budget.lines)
    campaign.kind = budget.kind.value
    campaign.goal_cents, campaign.minimum_cents = goal_cents, minimum_cents
    campaign.deadline_on = budget.deadline_on
    campaign.extension_days = bounds.extension_days if budget.may_extend else 0
    campaign.extension_percent = bounds.extension_percent if budget.may_extend else 0
    audit.record(
        session,
        actor=actor,
        action=Action.CAMPAIGN_EDITED,
        subject=campaign_subject(campaign),
        detail={"step": Step.BUDGET.value},
    )
    return campaign


def save_story(session: Session, *, campaign_id: UUID, story: Story, actor: Actor) -> Campaign:
    """Save the fourth step."""
    campaign = _editable(session, campaign_id, actor)
    campaign.story, campaign.worse_off = story.story, story.worse_off
    campaign.leftovers, campaign.needs = story.leftovers, story.needs
    campaign.picture_key, campaign.picture_alt = story.picture_key, story.picture_alt
    audit.record(
        session,
        actor=actor,
        action=Action.CAMPAIGN_EDITED,
        subject=campaign_subject(campaign),
        detail={"step": Step.STORY.value},
    )
    return campaign


def submit_pitch(
    session: Session, *, campaign_id: UUID, bounds: CampaignSettings, actor: Actor
) -> Campaign:
    """Hand the pitch to the coaches. Raises ``DomainError`` while something is missing."""
    campaign = locked_campaign(session, campaign_id)
    if actor.kind == "guest":
        raise ForbiddenError("sign_in_to_submit")
    _require_author(session, campaign, actor)
    facts = pitch_facts(campaign)
    if gaps(facts, bounds, today=clock.today()):
        raise DomainError("pitch_incomplete")
    check_rewards(session, campaign)
    move_campaign(session, campaign=campaign, action="submit", actor=actor)
    campaign.submitted_at = clock.now()
    mails.submitted(session, campaign)
    return campaign


def withdraw_pitch(session: Session, *, campaign_id: UUID, actor: Actor) -> Campaign:
    """Take back a pitch that isn't live yet."""
    campaign = locked_campaign(session, campaign_id)
    if actor.kind == "guest":
        raise ForbiddenError("sign_in_to_submit")
    _require_author(session, campaign, actor)
    move_campaign(session, campaign=campaign, action="withdraw", actor=actor)
    mails.withdrawn(session, campaign)
    return campaign


def _editable(session: Session, campaign_id: UUID, actor: Actor) -> Campaign:
    campaign = locked_campaign(session, campaign_id)
    _require_author(session, campaign, actor)
    if campaign.status not in EDITABLE:
        raise TransitionError("pitch_not_editable", state=campaign.status, action="edit")
    return campaign


def _require_author(session: Session, campaign: Campaign, actor: Actor) -> None:
    is_guests = campaign.status == CampaignStatus.DRAFT and campaign.guest_name is not None
    if actor.kind == "guest" and is_guests:
        return
    if is_addressee(session, campaign.id, actor.person_id):
        return
    raise ForbiddenError("not_your_campaign")


def _write_idea(campaign: Campaign, idea: Idea) -> None:
    campaign.title, campaign.summary, campaign.for_whom = idea.title, idea.summary, idea.for_whom
    campaign.theme = idea.theme.value if idea.theme else None
    campaign.group_name = idea.group_name


def _judged_money(budget: Budget, goal_cents: int | None, bounds: CampaignSettings) -> int | None:
    """The minimum that goes with the budget, after judging both amounts."""
    budget_cents = sum(line.amount_cents for line in budget.lines)
    if goal_cents is not None:
        fault = goal_fault(goal_cents, budget_cents, bounds)
        if fault is not None:
            raise DomainError(fault[0], field="goal", **fault[1])
    if budget.kind is CampaignKind.KEEP_WHAT_COMES:
        # Any amount is enough; the goal stands in, so that no lower bar is shown anywhere.
        return goal_cents
    minimum_cents = budget.minimum_cents
    if minimum_cents == 0:
        raise DomainError("minimum_zero", field="minimum")
    if minimum_cents is not None and (goal_cents is None or minimum_cents > goal_cents):
        raise DomainError("minimum_above_goal", field="minimum", goal_cents=goal_cents or 0)
    return minimum_cents if minimum_cents is not None else goal_cents


def _judge_deadline(day: date, bounds: CampaignSettings) -> None:
    fault = deadline_fault(day, bounds, today=clock.today())
    if fault is not None:
        days = {"min_days": bounds.min_days, "max_days": bounds.max_days}
        raise DomainError(fault, field="deadline", **days)


def _replace_lines(session: Session, campaign: Campaign, lines: Sequence[Line]) -> None:
    session.execute(delete(BudgetLine).where(BudgetLine.campaign_id == campaign.id))
    session.add_all(
        BudgetLine(
            campaign_id=campaign.id,
            position=position,
            label=line.label,
            amount_cents=line.amount_cents,
        )
        for position, line in enumerate(lines, 1)
    )
    session.flush()
    session.refresh(campaign, ["budget"])
