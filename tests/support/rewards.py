"""What a donor chooses, and what became of it, as tests say it."""

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.rewards.models import Reward
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rewards.models import RewardChoice
from voorjebuurt.pledges.rewards.rules import Address, RewardWish

HOME = Address("Rozenplein 12", "1234 AB", "Bloemendam")


def wish_for(reward: Reward, address: Address = HOME) -> RewardWish:
    """The wish of Noor for a reward, with her address."""
    return RewardWish(reward.id, "Noor Visser", address)


def state_of(session: Session, gift: Pledge) -> str | None:
    """What the choice of a gift is worth; None without one."""
    choice = session.get(RewardChoice, gift.id, populate_existing=True)
    return choice.state if choice else None


def taken_of(session: Session, reward: Reward) -> int:
    """How many of a reward are taken, as the database counts."""
    session.refresh(reward)
    return reward.taken
