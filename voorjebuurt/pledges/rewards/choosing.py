"""Choosing a reward with a gift that is not paid yet, and another one, or none."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.rewards.models import Reward
from voorjebuurt.campaigns.rewards.rules import Delivery
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rewards.models import RewardChoice
from voorjebuurt.pledges.rewards.rules import Address, ChoiceState, RewardWish
from voorjebuurt.pledges.rewards.stock import is_being_paid, locked_choice, release
from voorjebuurt.pledges.rules import PledgeStatus


def choose_reward(session: Session, *, pledge: Pledge, wish: RewardWish | None) -> None:
    """Write down which reward goes with a gift that is held and unpaid; None for none.

    Nothing is kept for it yet: that begins with paying. Raises ``DomainError`` at the field: too
    small a gift, no name or address for who gets it, or a reward that is not there (any more).
    """
    campaign = locked_campaign(session, pledge.campaign_id)
    choice = locked_choice(session, pledge.id)
    reward = None if wish is None else _offered(session, campaign.id, wish.reward_id)
    if choice is not None:
        # What was kept for an attempt that came to nothing is free for the gift as it becomes.
        release(session, choice)
    if reward is None or wish is None:
        if choice is not None:
            session.delete(choice)
            session.flush()
        return
    _judge(session, pledge, reward, wish)
    is_sent = reward.delivery == Delivery.POST
    address = wish.address if is_sent else Address()
    if choice is None:
        choice = RewardChoice(pledge_id=pledge.id)
        session.add(choice)
    choice.reward_id = reward.id
    choice.state, choice.hold_until = ChoiceState.WISH.value, None
    choice.chosen_at, choice.recipient = clock.now(), wish.recipient
    choice.street, choice.postcode, choice.town = address.street, address.postcode, address.town
    session.flush()


def _offered(session: Session, campaign_id: UUID, reward_id: UUID) -> Reward:
    reward = session.get(Reward, reward_id, populate_existing=True)
    if reward is None or reward.campaign_id != campaign_id or reward.stopped_at is not None:
        raise DomainError("reward_gone", field="reward")
    return reward


def _judge(session: Session, pledge: Pledge, reward: Reward, wish: RewardWish) -> None:
    if pledge.amount_cents < reward.min_cents:
        raise DomainError("reward_gift_too_low", field="reward", minimum_cents=reward.min_cents)
    if not wish.recipient:
        raise DomainError("reward_name_missing", field="name")
    if reward.delivery == Delivery.POST:
        if not wish.address.street:
            raise DomainError("reward_street_missing", field="reward_street")
        if not wish.address.postcode:
            raise DomainError("reward_postcode_missing", field="reward_postcode")
        if not wish.address.town:
            raise DomainError("reward_town_missing", field="reward_town")
    session.refresh(reward)
    if reward.stock is not None and reward.taken - _over(session, reward) >= reward.stock:
        raise DomainError("reward_gone", field="reward")


def _over(session: Session, reward: Reward) -> int:
    """How many of what is kept is kept for too long."""
    statement = select(func.count()).where(
        RewardChoice.reward_id == reward.id, RewardChoice.hold_until <= clock.now()
    )
    return session.scalar(statement) or 0


def release_unpaid(session: Session, *, pledge_id: UUID) -> None:
    """A payment came to nothing: let go what was kept for it, unless another one may succeed."""
    pledge = session.get_one(Pledge, pledge_id, with_for_update=True, populate_existing=True)
    if session.get(RewardChoice, pledge_id) is None:
        return
    locked_campaign(session, pledge.campaign_id)
    choice = locked_choice(session, pledge_id)
    may_come = select(RewardChoice.pledge_id).where(
        RewardChoice.pledge_id == pledge_id, is_being_paid()
    )
    if choice is None or choice.state != ChoiceState.HOLD or pledge.status != PledgeStatus.OPEN:
        return
    if session.scalar(may_come) is None:
        release(session, choice)
