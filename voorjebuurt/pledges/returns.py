"""Sending money back: ordering a refund and booking it in one transaction."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.lifecycle import bump_version
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import InvariantError
from voorjebuurt.ledger import rules as chart
from voorjebuurt.ledger.keys import refund_asked_key
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.queries import payment_net
from voorjebuurt.ledger.rules import credit, debit
from voorjebuurt.ledger.service import post
from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.refunds import order_refund
from voorjebuurt.pledges import mails
from voorjebuurt.pledges.match_claims import follow_gift
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rewards import stock as rewards
from voorjebuurt.pledges.rules import PLEDGE_TRANSITIONS, PledgeStatus, RefundReason


def return_payment(
    session: Session,
    *,
    payment: Payment,
    pledge: Pledge,
    campaign: Campaign,
    reason: RefundReason,
    actor: Actor,
) -> None:
    """Order the refund of what is left of a booked payment; all three rows must be locked.

    A second payment of the same pledge (``PAID_TWICE``) leaves the pledge itself as it is. The
    database refuses a second order for the same payment and more than the campaign holds.
    Raises ``InvariantError`` when nothing is left.
    """
    gift_cents, tip_cents = left_of_payment(session, payment, pledge)
    if gift_cents + tip_cents == 0:
        raise InvariantError(f"nothing is left to return of payment {payment.id}")
    refund = order_refund(
        session,
        payment=payment,
        from_campaign_cents=gift_cents,
        from_tip_cents=tip_cents,
        reason=reason.value,
        actor=actor,
    )
    post(
        session,
        kind=BookingKind.REFUND_ASKED,
        key=refund_asked_key(refund.id),
        entries=[
            debit(chart.held(campaign.id), refund.from_campaign_cents),
            debit(chart.tips_deferred(campaign.id), refund.from_tip_cents),
            credit(chart.REFUNDS_IN_FLIGHT, refund.amount_cents),
        ],
        campaign_id=campaign.id,
        payment_id=payment.id,
    )
    bump_version(campaign)
    if reason is not RefundReason.PAID_TWICE:
        pledge.status = PLEDGE_TRANSITIONS.after(PledgeStatus(pledge.status), "return").value
        pledge.booked_at = pledge.booked_at or clock.now()
        pledge.refund_asked_at, pledge.refund_reason = clock.now(), reason.value
        rewards.follow_gift(session, pledge=pledge)
        follow_gift(session, pledge=pledge, campaign=campaign, counts_cents=0)
    mails.refund_asked(session, pledge=pledge, campaign=campaign, refund=refund)


def left_of_payment(session: Session, payment: Payment, pledge: Pledge) -> tuple[int, int]:
    """What is left of a booked payment, as gift and as tip (eurocents).

    What went back already, by the provider's dashboard or the bank, is booked against the gift.
    """
    gone_cents = (payment.received_cents or 0) - payment_net(session, payment.id)
    gift = max(0, pledge.amount_cents - gone_cents)
    return gift, max(0, pledge.amount_cents + pledge.tip_cents - gone_cents - gift)


def counted_payment_id(session: Session, pledge_id: UUID) -> UUID | None:
    """The payment that made a pledge a contribution."""
    return session.scalar(
        select(Payment.id).where(
            Payment.pledge_id == pledge_id, Payment.booked_as == "contribution"
        )
    )
