"""Background work on pledges: booking, closing, paying back, thanking, reminding."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.audit.turns import in_turn
from voorjebuurt.campaigns.live.queries import extension_of
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.batches import BATCH, in_batches
from voorjebuurt.kernel.errors import DomainError, InvariantError
from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.mail.cadences import Cadence
from voorjebuurt.payments.gateway import GatewayError
from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.providers import NEW_PAYMENTS, connect
from voorjebuurt.payments.rules import PaymentSequence
from voorjebuurt.pledges import (
    booking,
    closing,
    gift_news,
    mails,
    refund_booking,
    slow_gifts,
    unmatched,
)
from voorjebuurt.pledges.donor_news import DonorNews, mail_next_donors
from voorjebuurt.pledges.erasing.detaching import detach_unpaid
from voorjebuurt.pledges.lost_payments import compare_payments
from voorjebuurt.pledges.matches import live_match_total
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.retries import is_worth_another_try
from voorjebuurt.pledges.rewards.choosing import release_unpaid
from voorjebuurt.pledges.rules import PledgeStatus, RefundReason

_BATCH = 50
_DONORS_AT_ONCE = 200
_SWEEP = 500
_COMPARED = timedelta(days=3)
_log = structlog.get_logger("voorjebuurt.worker")
_BOOKED_WITHIN = timedelta(minutes=10)
_REMIND_BEFORE = timedelta(days=3)
_TRY_AGAIN_AFTER = timedelta(minutes=30)


@task("pledges.book_payment", max_attempts=40)
def book_payment(runtime: Runtime, *, payment_id: str) -> None:
    """Book one paid payment."""
    with runtime.database.writing() as session:
        booking.book_payment(session, payment_id=UUID(payment_id))


@task("pledges.compare_payments", cron="50 * * * *")
def compare_with_provider(runtime: Runtime) -> None:
    """Find what the provider has been paid lately and our books don't have.

    When it does not answer now, the next time makes up for it.
    """
    try:
        comparison = compare_payments(
            runtime.database,
            connect(runtime.settings, NEW_PAYMENTS),
            since=clock.now() - _COMPARED,
            mode=runtime.settings.payment_mode,
            base_url=runtime.settings.base_url,
        )
    except GatewayError as error:
        _log.warning("payments_not_compared", error=str(error))
        return
    _log.info("payments_compared", result=str(comparison))


@task("pledges.judge_again")
def judge_again(runtime: Runtime, *, campaign_id: str) -> None:
    """Look whether gifts were matched that come from somebody whose gifts may not be."""
    with runtime.database.writing() as session:
        unmatched.judge_again(session, campaign_id=UUID(campaign_id))


@task("pledges.book_refund", max_attempts=40)
def book_refund(runtime: Runtime, *, refund_id: str) -> None:
    """Book what became of one refund."""
    with runtime.database.writing() as session:
        refund_booking.book_refund(session, refund_id=UUID(refund_id))


@task("pledges.book_chargeback", max_attempts=40)
def book_chargeback(runtime: Runtime, *, chargeback_id: str) -> None:
    """Book one chargeback, or its reversal."""
    with runtime.database.writing() as session:
        refund_booking.book_chargeback(session, chargeback_id=UUID(chargeback_id))


@task("pledges.book_facts", max_attempts=3)
def book_facts(runtime: Runtime, *, payment_id: str) -> None:
    """Book whatever of one payment is not booked yet."""
    with runtime.database.writing() as session:
        refund_booking.book_facts(session, payment_id=UUID(payment_id))


@task("pledges.note_unpaid")
def note_unpaid(runtime: Runtime, *, payment_id: str) -> None:
    """A payment ended without money: look later whether the donor found the way back alone.

    The reward that was kept for it is there for others at once.
    """
    with runtime.database.writing() as session:
        payment = session.get_one(Payment, UUID(payment_id))
        release_unpaid(session, pledge_id=payment.pledge_id)
        if payment.sequence == PaymentSequence.RECURRING:
            # Told in its own mail, once: nobody stood at a checkout page.
            jobs.defer(session, "pledges.follow_monthly", pledge_id=str(payment.pledge_id))
            return
        jobs.defer(
            session,
            "pledges.offer_retry",
            at=clock.now() + _TRY_AGAIN_AFTER,
            payment_id=payment_id,
        )


@task("pledges.offer_retry")
def offer_retry(runtime: Runtime, *, payment_id: str) -> None:
    """Mail a donor whose last attempt failed and who can still give, once."""
    with runtime.database.writing() as session:
        payment = session.get_one(Payment, UUID(payment_id))
        pledge = session.get_one(Pledge, payment.pledge_id)
        if is_worth_another_try(session, pledge):
            mails.payment_failed(session, pledge=pledge)


@task("pledges.close_campaigns", cron="* * * * *")
def close_campaigns(runtime: Runtime) -> None:
    """Close what is past its deadline, and decide what can be decided, one at a time."""
    with runtime.database.reading() as session:
        past, waiting = (
            closing.campaigns_past_deadline(session),
            closing.campaigns_closing(session),
        )
    in_turn(
        runtime.database,
        past,
        lambda session, key: closing.start_closing(session, campaign_id=key),
        task="pledges.close_campaigns",
    )
    in_turn(
        runtime.database,
        dict.fromkeys([*waiting, *past]),
        lambda session, key: closing.decide_campaign(
            session, campaign_id=key, terms=runtime.settings.near_miss
        ),
        task="pledges.close_campaigns",
    )


@task("pledges.refund_campaign", max_attempts=40)
def refund_campaign(runtime: Runtime, *, campaign_id: str) -> None:
    """Order the refund of every contribution, each in a transaction of its own: resumable."""
    with runtime.database.reading() as session:
        campaign = session.get_one(Campaign, UUID(campaign_id))
        is_cancelled = campaign.status == CampaignStatus.CANCELLED
    reason = RefundReason.CAMPAIGN_CANCELLED if is_cancelled else RefundReason.CAMPAIGN_FAILED
    stuck: set[UUID] = set()
    while True:
        with runtime.database.reading() as session:
            pledge_ids = closing.contributions_to_return(
                session, UUID(campaign_id), but_not=stuck, limit=_BATCH
            )
        if not pledge_ids:
            break
        stuck |= {
            pledge_id for pledge_id in pledge_ids if not _order_refund(runtime, pledge_id, reason)
        }
    if stuck:
        raise InvariantError(f"{len(stuck)} contributions can't be returned")


def _order_refund(runtime: Runtime, pledge_id: UUID, reason: RefundReason) -> bool:
    """Order one refund; what stands in its way must not keep others from their money."""
    try:
        with runtime.database.writing() as session:
            closing.return_contribution(session, pledge_id=pledge_id, reason=reason, actor=SYSTEM)
    except (DomainError, InvariantError, IntegrityError) as error:
        with runtime.database.writing() as session:
            audit.raise_alert(
                session,
                key=f"refund_stuck:{pledge_id}",
                kind=AlertKind.REFUND_STUCK,
                detail={"pledge_id": str(pledge_id), "error": str(error)[:300]},
            )
        return False
    return True


@task("pledges.refund_sweep", cron="*/15 * * * *")
def refund_sweep(runtime: Runtime) -> None:
    """Take up booking and paying back where a lost job left them."""
    with runtime.database.writing() as session:
        before = clock.now() - _BOOKED_WITHIN
        for payment_id in refund_booking.payments_with_news(session, before=before, limit=_SWEEP):
            key = f"facts:{payment_id}"
            jobs.defer(
                session,
                "pledges.book_facts",
                lock=key,
                queueing_lock=key,
                payment_id=str(payment_id),
            )
        for campaign_id in closing.campaigns_with_money_to_return(session):
            jobs.defer(
                session,
                "pledges.refund_campaign",
                lock=f"refund_campaign:{campaign_id}",
                queueing_lock=f"refund_campaign:{campaign_id}",
                campaign_id=str(campaign_id),
            )


@task("pledges.thank_donors")
def thank_donors(runtime: Runtime, *, campaign_id: str) -> None:
    """Mail every donor of a campaign that succeeded; the mails' keys make it resumable."""
    with runtime.database.reading() as session:
        pledge_ids = session.scalars(
            select(Pledge.id).where(
                Pledge.campaign_id == UUID(campaign_id), Pledge.status == PledgeStatus.BOOKED
            )
        ).all()
    for pledge_id in pledge_ids:
        with runtime.database.writing() as session:
            pledge = session.get_one(Pledge, pledge_id)
            campaign = session.get_one(Campaign, pledge.campaign_id)
            mails.campaign_won_donor(session, pledge=pledge, campaign=campaign)


@task("pledges.tell_donors")
def tell_donors(
    runtime: Runtime, *, campaign_id: str, template: str, fact: str, context: dict[str, Any]
) -> None:
    """Mail all donors of a campaign, so many in a transaction: resumable, each donor once."""
    news = DonorNews(template, fact, context)
    count = _DONORS_AT_ONCE
    while count == _DONORS_AT_ONCE:
        with runtime.database.writing() as session:
            count = mail_next_donors(
                session, campaign_id=UUID(campaign_id), news=news, limit=_DONORS_AT_ONCE
            )


@task("pledges.tell_of_slow_payments", cron="33 * * * *")
def tell_of_slow_payments(runtime: Runtime) -> None:
    """Tell donors where a payment stands that is under way for a day."""
    last_id: UUID | None = None
    while True:
        with runtime.database.reading() as session:
            payment_ids = slow_gifts.slow_payments(session, limit=_SWEEP, after=last_id)
        in_turn(
            runtime.database,
            payment_ids,
            lambda session, key: slow_gifts.tell_of_slow_payment(session, payment_id=key),
            task="pledges.tell_of_slow_payments",
        )
        if len(payment_ids) < _SWEEP:
            return
        last_id = payment_ids[-1]


@task("pledges.mail_digests", cron="15 6 * * *")
def mail_digests(runtime: Runtime) -> None:
    """Tell initiators which gifts came since the last time; one mail, and none without gifts."""
    with runtime.database.reading() as session:
        member_ids = gift_news.members_with_news(session)
    in_turn(
        runtime.database,
        member_ids,
        lambda session, key: gift_news.mail_digest(session, member_id=key),
        task="pledges.mail_digests",
    )


@task("pledges.mail_gifts_at_once", cron="*/10 * * * *")
def mail_gifts_at_once(runtime: Runtime) -> None:
    """Tell initiators who want to know at once which gifts came; one mail an hour at most."""
    with runtime.database.reading() as session:
        member_ids = gift_news.members_with_news(session, Cadence.AT_ONCE)
    in_turn(
        runtime.database,
        member_ids,
        lambda session, key: gift_news.mail_digest(session, member_id=key),
        task="pledges.mail_gifts_at_once",
    )


@task("pledges.remind_initiators", cron="0 7 * * *")
def remind_initiators(runtime: Runtime) -> None:
    """Three days before the end, tell initiators where they stand; once per campaign."""
    now = clock.now()
    with runtime.database.writing() as session:
        ending = select(Campaign).where(
            Campaign.status == CampaignStatus.LIVE,
            Campaign.closes_at > now,
            Campaign.closes_at <= now + _REMIND_BEFORE,
        )
        for campaign in session.scalars(ending):
            mails.to_initiator(
                session,
                campaign=campaign,
                template="campaign_ending",
                turn=_turn_of_ending(session, campaign.id),
                raised_cents=closing.raised(session, campaign.id),
                award_cents=live_match_total(session, campaign.id).award_cents,
                goal_cents=campaign.goal_cents,
                minimum_cents=campaign.minimum_cents,
                deadline_on=campaign.deadline_on.isoformat() if campaign.deadline_on else None,
            )


def _turn_of_ending(session: Session, campaign_id: UUID) -> str | None:
    """Who moved the last day is reminded of the new one, too."""
    extension = extension_of(session, campaign_id)
    return extension.until_on.isoformat() if extension else None


@task("pledges.forget_unpaid", cron="35 2 * * *")
def forget_unpaid(runtime: Runtime) -> None:
    """Take away who gifts were from that were never paid, after the term of the settings."""
    before = clock.now() - timedelta(days=runtime.settings.retention.unpaid_gift_days)
    in_batches(runtime.database, partial(detach_unpaid, before=before, limit=BATCH))
