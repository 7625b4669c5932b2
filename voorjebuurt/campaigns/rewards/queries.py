"""The rewards of a campaign, as its page and its initiator see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.rewards.models import Reward


@dataclass(frozen=True)
class RewardRow:
    """A reward (eurocents). ``left`` is how many can still be chosen, None without a limit."""

    id: UUID
    title: str
    description: str
    min_cents: int
    stock: int | None
    taken: int
    left: int | None
    delivery: str
    place: str
    deliver_by: date
    stopped: bool

    @property
    def can_be_taken(self) -> bool:
        """Whether a donor may choose it now."""
        return not self.stopped and self.left != 0


def rewards_of(session: Session, campaign_id: UUID) -> Sequence[RewardRow]:
    """Every reward of a campaign, those for the smallest gifts first."""
    statement = select(Reward).where(Reward.campaign_id == campaign_id)
    rows = session.scalars(statement.order_by(Reward.min_cents, Reward.added_at, Reward.id))
    return [_row(reward) for reward in rows]


def offered_rewards(session: Session, campaign_id: UUID) -> Sequence[RewardRow]:
    """Those that the page shows: not the ones that are not given any more."""
    return [row for row in rewards_of(session, campaign_id) if not row.stopped]


def reward_parts(session: Session, campaign_id: UUID) -> list[list[object]]:
    """What a plan promises, to be held against later (``kernel.versions``)."""
    return [
        [
            *(row.title, row.description, row.min_cents, row.stock),
            *(row.delivery, row.place, row.deliver_by, row.stopped),
        ]
        for row in rewards_of(session, campaign_id)
    ]


def _row(reward: Reward) -> RewardRow:
    return RewardRow(
        id=reward.id,
        title=reward.title,
        description=reward.description,
        min_cents=reward.min_cents,
        stock=reward.stock,
        taken=reward.taken,
        left=reward.left,
        delivery=reward.delivery,
        place=reward.place,
        deliver_by=reward.deliver_by,
        stopped=reward.stopped_at is not None,
    )
