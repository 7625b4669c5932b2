"""Keeping a reward for who pays, giving it to whose gift counts, and letting it go again.

Whoever calls a function here holds the campaign's row, so that of one campaign all of it comes
after each other. Of what there is never more is taken: a trigger counts, and a constraint refuses.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.rewards.models import Reward
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.rules import UNPAID_FINAL, PaymentStatus
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rewards.models import RewardChoice
from voorjebuurt.pledges.rewards.rules import ChoiceState
from voorjebuurt.pledges.rules import PledgeStatus


def locked_reward(session: Session, reward_id: UUID) -> Reward:
    """The reward's row, held until the commit. Its campaign's is held by the caller."""
    return session.get_one(Reward, reward_id, with_for_update=True, populate_existing=True)


def locked_choice(session: Session, pledge_id: UUID) -> RewardChoice | None:
    """The reward chosen with a gift, as it is now; None for a gift without one."""
    return session.get(RewardChoice, pledge_id, with_for_update=True, populate_existing=True)


def hold_reward(session: Session, *, pledge_id: UUID, minutes: int) -> bool:
    """Keep the chosen reward while its donor pays; False when nothing is left of it.

    A hold that is over begins anew only here, and pressing the button again makes none longer.
    """
    choice = locked_choice(session, pledge_id)
    now = clock.now()
    is_kept = choice is not None and choice.hold_until is not None and choice.hold_until > now
    if choice is None or is_kept or choice.state == ChoiceState.GRANT:
        return True
    reward = locked_reward(session, choice.reward_id)
    _let_go(session, reward)
    session.refresh(choice)
    is_theirs = choice.state == ChoiceState.HOLD
    if reward.stopped_at is not None or (reward.left == 0 and not is_theirs):
        return False
    choice.state = ChoiceState.HOLD.value
    choice.hold_until = now + timedelta(minutes=minutes)
    session.flush()
    session.refresh(reward)
    return True


def follow_gift(session: Session, *, pledge: Pledge) -> None:
    """Bring the choice in line with a gift whose state has just changed.

    A gift that counts has its reward, if one is left; of one that goes back the reward is free
    again. What was delivered stays given: it is with the donor.
    """
    choice = locked_choice(session, pledge.id)
    if choice is None or choice.delivered_at is not None:
        return
    if pledge.status == PledgeStatus.BOOKED:
        _grant(session, pledge, choice)
    elif pledge.status != PledgeStatus.OPEN:
        release(session, choice)
        choice.street = choice.postcode = choice.town = ""
        session.flush()


def _grant(session: Session, pledge: Pledge, choice: RewardChoice) -> None:
    if choice.state == ChoiceState.GRANT:
        return
    reward = locked_reward(session, choice.reward_id)
    if choice.state != ChoiceState.HOLD:
        _let_go(session, reward)
    is_there = choice.state == ChoiceState.HOLD or reward.left != 0
    choice.state = (ChoiceState.GRANT if is_there else ChoiceState.SHORTAGE).value
    choice.hold_until = None
    session.flush()
    session.refresh(reward)
    audit.record(
        session,
        actor=SYSTEM,
        action=Action.PLEDGE_REWARD_GRANTED if is_there else Action.PLEDGE_REWARD_LACKED,
        subject=Subject(SubjectKind.PLEDGE, pledge.id, pledge.municipality_id),
        detail={"reward_id": str(reward.id)},
    )


def release(session: Session, choice: RewardChoice) -> None:
    """Let others take what was kept or given; a second time changes nothing."""
    if choice.state == ChoiceState.RELEASE:
        return
    reward = locked_reward(session, choice.reward_id)
    choice.state, choice.hold_until = ChoiceState.RELEASE.value, None
    session.flush()
    session.refresh(reward)


def is_being_paid() -> ColumnElement[bool]:
    """SQL for: a payment of the gift may still succeed, or has and is not booked yet."""
    return exists().where(
        Payment.pledge_id == RewardChoice.pledge_id,
        Payment.status.not_in(sorted(UNPAID_FINAL)),
        Payment.booked_at.is_(None),
    )


def _is_over(now: datetime) -> ColumnElement[bool]:
    """SQL for: kept for long enough, and not paid in time by what the provider said already."""
    is_paid = exists().where(
        Payment.pledge_id == RewardChoice.pledge_id,
        Payment.status == PaymentStatus.PAID,
        Payment.booked_at.is_(None),
    )
    return (RewardChoice.hold_until <= now) & ~is_paid


def _let_go(session: Session, reward: Reward) -> None:
    """Let go what was kept of a reward for longer than its term."""
    statement = (
        select(RewardChoice)
        .where(RewardChoice.reward_id == reward.id, _is_over(clock.now()))
        # The order in which who erases a donor goes through their gifts.
        .order_by(RewardChoice.pledge_id)
    )
    for choice in session.scalars(statement.with_for_update(of=RewardChoice)).all():
        choice.state, choice.hold_until = ChoiceState.RELEASE.value, None
    session.flush()
    session.refresh(reward)


def let_go_of_campaign(session: Session, campaign_id: UUID) -> None:
    """Let go all that was kept for too long of a campaign whose row is held."""
    for reward_id in session.scalars(
        select(Reward.id).where(Reward.campaign_id == campaign_id).order_by(Reward.id)
    ):
        _let_go(session, locked_reward(session, reward_id))


def campaigns_with_old_holds(session: Session) -> Sequence[UUID]:
    """Campaigns of which something is kept for longer than its term."""
    statement = (
        select(Reward.campaign_id)
        .join(RewardChoice, RewardChoice.reward_id == Reward.id)
        .where(_is_over(clock.now()))
        .distinct()
    )
    return session.scalars(statement).all()
