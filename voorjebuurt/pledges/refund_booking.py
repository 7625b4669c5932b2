"""Booking what became of refunds, and what banks took back."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.campaigns.lifecycle import bump_version, locked_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.ledger import rules as chart
from voorjebuurt.ledger.queries import guarded_balance, posting_by_key
from voorjebuurt.ledger.rules import AccountName, Entry, credit, debit
from voorjebuurt.ledger.service import post
from voorjebuurt.payments.models import Chargeback, Payment, Refund
from voorjebuurt.payments.queries import locked_payment
from voorjebuurt.payments.rules import RefundStatus
from voorjebuurt.pledges import letters
from voorjebuurt.pledges.booking import locked_pledge
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rules import PLEDGE_TRANSITIONS, PledgeStatus, RefundReason


def book_refund(session: Session, *, refund_id: UUID) -> None:
    """Book a decided refund: the money has left, or it came back and is owed to the donor."""
    refund = session.get_one(Refund, refund_id)
    payment = locked_payment(session, refund.payment_id)
    session.refresh(refund)
    pledge = locked_pledge(session, payment.pledge_id)
    campaign = locked_campaign(session, pledge.campaign_id)
    if refund.status == refund.booked_status:
        return
    status = RefundStatus(refund.status)
    if status is RefundStatus.REFUNDED:
        _book_done(session, refund, payment, pledge, campaign)
    elif status in (RefundStatus.FAILED, RefundStatus.CANCELED):
        _book_failed(session, refund, payment, pledge, campaign)
    else:
        return
    refund.booked_status = status.value


def _book_done(
    session: Session, refund: Refund, payment: Payment, pledge: Pledge, campaign: Campaign
) -> None:
    own_order = refund.reason != RefundReason.DASHBOARD
    sources = (
        [debit(chart.REFUNDS_IN_FLIGHT, refund.amount_cents)]
        if own_order
        else _sources(session, refund.amount_cents, pledge, campaign, key=f"refund:{refund.id}")
    )
    post(
        session,
        kind="refund_done",
        key=f"mollie:{refund.provider_id}:refunded",
        entries=[*sources, credit(chart.MOLLIE, refund.amount_cents)],
        campaign_id=campaign.id,
        payment_id=payment.id,
    )
    whole = refund.amount_cents == pledge.amount_cents + pledge.tip_cents
    if refund.reason == RefundReason.PAID_TWICE or not whole:
        return
    if PLEDGE_TRANSITIONS.allowed(PledgeStatus(pledge.status), "refunded"):
        pledge.status = PledgeStatus.REFUNDED.value
        pledge.refunded_at = clock.now()
        pledge.refund_asked_at = pledge.refund_asked_at or clock.now()
        pledge.refund_reason = pledge.refund_reason or refund.reason
        bump_version(campaign)
        letters.refunded(session, pledge=pledge, campaign=campaign, refund=refund)


def _book_failed(
    session: Session, refund: Refund, payment: Payment, pledge: Pledge, campaign: Campaign
) -> None:
    """The money could not be delivered: it is owed to the donor, by another road."""
    came_back = refund.booked_status == RefundStatus.REFUNDED
    if refund.reason == RefundReason.DASHBOARD and not came_back:
        return  # Never left, and we had booked nothing for it.
    source = chart.MOLLIE if came_back else chart.REFUNDS_IN_FLIGHT
    post(
        session,
        kind="refund_failed",
        key=f"mollie:{refund.provider_id}:failed",
        entries=[
            debit(source, refund.amount_cents),
            credit(chart.UNCLAIMED, refund.amount_cents),
        ],
        campaign_id=campaign.id,
        payment_id=payment.id,
    )
    if PLEDGE_TRANSITIONS.allowed(PledgeStatus(pledge.status), "refund_failed"):
        pledge.status = PledgeStatus.UNCLAIMED.value
    audit.raise_alert(
        session,
        key=f"refund_failed:{refund.id}",
        kind="refund_failed",
        detail={"pledge_id": str(pledge.id), "amount_cents": refund.amount_cents},
    )
    letters.refund_failed(session, pledge=pledge, campaign=campaign, refund=refund)


def book_chargeback(session: Session, *, chargeback_id: UUID) -> None:
    """Book what a bank took back from us, and what it gave back later."""
    chargeback = session.get_one(Chargeback, chargeback_id)
    payment = locked_payment(session, chargeback.payment_id)
    session.refresh(chargeback)
    pledge = locked_pledge(session, payment.pledge_id)
    campaign = locked_campaign(session, pledge.campaign_id)
    taken_key = f"mollie:{chargeback.provider_id}:charged"
    if posting_by_key(session, taken_key) is None:
        _book_taken(session, chargeback, payment, pledge, campaign, taken_key)
    if chargeback.reversed_at is not None:
        _book_given_back(session, chargeback, payment, pledge, campaign, taken_key)
    bump_version(campaign)


def _book_taken(
    session: Session,
    chargeback: Chargeback,
    payment: Payment,
    pledge: Pledge,
    campaign: Campaign,
    key: str,
) -> None:
    sources = _sources(session, chargeback.amount_cents, pledge, campaign, key=key)
    post(
        session,
        kind="chargeback",
        key=key,
        entries=[*sources, credit(chart.MOLLIE, chargeback.amount_cents)],
        campaign_id=campaign.id,
        payment_id=payment.id,
    )
    if PLEDGE_TRANSITIONS.allowed(PledgeStatus(pledge.status), "charge_back"):
        pledge.status = PledgeStatus.CHARGED_BACK.value
    audit.raise_alert(
        session,
        key=f"chargeback:{chargeback.id}",
        kind="chargeback",
        detail={"pledge_id": str(pledge.id), "amount_cents": chargeback.amount_cents},
    )


def _book_given_back(
    session: Session,
    chargeback: Chargeback,
    payment: Payment,
    pledge: Pledge,
    campaign: Campaign,
    taken_key: str,
) -> None:
    taken = posting_by_key(session, taken_key) or {}
    post(
        session,
        kind="chargeback_reversed",
        key=f"mollie:{chargeback.provider_id}:reversed",
        entries=[Entry(AccountName.from_code(code), -cents) for code, cents in taken.items()],
        campaign_id=campaign.id,
        payment_id=payment.id,
    )
    if PLEDGE_TRANSITIONS.allowed(PledgeStatus(pledge.status), "charge_back_reversed"):
        pledge.status = PledgeStatus.BOOKED.value


def _sources(
    session: Session, cents: int, pledge: Pledge, campaign: Campaign, *, key: str
) -> list[Entry]:
    """Where money that already left is taken from: an external fact, which can't be refused.

    First what the campaign still holds of this pledge, then what it would be paid; what was paid
    out already is to be had back from the initiator. What nothing explains goes to suspense.
    """
    if pledge.status != PledgeStatus.BOOKED:
        audit.raise_alert(
            session, key=f"unexplained:{key}", kind="money_unexplained", detail={"cents": cents}
        )
        return [debit(chart.SUSPENSE, cents)]
    entries, left = [], cents
    for account, most in (
        (chart.held(campaign.id), pledge.amount_cents),
        (chart.payable(campaign.id), pledge.amount_cents),
        (chart.tips_deferred(campaign.id), pledge.tip_cents),
    ):
        part = min(left, most, guarded_balance(session, account))
        if part:
            entries.append(debit(account, part))
            left -= part
    if left:
        entries.append(debit(chart.chargeback_receivable(campaign.id), left))
    return entries
