"""The row of a near miss: found, moved, ended. Its campaign's row is held by the caller."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.lifecycle import bump_version, locked_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.near_miss.models import NearMiss
from voorjebuurt.pledges.near_miss.rules import (
    NEAR_MISS_TRANSITIONS,
    NearMissOutcome,
    NearMissState,
)
from voorjebuurt.pledges.rules import NoAnswer


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
