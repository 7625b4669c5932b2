"""The changed plan: its initiator sends it, a coach approves it or sends it back."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import campaign_subject
from voorjebuurt.campaigns.members.acting import has_part, require_member
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import held
from voorjebuurt.people.rules import Role
from voorjebuurt.pledges.near_miss import mails
from voorjebuurt.pledges.near_miss.models import NearMiss
from voorjebuurt.pledges.near_miss.rows import locked_near_miss, move_near_miss
from voorjebuurt.pledges.near_miss.rules import (
    Measure,
    NearMissState,
    Plan,
    new_minimum,
    plan_fault,
)


def send_plan(
    session: Session, *, campaign_id: UUID, plan: Plan, match_cents: int, actor: Actor
) -> None:
    """Hand the changed plan in to a coach; ``match_cents`` is what funds would add to it.

    Raises ``DomainError`` at the field where the plan is wrong, or when its term is over;
    ``ForbiddenError`` for anybody but the initiator; ``TransitionError`` when it was sent already.
    """
    campaign, near_miss = locked_near_miss(session, campaign_id)
    require_member(session, campaign, actor)
    plan = replace(plan, left_out=plan.left_out.strip())
    if near_miss.state == NearMissState.PLANNING:
        _check_plan(session, near_miss, plan, match_cents)
    move_near_miss(campaign, near_miss, "send")
    for line, cents in zip(near_miss.lines, plan.line_cents, strict=True):
        line.new_cents = cents
    near_miss.left_out, near_miss.asks_rest = plan.left_out, plan.asks_rest
    near_miss.budget_cents = sum(plan.line_cents)
    near_miss.minimum_cents = new_minimum(near_miss.budget_cents, near_miss.old_minimum_cents)
    near_miss.sent_at, near_miss.sent_by = clock.now(), actor.person_id
    near_miss.reviewed_at = near_miss.reviewed_by = None
    audit.record(
        session,
        actor=actor,
        action=Action.CAMPAIGN_PLAN_SENT,
        subject=campaign_subject(campaign),
        detail={
            "budget_cents": near_miss.budget_cents,
            "minimum_cents": near_miss.minimum_cents,
            "asks_rest": near_miss.asks_rest,
        },
    )
    mails.plan_waits(session, campaign=campaign, near_miss=near_miss)


def _measure(session: Session, near_miss: NearMiss, match_cents: int) -> Measure:
    """What a plan to which funds add ``match_cents`` is measured against now."""
    crowd_cents = balance(session, held(near_miss.campaign_id))
    return Measure(
        line_cents=[line.old_cents for line in near_miss.lines],
        minimum_cents=near_miss.old_minimum_cents,
        reached_cents=crowd_cents + match_cents,
    )


def _check_plan(session: Session, near_miss: NearMiss, plan: Plan, match_cents: int) -> None:
    if clock.now() >= near_miss.plan_due_at:
        raise DomainError("plan_too_late")
    if len(plan.line_cents) != len(near_miss.lines):
        raise DomainError("plan_incomplete", field="lines")
    measure = _measure(session, near_miss, match_cents)
    fault = plan_fault(plan, measure)
    if fault is not None:
        code, field = fault
        raise DomainError(code, field=field, reached_cents=measure.reached_cents)


def approve_plan(session: Session, *, campaign_id: UUID, note: str, actor: Actor) -> NearMiss:
    """Let the donors choose, from now on; gifts open again where the plan asks for the rest.

    The match of the plan is for whoever calls this (``matching.live.changed_plans``).
    Raises as ``send_back_plan`` does; the note may be empty.
    """
    campaign, near_miss = _in_review(session, campaign_id, actor)
    if campaign.orphaned_at is not None:
        raise DomainError("campaign_orphaned")
    move_near_miss(campaign, near_miss, "approve")
    _judge(session, campaign, near_miss, Action.CAMPAIGN_PLAN_APPROVED, note, actor)
    near_miss.asked_at = clock.now()
    if near_miss.asks_rest:
        campaign.gifts_again_at, campaign.gifts_again_until = clock.now(), near_miss.ends_at
    mails.plan_judged(session, campaign=campaign, near_miss=near_miss, is_approved=True)
    jobs.defer(session, "pledges.ask_donors", near_miss_id=str(near_miss.id))
    return near_miss


def send_back_plan(session: Session, *, campaign_id: UUID, note: str, actor: Actor) -> None:
    """Return the plan with reasons; it can be sent again up to the day a coach must have seen it.

    Raises ``ForbiddenError`` for who is no coach, or made the campaign; ``DomainError`` without
    reasons or after the term; ``TransitionError`` when it is not in review.
    """
    campaign, near_miss = _in_review(session, campaign_id, actor)
    if not note.strip():
        raise DomainError("note_missing", field="body")
    move_near_miss(campaign, near_miss, "send_back")
    near_miss.plan_due_at = near_miss.review_due_at
    _judge(session, campaign, near_miss, Action.CAMPAIGN_PLAN_RETURNED, note, actor)
    mails.plan_judged(session, campaign=campaign, near_miss=near_miss, is_approved=False)


def _in_review(session: Session, campaign_id: UUID, actor: Actor) -> tuple[Campaign, NearMiss]:
    campaign, near_miss = locked_near_miss(session, campaign_id)
    if Role.COACH.value not in actor.roles:
        raise ForbiddenError("only_coaches")
    if has_part(session, campaign.id, actor.person_id):
        raise ForbiddenError("own_campaign")
    if near_miss.state == NearMissState.REVIEW and clock.now() >= near_miss.review_due_at:
        raise DomainError("review_too_late")
    return campaign, near_miss


def _judge(
    session: Session,
    campaign: Campaign,
    near_miss: NearMiss,
    action: Action,
    note: str,
    actor: Actor,
) -> None:
    near_miss.note = note.strip()
    near_miss.reviewed_at, near_miss.reviewed_by = clock.now(), actor.person_id
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=campaign_subject(campaign),
        reason=near_miss.note or None,
    )
