"""Reading the gifts that came, the latest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, exists, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.rewards.models import Reward
from voorjebuurt.pledges.dedications.models import Dedication
from voorjebuurt.pledges.dedications.queries import donor_name, is_tribute
from voorjebuurt.pledges.models import HiddenWords, Pledge
from voorjebuurt.pledges.queries import COUNTS
from voorjebuurt.pledges.rewards.models import RewardChoice
from voorjebuurt.pledges.rewards.rules import ChoiceState
from voorjebuurt.pledges.rules import GiftPart


@dataclass(frozen=True)
class ListedGift:
    """A gift that was paid (eurocents, without what the donor added for the platform).

    ``name`` is None where the donor does not show it or staff hid it; ``message`` is empty then.
    Of a group's gift it is the group's. ``tribute``: in memory or on behalf of whom, as shown.
    ``is_counted``: it counts for the campaign. ``number`` is what its donor's page shows.
    """

    id: UUID
    name: str | None
    message: str
    amount_cents: int
    status: str
    booked_at: datetime
    is_counted: bool
    reward: str | None
    tribute: str | None = None
    tribute_name: str = ""
    tribute_words: str = ""

    @property
    def number(self) -> str:
        """What both sides call the gift."""
        return str(self.id)[-12:].upper()


def listed_gifts(
    session: Session, campaign_id: UUID, *, limit: int | None = None, offset: int = 0
) -> Sequence[ListedGift]:
    """Gifts that were paid, also those that went back since, the latest first."""
    statement = (
        _GIFTS.where(Pledge.campaign_id == campaign_id, Pledge.booked_at.is_not(None))
        .order_by(Pledge.booked_at.desc(), Pledge.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [ListedGift(*row) for row in session.execute(statement)]


def _is_hidden(part: GiftPart) -> Any:
    return exists().where(HiddenWords.pledge_id == Pledge.id, HiddenWords.part == part.value)


_GIFTS: Select[*tuple[Any, ...]] = (
    select(
        Pledge.id,
        case((and_(Pledge.name_public, ~_is_hidden(GiftPart.NAME)), donor_name()), else_=None),
        case((_is_hidden(GiftPart.MESSAGE), ""), else_=Pledge.message),
        Pledge.amount_cents,
        Pledge.status,
        Pledge.booked_at,
        COUNTS,
        Reward.title,
        case((is_tribute(), Dedication.kind), else_=None),
        case((is_tribute(), Dedication.name), else_=""),
        case((is_tribute(), Dedication.words), else_=""),
    )
    .outerjoin(Dedication, Dedication.pledge_id == Pledge.id)
    .outerjoin(
        RewardChoice,
        and_(RewardChoice.pledge_id == Pledge.id, RewardChoice.state == ChoiceState.GRANT.value),
    )
    .outerjoin(Reward, Reward.id == RewardChoice.reward_id)
)
