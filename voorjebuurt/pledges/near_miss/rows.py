"""The row of a near miss: found, moved, ended. Its campaign's row is held by the caller."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.lifecycle import bump_version, locked_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.payments.models import Payment
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.near_miss.models import NearMiss, NearMissAnswer
from voorjebuurt.pledges.near_miss.rules import (
    NEAR_MISS_TRANSITIONS,
    NearMissOutcome,
    NearMissState,
)
from voorjebuurt.pledges.rules import NoAnswer, PledgeStatus


def open_near_miss(session: Session, campaign_id: UUID) -> NearMiss | None:
    """The near miss of a campaign that is not over, held until the commit."""
    statement = select(NearMiss).where(
        NearMiss.campaign_id == campaign_id, NearMiss.state != NearMissState.OVER
    )
    return session.scalar(statement.with_for_update().execution_options(populate_existing=True))


def locked_near_miss(session: Session, campaign_id: UUID) -> tuple[Campaign, NearMiss]:
    """The campaign and its near miss, held in this order. Raises ``NotFoundError`` without one."""
    campaign = locked_campaign(session, campaign_id)
    near_miss = open_near_miss(session, campaign_id)
    if near_miss is None:
        raise NotFoundError("near_miss_not_found")
    return campaign, near_miss


def move_near_miss(campaign: Campaign, near_miss: NearMiss, action: str) -> None:
    """Take it through one transition. Raises ``TransitionError`` when the table refuses it."""
    state = NEAR_MISS_TRANSITIONS.after(NearMissState(near_miss.state), action)
    near_miss.state = state.value
    bump_version(campaign)


def end_near_miss(campaign: Campaign, near_miss: NearMiss, outcome: NearMissOutcome) -> None:
    """Write down the outcome; a second turn for gifts ends with it."""
    move_near_miss(campaign, near_miss, "end")
    near_miss.outcome, near_miss.decided_at = outcome.value, clock.now()
    end_second_turn(campaign)


def end_second_turn(campaign: Campaign) -> None:
    """Take no gifts from now on; what was paid before this moment still counts."""
    if campaign.gifts_again_until is not None and campaign.gifts_again_until > clock.now():
        campaign.gifts_again_until = clock.now()


def stop_near_miss(session: Session, campaign: Campaign) -> None:
    """Staff end the campaign: its near miss ends with it, if there is one."""
    near_miss = open_near_miss(session, campaign.id)
    if near_miss is not None:
        end_near_miss(campaign, near_miss, NearMissOutcome.STOP)


def asked_gifts(session: Session, near_miss: NearMiss, *, silent: bool = False) -> Sequence[UUID]:
    """The gifts whose donors are asked; ``silent``: only those that were not answered yet.

    Who paid in a second turn knew the changed plan: that gift is given to it and stays.
    """
    if near_miss.asked_at is None:
        return []
    statement = (
        select(Pledge.id)
        .join(Payment, Payment.pledge_id == Pledge.id)
        .where(
            Pledge.campaign_id == near_miss.campaign_id,
            Pledge.status == PledgeStatus.BOOKED,
            Payment.booked_as == "contribution",
            Payment.paid_at < near_miss.asked_at,
        )
        .order_by(Pledge.booked_at, Pledge.id)
    )
    if silent:
        statement = statement.where(~_is_answered(near_miss))
    return session.scalars(statement).all()


def gifts_to_return(session: Session, near_miss: NearMiss) -> Sequence[UUID]:
    """The gifts that go back because their donors did not answer, as was said at pledging."""
    silent = asked_gifts(session, near_miss, silent=True)
    statement = select(Pledge.id).where(Pledge.id.in_(silent), Pledge.no_answer == NoAnswer.BACK)
    return session.scalars(statement.order_by(Pledge.booked_at, Pledge.id)).all()


def passed_over(session: Session, pledge: Pledge, *, paid_at: datetime) -> bool:
    """Whether a gift was paid before a near miss that succeeded asked its donors, was not heard of
    in time to be asked, and was to go back without an answer.
    """
    statement = select(NearMiss.id).where(
        NearMiss.campaign_id == pledge.campaign_id,
        NearMiss.outcome == NearMissOutcome.SUCCESS,
        NearMiss.asked_at > paid_at,
    )
    is_missed = session.scalars(statement.limit(1)).first() is not None
    return is_missed and pledge.no_answer == NoAnswer.BACK


def _is_answered(near_miss: NearMiss) -> ColumnElement[bool]:
    return exists().where(
        NearMissAnswer.near_miss_id == near_miss.id, NearMissAnswer.pledge_id == Pledge.id
    )
