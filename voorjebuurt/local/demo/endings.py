"""How campaigns go on after the gifts: stopped, closed, won, lost or called off."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import WON, CampaignStatus
from voorjebuurt.campaigns.service import stop_pledges
from voorjebuurt.kernel import clock
from voorjebuurt.local.demo.changing_plans import ANSWERED_AFTER, change_plan
from voorjebuurt.local.demo.paying_out import pay_out
from voorjebuurt.local.demo.people import initiator
from voorjebuurt.local.demo.stage import Stage
from voorjebuurt.local.demo.stories import Story
from voorjebuurt.payments.models import Payment, Refund
from voorjebuurt.payments.rules import REFUND_UNDECIDED
from voorjebuurt.payments.tasks import sync_later
from voorjebuurt.pledges import closing
from voorjebuurt.pledges.live.stopping import stop_campaign
from voorjebuurt.pledges.models import Pledge

S = CampaignStatus
_REFUNDS_TAKE_DAYS = 2


def end_campaign(stage: Stage, story: Story, campaign_id: UUID) -> None:
    """Bring a live campaign to where its story ends.

    Where something else came in between (a worker, after a load that broke off), that stands.
    """
    life, status = story.life, _status(stage, campaign_id)
    if status is S.LIVE and life.stopped:
        _stop(stage, story, campaign_id)
    if status is S.LIVE and life.cancelled:
        _cancel(stage, story, campaign_id)
    elif status is S.LIVE and life.status is not S.LIVE:
        _close(stage, campaign_id)
    if _status(stage, campaign_id) is S.CLOSING and life.status is not S.CLOSING:
        _decide(stage, story, campaign_id)
    if life.status is S.NEAR_MISS:
        change_plan(stage, story, campaign_id)
    if life.status in (S.FAILED, S.CANCELLED, S.NEAR_MISS):
        _see_refunds_arrive(stage, story, campaign_id)
    if life.payee and _status(stage, campaign_id) in WON:
        pay_out(stage, story, campaign_id)


def _status(stage: Stage, campaign_id: UUID) -> CampaignStatus:
    with stage.runtime.database.reading() as session:
        return CampaignStatus(session.get_one(Campaign, campaign_id).status)


def _stop(stage: Stage, story: Story, campaign_id: UUID) -> None:
    with stage.scene(story.life.stopped_days, 11, 5) as session:
        if session.get_one(Campaign, campaign_id).pledges_stopped_at is None:
            stop_pledges(
                session,
                campaign_id=campaign_id,
                reason=story.life.stopped,
                actor=stage.cast.staff[0],
            )


def _cancel(stage: Stage, story: Story, campaign_id: UUID) -> None:
    with stage.at(story.life.cancelled_days, 14, 20):
        stage.sandbox.set_clock(clock.now())
        with stage.runtime.database.writing() as session:
            if story.life.stopped_by_initiator:
                stop_campaign(
                    session,
                    campaign_id=campaign_id,
                    reason=story.life.cancelled,
                    actor=initiator(session, story.initiator),
                )
            else:
                closing.cancel_campaign(
                    session,
                    campaign_id=campaign_id,
                    reason=story.life.cancelled,
                    actor=stage.cast.staff[0],
                )
        stage.run_jobs()


def _close(stage: Stage, campaign_id: UUID) -> None:
    with stage.runtime.database.reading() as session:
        closes_at = session.get_one(Campaign, campaign_id).closes_at or clock.now()
    with clock.at(closes_at), stage.runtime.database.writing() as session:
        closing.start_closing(session, campaign_id=campaign_id)


def _decide(stage: Stage, story: Story, campaign_id: UUID) -> None:
    with stage.at(story.life.ends + 1, 0, 20):
        stage.sandbox.set_clock(clock.now())
        with stage.runtime.database.writing() as session:
            closing.decide_campaign(
                session, campaign_id=campaign_id, terms=stage.runtime.settings.near_miss
            )
        stage.run_jobs()


def _see_refunds_arrive(stage: Stage, story: Story, campaign_id: UUID) -> None:
    """A while later the provider has paid back, and the site hears of it."""
    end = _refunds_begin(story)
    with stage.at(end, 15, 0):
        stage.run_jobs()  # Refunds whose order a broken load left behind.
    with stage.at(end + _REFUNDS_TAKE_DAYS, 16, 30):
        stage.sandbox.set_clock(clock.now())
        with stage.runtime.database.writing() as session:
            for payment_id in _payments_with_refunds(session, campaign_id):
                sync_later(session, payment_id)
        stage.run_jobs()


def _refunds_begin(story: Story) -> int:
    """The day on which money of its donors goes back."""
    life = story.life
    if life.cancelled:
        return life.cancelled_days
    return life.ends + (ANSWERED_AFTER if life.status is S.NEAR_MISS else 1)


def _payments_with_refunds(session: Session, campaign_id: UUID) -> list[UUID]:
    statement = (
        select(Payment.id)
        .join(Pledge, Pledge.id == Payment.pledge_id)
        .join(Refund, Refund.payment_id == Payment.id)
        .where(Pledge.campaign_id == campaign_id, Refund.status.in_(sorted(REFUND_UNDECIDED)))
    )
    return list(session.scalars(statement))
