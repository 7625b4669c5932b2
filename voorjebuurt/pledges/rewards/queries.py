"""The reward of a gift, as its donor sees it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.rewards.models import Reward
from voorjebuurt.pledges.rewards.models import RewardChoice
from voorjebuurt.pledges.rewards.rules import Address


@dataclass(frozen=True)
class GiftReward:
    """The reward that was chosen with a gift (eurocents), and where that stands."""

    reward_id: UUID
    title: str
    min_cents: int
    delivery: str
    place: str
    deliver_by: date
    state: str
    recipient: str
    address: Address
    delivered_at: datetime | None
    gone: bool
    """Nobody can have it any more who has not got it."""


def reward_of_gift(session: Session, pledge_id: UUID) -> GiftReward | None:
    """The reward of a gift; None for a gift without one."""
    row = session.execute(
        select(RewardChoice, Reward)
        .join(Reward, Reward.id == RewardChoice.reward_id)
        .where(RewardChoice.pledge_id == pledge_id)
    ).one_or_none()
    if row is None:
        return None
    choice, reward = row
    return GiftReward(
        reward_id=reward.id,
        title=reward.title,
        min_cents=reward.min_cents,
        delivery=reward.delivery,
        place=reward.place,
        deliver_by=reward.deliver_by,
        state=choice.state,
        recipient=choice.recipient,
        address=Address(choice.street, choice.postcode, choice.town),
        delivered_at=choice.delivered_at,
        gone=reward.left == 0 or reward.stopped_at is not None,
    )


def has_reward(session: Session, pledge_id: UUID) -> bool:
    """Whether a reward was chosen with a gift."""
    statement = select(RewardChoice.pledge_id).where(RewardChoice.pledge_id == pledge_id)
    return session.scalar(statement) is not None
