"""Fault 15: paid around the moment that ends the last day. The provider's ``paidAt`` decides."""

from datetime import date, datetime, timedelta

import pytest

from tests.support.certain import certain
from tests.support.faults.books import assert_sound
from tests.support.faults.donor import Donor
from tests.support.faults.world import World
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import TIPS, payable

DAYS = (date(2027, 1, 31), date(2027, 3, 28), date(2027, 10, 31))
"""An ordinary day, and those on which the clocks change."""


def pay_at(world: World, donor: Donor, moment: datetime) -> None:
    """The donor pays at that moment, as the provider tells it."""
    donor.checkout()
    world.sandbox.set_state(
        certain(world.payment(donor).provider_id), "paid", paid_at=moment.isoformat()
    )


@pytest.mark.parametrize("day", DAYS)
def test_fault_15_paid_just_after_the_deadline(world: World, day: date) -> None:
    """Paid in the second after the midnight that ends the last day: it goes back."""
    campaign = world.campaign(deadline_on=day)
    donor = world.giving(campaign)
    pay_at(world, donor, certain(campaign.closes_at))
    world.work()
    assert donor.state == "refunding"
    assert "Your payment was made after the campaign had ended" in donor.page
    assert_sound(world, mails=["refund_asked"])


@pytest.mark.parametrize("day", DAYS)
def test_fault_15_paid_just_before_the_deadline(world: World, day: date) -> None:
    """Paid in the last second of the last day: it counts."""
    campaign = world.campaign(deadline_on=day)
    donor = world.giving(campaign)
    pay_at(world, donor, certain(campaign.closes_at) - timedelta(seconds=1))
    world.work()
    assert donor.state == "booked"
    assert_sound(world, mails=["receipt"])


def test_fault_15_in_time_but_known_long_after(world: World) -> None:
    """Paid before the deadline of a campaign that succeeded; the news came two days later."""
    campaign = world.campaign(minimum_cents=5000)
    first = world.paid(campaign, cents=5000)
    late = world.giving(campaign, cents=700, tip=100)
    late.checkout()
    checkout_id = world.payment(late).provider_id
    world.sandbox.switch("stale", "get_payment", count=None)
    world.sandbox.switch("drop_webhook")
    in_time = (certain(campaign.closes_at) - timedelta(minutes=1)).isoformat()
    world.sandbox.set_state(certain(checkout_id), "paid", paid_at=in_time)
    world.come(certain(campaign.closes_at) + timedelta(minutes=5))
    assert world.status(campaign.id) == "closing", "an open checkout is waited for"
    world.come(certain(campaign.closes_at) + timedelta(hours=25))
    assert world.status(campaign.id) == "succeeded"

    world.sandbox.behave()
    world.sandbox.redeliver(certain(checkout_id))
    world.work()
    assert (first.state, late.state) == ("booked", "booked")
    assert "The campaign is over and your gift stays with it." in late.page
    with world.database.reading() as session:
        assert balance(session, payable(campaign.id)) == 5700
        assert balance(session, TIPS) == 300
    assert_sound(
        world,
        mails=["receipt", "receipt", "campaign_won", "payee_asked", "campaign_won_donor"],
    )
