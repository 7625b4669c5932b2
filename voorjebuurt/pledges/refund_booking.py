"""Booking what became of refunds, and what banks took back.

Facts may be booked in any order: each function here books the payment itself first.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import assert_never
from uuid import UUID

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.campaigns.lifecycle import bump_version, locked_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import WON, CampaignStatus
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.errors import InvariantError
from voorjebuurt.ledger import rules as chart
from voorjebuurt.ledger.keys import ProviderEvent, given_back_key, payment_key, payment_key_sql
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.models import LedgerTransaction
from voorjebuurt.ledger.queries import payment_net, posting_by_key
from voorjebuurt.ledger.rules import AccountName, Entry, credit, debit
from voorjebuurt.ledger.service import post
from voorjebuurt.payments.models import Chargeback, Payment, Refund
from voorjebuurt.payments.queries import locked_payment, provider_of_sql
from voorjebuurt.payments.refunds import DECIDED
from voorjebuurt.payments.rules import RefundStatus, provider_of
from voorjebuurt.pledges import mails
from voorjebuurt.pledges.booking import book_payment, locked_pledge, release_to_initiator
from voorjebuurt.pledges.match_claims import follow_gift
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.returns import left_of_payment
from voorjebuurt.pledges.rewards import stock as rewards
from voorjebuurt.pledges.rules import PLEDGE_TRANSITIONS, PledgeStatus, RefundReason
from voorjebuurt.pledges.sources import sources

_WITH_CAMPAIGN = (PledgeStatus.BOOKED, PledgeStatus.CHARGED_BACK)
"""A gift in these states was not on its way back to its donor when the bank took it."""


def book_facts(session: Session, *, payment_id: UUID) -> None:
    """Book everything that is known of a payment and is not in the ledger yet."""
    book_payment(session, payment_id=payment_id)
    refunds = select(Refund.id).where(Refund.payment_id == payment_id).order_by(Refund.asked_at)
    for refund_id in _ids(session, refunds):
        book_refund(session, refund_id=refund_id)
    chargebacks = select(Chargeback.id).where(Chargeback.payment_id == payment_id)
    for chargeback_id in _ids(session, chargebacks.order_by(Chargeback.charged_at)):
        book_chargeback(session, chargeback_id=chargeback_id)


def payments_with_news(session: Session, *, before: datetime, limit: int) -> Sequence[UUID]:
    """Payments with a refund or chargeback known before that moment that is not booked."""
    refunds = select(Refund.payment_id).where(
        Refund.status.in_(sorted(DECIDED)),
        Refund.status.is_distinct_from(Refund.booked_status),
        Refund.finished_at < before,
    )
    charge_booked, reversal_booked = (
        exists().where(
            LedgerTransaction.key
            == payment_key_sql(provider_of_sql(Payment.webhook_url), Chargeback.provider_id, event)
        )
        for event in (ProviderEvent.CHARGED, ProviderEvent.REVERSED)
    )
    chargebacks = (
        select(Chargeback.payment_id)
        .join(Payment, Payment.id == Chargeback.payment_id)
        .where(
            or_(~charge_booked, Chargeback.reversed_at.is_not(None) & ~reversal_booked),
            Payment.booked_as.is_distinct_from("ignored"),
            Payment.fetched_at < before,
        )
    )
    return session.scalars(refunds.union(chargebacks).limit(limit)).all()


def _ids(session: Session, statement: Select[UUID]) -> Sequence[UUID]:
    return session.scalars(statement).all()


def book_refund(session: Session, *, refund_id: UUID) -> None:
    """Book a decided refund: the money has left, or it came back and is owed to the donor."""
    refund = session.get_one(Refund, refund_id)
    payment, pledge, campaign = _locked_booking(session, refund.payment_id)
    session.refresh(refund)
    status = RefundStatus(refund.status)
    if status == refund.booked_status:
        return
    match status:
        case _ if payment.booked_as == "ignored":
            _alert_unexplained(session, f"refund:{refund.id}", refund.amount_cents)
        case RefundStatus.REFUNDED:
            _book_done(session, refund, payment, pledge, campaign)
        case RefundStatus.FAILED | RefundStatus.CANCELED:
            _book_failed(session, refund, payment, pledge, campaign)
        case (
            RefundStatus.ASKED
            | RefundStatus.QUEUED
            | RefundStatus.PENDING
            | RefundStatus.PROCESSING
        ):
            return
        case _:
            assert_never(status)
    refund.booked_status = status.value


def _locked_booking(session: Session, payment_id: UUID) -> tuple[Payment, Pledge, Campaign]:
    """The payment, booked, with its pledge and campaign: all three locked, in this order."""
    book_payment(session, payment_id=payment_id)
    payment = locked_payment(session, payment_id)
    if payment.booked_at is None:
        raise InvariantError(f"payment {payment_id} is not paid, and yet money of it went back")
    pledge = locked_pledge(session, payment.pledge_id)
    return payment, pledge, locked_campaign(session, pledge.campaign_id)


def _book_done(
    session: Session, refund: Refund, payment: Payment, pledge: Pledge, campaign: Campaign
) -> None:
    own_order = refund.reason != RefundReason.DASHBOARD
    taken_from = (
        [debit(chart.REFUNDS_IN_FLIGHT, refund.amount_cents)]
        if own_order
        else sources(
            session, refund.amount_cents, payment, pledge, campaign, key=f"refund:{refund.id}"
        )
    )
    post(
        session,
        kind=BookingKind.REFUND_DONE,
        key=payment_key(
            provider_of(payment.webhook_url), refund.provider_id, ProviderEvent.REFUNDED
        ),
        entries=[*taken_from, credit(chart.PROVIDER, refund.amount_cents)],
        campaign_id=campaign.id,
        payment_id=payment.id,
    )
    bump_version(campaign)
    if refund.reason == RefundReason.PAID_TWICE:
        mails.refunded(session, pledge=pledge, campaign=campaign, refund=refund)
    elif own_order or (payment.booked_as == "contribution" and _all_gone(session, payment)):
        _close_pledge(session, refund, pledge, campaign)
    _tell_funds(session, payment, pledge, campaign)
    _look_at_success(session, campaign)


def _look_at_success(session: Session, campaign: Campaign) -> None:
    """Money of a campaign that succeeded was taken: look whether it still has its minimum."""
    if campaign.status == CampaignStatus.SUCCEEDED:
        campaign_id = str(campaign.id)
        jobs.defer(session, "payouts.fall_back", campaign_id=campaign_id, cause="gift")


def _tell_funds(session: Session, payment: Payment, pledge: Pledge, campaign: Campaign) -> None:
    """What is left of a contribution is what counts for match money."""
    if payment.booked_as == "contribution":
        gift_cents, _ = left_of_payment(session, payment, pledge)
        counts = gift_cents if pledge.status == PledgeStatus.BOOKED else 0
        follow_gift(session, pledge=pledge, campaign=campaign, counts_cents=counts)


def _close_pledge(session: Session, refund: Refund, pledge: Pledge, campaign: Campaign) -> None:
    """Its money is with the donor again."""
    if PLEDGE_TRANSITIONS.allowed(PledgeStatus(pledge.status), "refunded"):
        pledge.status = PledgeStatus.REFUNDED.value
        pledge.refunded_at = clock.now()
        pledge.refund_asked_at = pledge.refund_asked_at or clock.now()
        pledge.refund_reason = pledge.refund_reason or refund.reason
        rewards.follow_gift(session, pledge=pledge)
        mails.refunded(session, pledge=pledge, campaign=campaign, refund=refund)


def _all_gone(session: Session, payment: Payment) -> bool:
    return payment_net(session, payment.id) <= 0


def _book_failed(
    session: Session, refund: Refund, payment: Payment, pledge: Pledge, campaign: Campaign
) -> None:
    """The money could not be delivered: it is owed to the donor, by another road."""
    came_back = refund.booked_status == RefundStatus.REFUNDED
    if refund.reason == RefundReason.DASHBOARD and not came_back:
        return  # Never left, and we had booked nothing for it.
    source = chart.PROVIDER if came_back else chart.REFUNDS_IN_FLIGHT
    post(
        session,
        kind=BookingKind.REFUND_FAILED,
        key=payment_key(provider_of(payment.webhook_url), refund.provider_id, ProviderEvent.FAILED),
        entries=[
            debit(source, refund.amount_cents),
            credit(chart.UNCLAIMED, refund.amount_cents),
        ],
        campaign_id=campaign.id,
        payment_id=payment.id,
    )
    about_pledge = refund.reason != RefundReason.PAID_TWICE
    if about_pledge and PLEDGE_TRANSITIONS.allowed(PledgeStatus(pledge.status), "refund_failed"):
        pledge.status = PledgeStatus.UNCLAIMED.value
    audit.raise_alert(
        session,
        key=f"refund_failed:{refund.id}",
        kind=AlertKind.REFUND_FAILED,
        detail={"pledge_id": str(pledge.id), "amount_cents": refund.amount_cents},
    )
    mails.refund_failed(session, pledge=pledge, campaign=campaign, refund=refund)


def book_chargeback(session: Session, *, chargeback_id: UUID) -> None:
    """Book what a bank took back from us, and what it gave back later."""
    chargeback = session.get_one(Chargeback, chargeback_id)
    payment, pledge, campaign = _locked_booking(session, chargeback.payment_id)
    session.refresh(chargeback)
    if payment.booked_as == "ignored":
        _alert_unexplained(session, f"chargeback:{chargeback.id}", chargeback.amount_cents)
        return
    taken_key = payment_key(
        provider_of(payment.webhook_url), chargeback.provider_id, ProviderEvent.CHARGED
    )
    given_key = payment_key(
        provider_of(payment.webhook_url), chargeback.provider_id, ProviderEvent.REVERSED
    )
    if posting_by_key(session, taken_key) is None:
        _book_taken(session, chargeback, payment, pledge, campaign, taken_key)
    if chargeback.reversed_at is not None and posting_by_key(session, given_key) is None:
        charge_posting = posting_by_key(session, taken_key) or {}
        _book_given_back(session, payment, pledge, campaign, charge_posting, given_key)


def _book_taken(
    session: Session,
    chargeback: Chargeback,
    payment: Payment,
    pledge: Pledge,
    campaign: Campaign,
    key: str,
) -> None:
    taken_from = sources(session, chargeback.amount_cents, payment, pledge, campaign, key=key)
    post(
        session,
        kind=BookingKind.CHARGEBACK,
        key=key,
        entries=[*taken_from, credit(chart.PROVIDER, chargeback.amount_cents)],
        campaign_id=campaign.id,
        payment_id=payment.id,
    )
    bump_version(campaign)
    whole = payment.booked_as == "contribution" and _all_gone(session, payment)
    if whole and PLEDGE_TRANSITIONS.allowed(PledgeStatus(pledge.status), "charge_back"):
        pledge.status = PledgeStatus.CHARGED_BACK.value
        rewards.follow_gift(session, pledge=pledge)
    if payment.booked_as == "contribution" and pledge.status in _WITH_CAMPAIGN:
        cents = chargeback.amount_cents
        mails.charged_back(session, pledge=pledge, campaign=campaign, key=key, cents=cents)
        cents = _of_initiator({each.account.code: each.cents for each in taken_from}, campaign)
        mails.crowd_changed(session, campaign=campaign, key=key, cents=cents)
    _tell_funds(session, payment, pledge, campaign)
    _look_at_success(session, campaign)
    audit.raise_alert(
        session,
        key=f"chargeback:{chargeback.id}",
        kind=AlertKind.CHARGEBACK,
        detail={"pledge_id": str(pledge.id), "amount_cents": chargeback.amount_cents},
    )


def _book_given_back(
    session: Session,
    payment: Payment,
    pledge: Pledge,
    campaign: Campaign,
    charge_posting: dict[str, int],
    key: str,
) -> None:
    """Book a reversed chargeback: back to the accounts it came from, or where the rest went."""
    held_code, tips_code = chart.held(campaign.id).code, chart.tips_deferred(campaign.id).code
    if campaign.status not in WON:
        charge_posting = _held_again(charge_posting, campaign)
    entries = [Entry(AccountName.from_code(code), -cents) for code, cents in charge_posting.items()]
    gift_went_back = pledge.status not in (PledgeStatus.BOOKED, PledgeStatus.CHARGED_BACK)
    if gift_went_back and (held_code in charge_posting or tips_code in charge_posting):
        # The rest of the gift went back to its donor meanwhile; nothing would send this after it.
        cents = -charge_posting[chart.PROVIDER.code]
        entries = [debit(chart.PROVIDER, cents), credit(chart.SUSPENSE, cents)]
        _alert_unexplained(session, key, cents)
    post(
        session,
        kind=BookingKind.CHARGEBACK_REVERSED,
        key=key,
        entries=entries,
        campaign_id=campaign.id,
        payment_id=payment.id,
    )
    bump_version(campaign)
    if (
        campaign.status in WON
        and not gift_went_back
        and (held_code in charge_posting or tips_code in charge_posting)
    ):
        release_to_initiator(
            session,
            campaign=campaign,
            held_cents=charge_posting.get(held_code, 0),
            tip_cents=charge_posting.get(tips_code, 0),
            key=given_back_key(key),
        )
    counts = payment.booked_as == "contribution"
    if counts and PLEDGE_TRANSITIONS.allowed(PledgeStatus(pledge.status), "charge_back_reversed"):
        pledge.status = PledgeStatus.BOOKED.value
        rewards.follow_gift(session, pledge=pledge)
        mails.counts_again(session, pledge=pledge, campaign=campaign, key=key)
    if counts and not gift_went_back:
        cents = _of_initiator(charge_posting, campaign)
        mails.crowd_changed(session, campaign=campaign, key=key, cents=cents, again=True)
    _tell_funds(session, payment, pledge, campaign)


def _of_initiator(posting: Mapping[str, int], campaign: Campaign) -> int:
    """What a posting took of the gift itself, wherever it was by then (eurocents)."""
    accounts = (chart.held, chart.payable, chart.chargeback_receivable)
    return sum(posting.get(account(campaign.id).code, 0) for account in accounts)


def _held_again(posting: dict[str, int], campaign: Campaign) -> dict[str, int]:
    """The same with what a success had released on the accounts where it is held: the bank took it
    before the success was taken back, and gives it back after that."""
    targets = {
        chart.payable(campaign.id).code: chart.held(campaign.id).code,
        chart.TIPS.code: chart.tips_deferred(campaign.id).code,
    }
    held_again: dict[str, int] = {}
    for code, cents in posting.items():
        target = targets.get(code, code)
        held_again[target] = held_again.get(target, 0) + cents
    return held_again


def _alert_unexplained(session: Session, key: str, cents: int) -> None:
    audit.raise_alert(
        session, key=f"unexplained:{key}", kind=AlertKind.MONEY_UNEXPLAINED, detail={"cents": cents}
    )
