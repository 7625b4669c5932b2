"""From the provider's facts to the ledger: payments, refunds and chargebacks are booked here.

Every function locks in one order: payment, pledge, campaign, and last the ledger's balances.
Each may run any number of times; the ledger's keys let it book once.
"""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.lifecycle import bump_version, locked_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import WON, CampaignStatus
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.actor import PROVIDER, SYSTEM
from voorjebuurt.kernel.errors import InvariantError
from voorjebuurt.ledger import rules as chart
from voorjebuurt.ledger.keys import ProviderEvent, late_news_key, payment_key
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.rules import credit, debit
from voorjebuurt.ledger.service import post
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.queries import locked_payment
from voorjebuurt.payments.rules import PaymentSequence, PaymentStatus, provider_of
from voorjebuurt.pledges import mails
from voorjebuurt.pledges.donor_keys import donor_key
from voorjebuurt.pledges.gift_news import tell_of_first_gift
from voorjebuurt.pledges.marks import note_marks
from voorjebuurt.pledges.match_claims import follow_gift
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.near_miss.rows import passed_over
from voorjebuurt.pledges.returns import return_payment
from voorjebuurt.pledges.rewards import stock as rewards
from voorjebuurt.pledges.rules import (
    PLEDGE_TRANSITIONS,
    PledgeStatus,
    RefundReason,
    Turn,
    reason_to_return,
)
from voorjebuurt.pledges.successors import is_paid_by_another
from voorjebuurt.pledges.unmatched import is_unmatched

NOT_MONEY = frozenset({"mode"})
"""A test payment in production, or the other way round: nothing arrived."""


def locked_pledge(session: Session, pledge_id: UUID) -> Pledge:
    """The pledge's row, held until the commit."""
    return session.get_one(Pledge, pledge_id, with_for_update=True, populate_existing=True)


def book_payment(session: Session, *, payment_id: UUID) -> None:
    """Book a paid payment, once: for its campaign, on its way back, or to suspense."""
    payment = locked_payment(session, payment_id)
    if payment.status != PaymentStatus.PAID or payment.booked_at is not None:
        return
    if payment.anomaly is not None:
        _book_unexplained(session, payment)
        return
    pledge = locked_pledge(session, payment.pledge_id)
    campaign = locked_campaign(session, pledge.campaign_id)
    if payment.paid_at is None or campaign.closes_at is None:
        raise InvariantError(f"payment {payment.id} is paid without a moment, or too early")
    reason = reason_to_return(
        pledge=PledgeStatus(pledge.status),
        campaign=CampaignStatus(campaign.status),
        paid_at=payment.paid_at,
        closes_at=campaign.closes_at,
        again=_second_turn(campaign),
    )
    if reason is None and is_paid_by_another(session, pledge):
        reason = RefundReason.PAID_TWICE
    if reason is None and campaign.status in WON:
        late = passed_over(session, pledge, paid_at=payment.paid_at)
        reason = RefundReason.NO_ANSWER if late else None
    if reason is not None and payment.refunded_cents + payment.charged_back_cents:
        # It has to go back, and some of it did before we heard of it: a person sorts that out.
        _alert_unexplained(session, payment)
        _book_unexplained(session, payment)
        return
    _post_paid(session, payment, pledge, campaign)
    if pledge.email is not None:
        # After the ledger's balances: bookings that confirm one address wait there for each other.
        confirm_address(session, email=pledge.email, means=Means.PAYMENT)
    payment.booked_at = clock.now()
    if reason is None:
        payment.booked_as = "contribution"
        _count(session, payment, pledge, campaign)
        jobs.defer(session, "pledges.number_gift_receipts")
        if payment.sequence != PaymentSequence.ONEOFF:
            jobs.defer(session, "pledges.follow_monthly", pledge_id=str(pledge.id))
    else:
        payment.booked_as = "returned"
        return_payment(
            session, payment=payment, pledge=pledge, campaign=campaign, reason=reason, actor=SYSTEM
        )


def _second_turn(campaign: Campaign) -> Turn | None:
    if campaign.gifts_again_at is None or campaign.gifts_again_until is None:
        return None
    return Turn(campaign.gifts_again_at, campaign.gifts_again_until)


def _post_paid(session: Session, payment: Payment, pledge: Pledge, campaign: Campaign) -> None:
    if payment.received_cents != pledge.amount_cents + pledge.tip_cents:
        raise InvariantError(f"payment {payment.id} does not match its pledge")
    post(
        session,
        kind=BookingKind.PAYMENT_PAID,
        key=payment_key(provider_of(payment.webhook_url), payment.provider_id, ProviderEvent.PAID),
        entries=[
            debit(chart.PROVIDER, payment.received_cents),
            credit(chart.held(campaign.id), pledge.amount_cents),
            credit(chart.tips_deferred(campaign.id), pledge.tip_cents),
        ],
        campaign_id=campaign.id,
        payment_id=payment.id,
    )


def _count(session: Session, payment: Payment, pledge: Pledge, campaign: Campaign) -> None:
    """The payment becomes a contribution."""
    pledge.status = PLEDGE_TRANSITIONS.after(PledgeStatus(pledge.status), "book").value
    pledge.booked_at = clock.now()
    pledge.donor_key = donor_key(pledge, payment)
    pledge.matchable = not is_unmatched(session, pledge=pledge, campaign=campaign)
    if not pledge.matchable:
        # Their account is known now; what came from it before is looked at in a job, for the
        # rows of other gifts come before the campaign's in the order of locks.
        jobs.defer(session, "pledges.judge_again", campaign_id=str(campaign.id))
    bump_version(campaign)
    rewards.follow_gift(session, pledge=pledge)
    follow_gift(session, pledge=pledge, campaign=campaign, counts_cents=pledge.amount_cents)
    if campaign.status in WON:
        # Paid in time, but the news came after the decision: it goes where the rest went.
        release_to_initiator(
            session,
            campaign=campaign,
            held_cents=pledge.amount_cents,
            tip_cents=pledge.tip_cents,
            key=late_news_key(pledge.id),
        )
    audit.record(
        session,
        actor=PROVIDER,
        action=Action.PLEDGE_BOOKED,
        subject=Subject(SubjectKind.PLEDGE, pledge.id, pledge.municipality_id),
        detail={"payment_id": str(payment.id)},
    )
    mails.gift_arrived(session, pledge=pledge, campaign=campaign, payment=payment)
    tell_of_first_gift(session, pledge=pledge, campaign=campaign)
    note_marks(session, campaign)


def release_to_initiator(
    session: Session, *, campaign: Campaign, held_cents: int, tip_cents: int, key: str
) -> None:
    """Book that a campaign has succeeded with this money: it is now owed to the initiator."""
    post(
        session,
        kind=BookingKind.CAMPAIGN_SUCCEEDED,
        key=key,
        entries=[
            debit(chart.held(campaign.id), held_cents),
            credit(chart.payable(campaign.id), held_cents),
            debit(chart.tips_deferred(campaign.id), tip_cents),
            credit(chart.TIPS, tip_cents),
        ],
        campaign_id=campaign.id,
    )


def _alert_unexplained(session: Session, payment: Payment) -> None:
    audit.raise_alert(
        session,
        key=f"unexplained:{payment.id}",
        kind=AlertKind.MONEY_UNEXPLAINED,
        detail={"payment_id": str(payment.id), "pledge_id": str(payment.pledge_id)},
    )


def _book_unexplained(session: Session, payment: Payment) -> None:
    """Money that is not what we asked for: it is booked, counts nowhere, and a person looks.

    The alert was raised before. Without an amount in euros there is nothing to book yet;
    the provider's settlement will tell what it was worth.
    """
    payment.booked_at = clock.now()
    if payment.anomaly in NOT_MONEY or not payment.received_cents:
        payment.booked_as = "ignored"
        return
    payment.booked_as = "suspense"
    mails.gift_in_check(session, pledge=session.get_one(Pledge, payment.pledge_id), payment=payment)
    post(
        session,
        kind=BookingKind.PAYMENT_UNEXPLAINED,
        key=payment_key(provider_of(payment.webhook_url), payment.provider_id, ProviderEvent.PAID),
        entries=[
            debit(chart.PROVIDER, payment.received_cents),
            credit(chart.SUSPENSE, payment.received_cents),
        ],
        payment_id=payment.id,
    )
