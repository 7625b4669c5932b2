"""Who gets which reward, for the initiator: the list, and ticking off what was delivered.

Names are there from the moment that a gift counts. An address is shown once the campaign has
succeeded, for what is sent by post only: before that nothing is sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.members.acting import require_member
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rewards.models import Reward
from voorjebuurt.campaigns.rules import WON
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import NotFoundError, TransitionError
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rewards.models import RewardChoice
from voorjebuurt.pledges.rewards.rules import Address, ChoiceState
from voorjebuurt.pledges.rewards.stock import locked_choice

KEPT_AFTER = timedelta(days=90)
"""So long after a reward was sent its address is kept, for what came back or got lost."""


@dataclass(frozen=True)
class DeliveryRow:
    """One reward that a donor has, or is to have. ``recipient`` is empty for who was erased.

    ``number`` is that of the gift, as its donor's page shows it.
    """

    pledge_id: UUID
    number: str
    title: str
    delivery: str
    place: str
    deliver_by: date
    recipient: str
    address: Address | None
    delivered_at: datetime | None


def deliveries(session: Session, campaign_id: UUID) -> Sequence[DeliveryRow]:
    """All rewards that donors of a campaign have, what is to be delivered first on top."""
    is_won = session.get_one(Campaign, campaign_id).status in WON
    statement = (
        select(RewardChoice, Reward)
        .join(Reward, Reward.id == RewardChoice.reward_id)
        .where(Reward.campaign_id == campaign_id, RewardChoice.state == ChoiceState.GRANT)
        .order_by(
            RewardChoice.delivered_at.is_not(None),
            Reward.deliver_by,
            Reward.title,
            RewardChoice.chosen_at,
            RewardChoice.pledge_id,
        )
    )
    return [_row(choice, reward, is_won) for choice, reward in session.execute(statement)]


def _row(choice: RewardChoice, reward: Reward, is_won: bool) -> DeliveryRow:
    address = Address(choice.street, choice.postcode, choice.town)
    return DeliveryRow(
        pledge_id=choice.pledge_id,
        number=str(choice.pledge_id)[-12:].upper(),
        title=reward.title,
        delivery=reward.delivery,
        place=reward.place,
        deliver_by=reward.deliver_by,
        recipient=choice.recipient,
        address=address if is_won and choice.street else None,
        delivered_at=choice.delivered_at,
    )


def mark_delivery(
    session: Session, *, campaign_id: UUID, pledge_id: UUID, is_delivery: bool, actor: Actor
) -> None:
    """Tick off that a reward was delivered, or take that back. What is so already stays so.

    Raises ``ForbiddenError``, ``NotFoundError``, or ``TransitionError`` before the success.
    """
    pledge = session.get(Pledge, pledge_id, with_for_update=True, populate_existing=True)
    if pledge is None or pledge.campaign_id != campaign_id:
        raise NotFoundError("gift_not_found")
    campaign = locked_campaign(session, campaign_id)
    require_member(session, campaign, actor)
    if campaign.status not in WON:
        raise TransitionError("reward_before_success", state=campaign.status, action="deliver")
    choice = locked_choice(session, pledge_id)
    if choice is None or choice.state != ChoiceState.GRANT:
        raise NotFoundError("reward_not_found")
    if (choice.delivered_at is not None) == is_delivery:
        return
    choice.delivered_at = clock.now() if is_delivery else None
    choice.delivered_by = actor.person_id if is_delivery else None
    session.flush()
    audit.record(
        session,
        actor=actor,
        action=Action.PLEDGE_REWARD_DELIVERED if is_delivery else Action.PLEDGE_REWARD_UNDELIVERED,
        subject=Subject(SubjectKind.PLEDGE, pledge.id, pledge.municipality_id),
        detail={"reward_id": str(choice.reward_id)},
    )


def forget_addresses(session: Session) -> None:
    """Take away the addresses of rewards that were sent some time ago."""
    is_old = RewardChoice.delivered_at < clock.now() - KEPT_AFTER
    statement = update(RewardChoice).where(is_old, RewardChoice.street != "")
    session.execute(statement.values(street="", postcode="", town=""))
