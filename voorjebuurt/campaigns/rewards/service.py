"""Adding rewards, and ending them.

Whoever gives chooses by what the page says. So a reward is never changed: in a plan that nobody
sees yet it can be removed, and on a live page it can only be given no longer; who has it keeps it.
"""

from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import bump_version, campaign_subject, locked_campaign
from voorjebuurt.campaigns.members.acting import acts_for, is_addressee
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rewards.models import Reward
from voorjebuurt.campaigns.rewards.rules import (
    CHANGEABLE,
    MAX_REWARDS,
    MAX_STOCK,
    RewardTerms,
    fault_of,
)
from voorjebuurt.campaigns.rules import EDITABLE, PUBLIC, CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import (
    DomainError,
    ForbiddenError,
    NotFoundError,
    TransitionError,
)
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.people.rules import Role
from voorjebuurt.settings import PledgeSettings


def add_reward(
    session: Session,
    *,
    campaign_id: UUID,
    terms: RewardTerms,
    bounds: PledgeSettings,
    actor: Actor,
) -> Reward:
    """Add a reward to a plan or to a live campaign.

    Raises ``DomainError`` at the field that is wrong, or for one too many; ``ForbiddenError``;
    ``TransitionError`` where nothing can be added (any more).
    """
    campaign = _held(session, campaign_id, actor, CHANGEABLE)
    if not bounds.min_cents <= terms.min_cents <= bounds.max_cents:
        raise DomainError(
            "reward_amount_out_of_bounds",
            field="min_amount",
            minimum_cents=bounds.min_cents,
            maximum_cents=bounds.max_cents,
        )
    fault = fault_of(terms, today=clock.today(), last_day=campaign.deadline_on)
    if fault is not None:
        raise DomainError(fault[1], field=fault[0], maximum=MAX_STOCK)
    count = select(func.count()).where(Reward.campaign_id == campaign.id)
    if (session.scalar(count) or 0) >= MAX_REWARDS:
        raise DomainError("reward_too_many", maximum=MAX_REWARDS)
    reward = Reward(
        id=new_id(),
        campaign_id=campaign.id,
        title=terms.title,
        description=terms.description,
        min_cents=terms.min_cents,
        stock=terms.stock,
        delivery=terms.delivery.value,
        place=terms.place,
        deliver_by=terms.deliver_by,
        added_at=clock.now(),
        added_by=actor.person_id,
    )
    session.add(reward)
    _note(session, campaign, reward, Action.CAMPAIGN_REWARD_ADDED, actor)
    return reward


def remove_reward(session: Session, *, campaign_id: UUID, reward_id: UUID, actor: Actor) -> None:
    """Take a reward out of a plan that nobody sees yet. What is gone already changes nothing.

    Raises ``ForbiddenError`` or ``TransitionError``.
    """
    campaign = _held(session, campaign_id, actor, EDITABLE)
    reward = session.get(Reward, reward_id)
    if reward is None or reward.campaign_id != campaign.id:
        return
    session.delete(reward)
    _note(session, campaign, reward, Action.CAMPAIGN_REWARD_REMOVED, actor)


def stop_reward(
    session: Session, *, campaign_id: UUID, reward_id: UUID, actor: Actor, reason: str = ""
) -> None:
    """Give a reward no more from now on; who has it keeps it. A second time changes nothing.

    The initiator does so, or staff, who say why. Raises ``DomainError`` at ``reason``,
    ``ForbiddenError``, ``NotFoundError``, or ``TransitionError``.
    """
    is_staff = Role.STAFF in actor.roles
    campaign = _held(session, campaign_id, actor, PUBLIC, staff=True)
    is_own = acts_for(session, campaign.id, actor.person_id)
    if is_staff and not is_own and not reason.strip():
        raise DomainError("reason_needed", field="reason")
    reward = session.get(Reward, reward_id, with_for_update=True, populate_existing=True)
    if reward is None or reward.campaign_id != campaign.id:
        raise NotFoundError("reward_not_found")
    if reward.stopped_at is not None:
        return
    reward.stopped_at, reward.stopped_by = clock.now(), actor.person_id
    _note(session, campaign, reward, Action.CAMPAIGN_REWARD_STOPPED, actor, reason.strip())


def forget_rewards(session: Session, campaign_id: UUID) -> None:
    """Throw away the rewards of a plan that goes and that nobody could give to."""
    session.execute(delete(Reward).where(Reward.campaign_id == campaign_id))


def check_rewards(session: Session, campaign: Campaign) -> None:
    """Raise ``DomainError`` when a plan promises a reward before people can no longer give."""
    first = session.scalar(
        select(func.min(Reward.deliver_by)).where(Reward.campaign_id == campaign.id)
    )
    if first is not None and campaign.deadline_on is not None and first <= campaign.deadline_on:
        raise DomainError("reward_before_last_day")


def _held(
    session: Session,
    campaign_id: UUID,
    actor: Actor,
    states: frozenset[CampaignStatus],
    *,
    staff: bool = False,
) -> Campaign:
    """The campaign, held, of which the actor may change a reward in its present state.

    In a draft that may be a guest whose browser began it, as the web layer knows.
    """
    campaign = locked_campaign(session, campaign_id)
    is_own = is_addressee(session, campaign.id, actor.person_id)
    is_theirs = is_own or (staff and Role.STAFF in actor.roles)
    is_draft = campaign.status == CampaignStatus.DRAFT and campaign.guest_name is not None
    is_guest = actor.kind == "guest" and is_draft
    if not is_theirs and not is_guest:
        raise ForbiddenError("not_your_campaign")
    if CampaignStatus(campaign.status) not in states:
        raise TransitionError("wrong_state", state=campaign.status, action="change_rewards")
    return campaign


def _note(
    session: Session,
    campaign: Campaign,
    reward: Reward,
    action: Action,
    actor: Actor,
    reason: str = "",
) -> None:
    bump_version(campaign)
    session.flush()
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=campaign_subject(campaign),
        reason=reason or None,
        detail={"reward_id": str(reward.id), "min_cents": reward.min_cents},
    )
