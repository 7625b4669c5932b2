"""States of pledges, what counts, and what a donor is told."""

from datetime import UTC, datetime, timedelta

import pytest

from voorjebuurt.campaigns.rules import PUBLIC, REFUNDING, WON, CampaignStatus
from voorjebuurt.kernel.errors import TransitionError
from voorjebuurt.payments.rules import PaymentStatus
from voorjebuurt.pledges.rules import (
    PLEDGE_TRANSITIONS,
    GiftState,
    PledgeStatus,
    RefundReason,
    gift_state,
    reason_to_return,
)

CLOSES = datetime(2027, 1, 31, 23, tzinfo=UTC)
ILLEGAL = {
    "book": "booked refunding refunded unclaimed charged_back",
    "return": "refunding refunded unclaimed charged_back",
    "refunded": "open refunded unclaimed charged_back",
    "refund_failed": "open booked unclaimed charged_back",
    "charge_back": "open refunding refunded unclaimed charged_back",
    "charge_back_reversed": "open booked refunding refunded unclaimed",
}
PAIRS = sorted((state, action) for action, states in ILLEGAL.items() for state in states.split())


@pytest.mark.parametrize(("state", "action"), PAIRS)
def test_a_refused_transition(state: str, action: str) -> None:
    with pytest.raises(TransitionError):
        PLEDGE_TRANSITIONS.after(PledgeStatus(state), action)


def test_no_other_transition_is_refused() -> None:
    illegal = {(state.value, action) for state, action in PLEDGE_TRANSITIONS.refused(PledgeStatus)}
    assert illegal == set(PAIRS)


def reason(
    pledge: PledgeStatus = PledgeStatus.OPEN,
    campaign: CampaignStatus = CampaignStatus.LIVE,
    paid_at: datetime = CLOSES,
) -> RefundReason | None:
    return reason_to_return(pledge=pledge, campaign=campaign, paid_at=paid_at, closes_at=CLOSES)


@pytest.mark.parametrize("campaign", sorted(PUBLIC - REFUNDING))
def test_the_moment_of_paying_decides(campaign: CampaignStatus) -> None:
    assert reason(campaign=campaign, paid_at=CLOSES - timedelta(microseconds=1)) is None
    assert reason(campaign=campaign, paid_at=CLOSES) is RefundReason.LATE


@pytest.mark.parametrize("campaign", sorted(PUBLIC))
@pytest.mark.parametrize("pledge", sorted(set(PledgeStatus) - {PledgeStatus.OPEN}))
def test_a_second_payment_never_counts(pledge: PledgeStatus, campaign: CampaignStatus) -> None:
    for paid_at in (CLOSES, CLOSES - timedelta(days=1)):
        assert reason(pledge, campaign, paid_at) is RefundReason.PAID_TWICE


def test_a_campaign_that_is_over_pays_back() -> None:
    in_time = CLOSES - timedelta(days=1)
    assert reason(campaign=CampaignStatus.FAILED, paid_at=in_time) is RefundReason.CAMPAIGN_FAILED
    refund_reason = reason(campaign=CampaignStatus.CANCELLED, paid_at=in_time)
    assert refund_reason is RefundReason.CAMPAIGN_CANCELLED
    # Late is late, or the page of a failed campaign would go on counting upwards.
    assert reason(campaign=CampaignStatus.FAILED) is RefundReason.LATE
    assert not WON & REFUNDING


@pytest.mark.parametrize("pledge", sorted(set(PledgeStatus) - {PledgeStatus.OPEN}))
@pytest.mark.parametrize("payment", [None, *PaymentStatus])
def test_after_the_booking_the_pledge_speaks(
    pledge: PledgeStatus, payment: PaymentStatus | None
) -> None:
    assert gift_state(pledge, payment, None) == GiftState(pledge.value)


@pytest.mark.parametrize(
    ("payment", "state"),
    [
        (None, "to_pay"),
        ("creating", "to_pay"),
        ("open", "waiting"),
        ("pending", "pending"),
        ("authorized", "pending"),
        ("paid", "arrived"),
        ("failed", "failed"),
        ("canceled", "canceled"),
        ("expired", "expired"),
        ("abandoned", "expired"),
    ],
)
def test_before_the_booking_the_payment_speaks(payment: str | None, state: str) -> None:
    status = PaymentStatus(payment) if payment else None
    assert gift_state(PledgeStatus.OPEN, status, None) == GiftState(state)


@pytest.mark.parametrize("booked_as", ["suspense", "ignored"])
def test_money_that_nothing_explains_is_looked_at(booked_as: str) -> None:
    assert gift_state(PledgeStatus.OPEN, PaymentStatus.PAID, booked_as) is GiftState.CHECKING


def test_what_was_paid_beside_its_correction_goes_back() -> None:
    assert gift_state(PledgeStatus.OPEN, PaymentStatus.PAID, "returned") is GiftState.REPLACED
