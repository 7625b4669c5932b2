"""The end of a campaign: closing at the deadline, deciding, and paying everybody back.

At the deadline a campaign starts closing and takes no more pledges. It is decided when no
payment that was begun before is still undecided at the provider and live funds have dealt with
all its gifts, or after ``WAIT_AT_MOST``; what was paid in time counts however late the news is.
Only match under an award that was announced counts for the minimum; any other comes on top.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.lifecycle import locked_campaign, move_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import (
    REFUNDING,
    CampaignKind,
    CampaignStatus,
    reaches_minimum,
)
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.ledger.keys import succeeded_key
from voorjebuurt.ledger.queries import guarded_balance
from voorjebuurt.ledger.rules import held, tips_deferred
from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.queries import locked_payment
from voorjebuurt.payments.rules import UNDECIDED, PaymentStatus
from voorjebuurt.payments.tasks import sync_later
from voorjebuurt.pledges import mails
from voorjebuurt.pledges.booking import locked_pledge, release_to_initiator
from voorjebuurt.pledges.match_claims import wake_funds
from voorjebuurt.pledges.matches import end_matches, live_match_cents, match_claims_wait
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.near_miss.beginning import nearly_missed
from voorjebuurt.pledges.near_miss.rows import stop_near_miss
from voorjebuurt.pledges.refund_booking import book_facts
from voorjebuurt.pledges.returns import counted_payment_id, return_payment
from voorjebuurt.pledges.rules import PledgeStatus, RefundReason
from voorjebuurt.pledges.tins.counting import return_cash
from voorjebuurt.settings import NearMissSettings

WAIT_AT_MOST = timedelta(hours=24)
_SAY_SO_AFTER = timedelta(minutes=15)
"""Nearly every campaign is decided sooner: then the outcome is the only mail."""


def campaigns_past_deadline(session: Session) -> Sequence[UUID]:
    """Live campaigns whose deadline has passed."""
    statement = (
        select(Campaign.id)
        .where(Campaign.status == CampaignStatus.LIVE, Campaign.closes_at <= clock.now())
        .order_by(Campaign.closes_at)
    )
    return session.scalars(statement).all()


def campaigns_closing(session: Session) -> Sequence[UUID]:
    """Campaigns that wait for their decision."""
    statement = select(Campaign.id).where(Campaign.status == CampaignStatus.CLOSING)
    return session.scalars(statement.order_by(Campaign.closes_at)).all()


def start_closing(session: Session, *, campaign_id: UUID) -> None:
    """Stop a live campaign whose deadline has passed from taking pledges."""
    campaign = locked_campaign(session, campaign_id)
    deadline_passed = campaign.closes_at is not None and campaign.closes_at <= clock.now()
    if campaign.status == CampaignStatus.LIVE and deadline_passed:
        move_campaign(session, campaign=campaign, action="start_closing", actor=SYSTEM)


def undecided_payments(session: Session, campaign_id: UUID) -> Sequence[UUID]:
    """Payments that may still turn out to have been made in time, or are not booked yet."""
    statement = (
        select(Payment.id)
        .join(Pledge, Pledge.id == Payment.pledge_id)
        .where(
            Pledge.campaign_id == campaign_id,
            or_(
                Payment.status.in_(sorted(UNDECIDED)),
                (Payment.status == PaymentStatus.PAID) & Payment.booked_at.is_(None),
            ),
        )
    )
    return session.scalars(statement).all()


def decide_campaign(session: Session, *, campaign_id: UUID, terms: NearMissSettings) -> bool:
    """Decide a closing campaign if it can be; returns whether it was.

    One that nearly made it has a second chance by ``terms`` (``near_miss``).
    Otherwise the payments that are being waited for are looked at again, and funds woken.
    """
    campaign = locked_campaign(session, campaign_id)
    if campaign.status != CampaignStatus.CLOSING or campaign.closes_at is None:
        return False
    known_by = campaign.closes_at + WAIT_AT_MOST
    if clock.now() < known_by and news_is_awaited(session, campaign.id):
        if clock.now() >= campaign.closes_at + _SAY_SO_AFTER:
            mails.outcome_waits(session, campaign=campaign, known_by=known_by)
        return False
    # The balance decides, not the sum of the gifts: part of one may have been taken back.
    amount = guarded_balance(session, held(campaign.id))
    match_cents = live_match_cents(session, campaign.id)
    succeeds = reaches_minimum(
        CampaignKind(campaign.kind),
        crowd_cents=amount,
        match_cents=match_cents,
        minimum_cents=campaign.minimum_cents or 0,
    )
    if not succeeds and nearly_missed(
        session, campaign=campaign, crowd_cents=amount, match_cents=match_cents, terms=terms
    ):
        return True
    campaign.decided_at = clock.now()
    if succeeds:
        _succeed(session, campaign, amount)
    else:
        move_campaign(session, campaign=campaign, action="fail", actor=SYSTEM)
        mails.to_initiator(
            session, campaign=campaign, template="campaign_failed", raised_cents=amount
        )
        refund_later(session, campaign.id)
    end_matches(session, campaign.id)
    return True


def news_is_awaited(session: Session, campaign_id: UUID) -> bool:
    """Whether payments or claims are outstanding; asks for their news again."""
    waiting = undecided_payments(session, campaign_id)
    for payment_id in waiting:
        sync_later(session, payment_id)
    claims = match_claims_wait(session, campaign_id)
    if claims:
        wake_funds(session, campaign_id)
    return claims or bool(waiting)


def _succeed(session: Session, campaign: Campaign, amount_cents: int) -> None:
    """Everything that is held for the campaign becomes the initiator's, and tips become income."""
    move_campaign(session, campaign=campaign, action="succeed", actor=SYSTEM)
    release_to_initiator(
        session,
        campaign=campaign,
        held_cents=amount_cents,
        tip_cents=guarded_balance(session, tips_deferred(campaign.id)),
        key=succeeded_key(campaign.id),
    )
    mails.to_initiator(
        session,
        campaign=campaign,
        template="campaign_won",
        kind=campaign.kind,
        raised_cents=amount_cents,
        match_cents=live_match_cents(session, campaign.id),
    )
    jobs.defer(session, "pledges.thank_donors", campaign_id=str(campaign.id))


def raised(session: Session, campaign_id: UUID) -> int:
    """What the crowd has given and not had back, in eurocents, without tips."""
    total = session.scalar(
        select(func.coalesce(func.sum(Pledge.amount_cents), 0)).where(
            Pledge.campaign_id == campaign_id, Pledge.status == PledgeStatus.BOOKED
        )
    )
    return int(total or 0)


def cancel_campaign(session: Session, *, campaign_id: UUID, reason: str, actor: Actor) -> None:
    """Stop a campaign before its end and pay everybody back.

    Raises ``DomainError`` at the field without a reason, ``TransitionError`` after the decision.
    """
    if not reason.strip():
        raise DomainError("reason_needed", field="reason")
    campaign = locked_campaign(session, campaign_id)
    move_campaign(session, campaign=campaign, action="cancel", actor=actor, reason=reason)
    campaign.decided_at = clock.now()
    stop_near_miss(session, campaign)
    mails.to_initiator(session, campaign=campaign, template="campaign_cancelled", reason=reason)
    refund_later(session, campaign.id)
    end_matches(session, campaign.id)


def refund_later(session: Session, campaign_id: UUID) -> None:
    """Queue paying back all contributions of a campaign."""
    jobs.defer(
        session,
        "pledges.refund_campaign",
        lock=f"refund_campaign:{campaign_id}",
        campaign_id=str(campaign_id),
    )


def campaigns_with_money_to_return(session: Session) -> Sequence[UUID]:
    """Failed and cancelled campaigns that still hold contributions."""
    statement = (
        select(Pledge.campaign_id)
        .join(Campaign, Campaign.id == Pledge.campaign_id)
        .where(
            Pledge.status == PledgeStatus.BOOKED,
            Campaign.status.in_(sorted(REFUNDING)),
        )
        .distinct()
    )
    return session.scalars(statement).all()


def contributions_to_return(
    session: Session, campaign_id: UUID, *, but_not: Collection[UUID], limit: int
) -> Sequence[UUID]:
    """Booked pledges of a campaign, oldest first, without those of ``but_not``."""
    statement = (
        select(Pledge.id)
        .where(
            Pledge.campaign_id == campaign_id,
            Pledge.status == PledgeStatus.BOOKED,
            Pledge.id.not_in(but_not),
        )
        .order_by(Pledge.booked_at, Pledge.id)
        .limit(limit)
    )
    return session.scalars(statement).all()


def return_contribution(
    session: Session, *, pledge_id: UUID, reason: RefundReason, actor: Actor
) -> bool:
    """Order the refund of what is left of one contribution; False when it is none (any more).

    Raises ``DomainError`` once the campaign has succeeded: the money is the initiator's then,
    and ``InvariantError`` for a booked pledge that was neither paid nor in cash.
    """
    payment_id = counted_payment_id(session, pledge_id)
    if payment_id is None:
        pledge = locked_pledge(session, pledge_id)
        if pledge.status != PledgeStatus.BOOKED:
            return False
        campaign = locked_campaign(session, pledge.campaign_id)
        return_cash(session, campaign=campaign, pledge=pledge, reason=reason, actor=actor)
        return True
    # What the bank or a colleague took shows in the ledger first, or too much would be sent.
    book_facts(session, payment_id=payment_id)
    payment = locked_payment(session, payment_id)
    pledge = locked_pledge(session, pledge_id)
    campaign = locked_campaign(session, pledge.campaign_id)
    if pledge.status != PledgeStatus.BOOKED:
        return False
    if CampaignStatus(campaign.status) in (CampaignStatus.SUCCEEDED, CampaignStatus.PAID_OUT):
        raise DomainError("refund_after_success")
    return_payment(
        session, payment=payment, pledge=pledge, campaign=campaign, reason=reason, actor=actor
    )
    return True
