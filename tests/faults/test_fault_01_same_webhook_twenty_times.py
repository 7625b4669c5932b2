"""Fault 1: the provider repeats itself."""

from tests.support.certain import certain
from tests.support.faults.books import assert_sound
from tests.support.faults.world import World


def test_fault_01_same_webhook_twenty_times(world: World) -> None:
    """The same webhook comes twenty times before and twenty times after the booking."""
    campaign = world.campaign()
    donor = world.giving(campaign)
    world.sandbox.pay(donor.checkout())
    provider_id = world.payment(donor).provider_id
    world.sandbox.redeliver(certain(provider_id), times=20)
    world.sandbox.wait_for_webhooks()
    assert len(world.sandbox.webhooks()) == 21

    jobs = world.work()
    assert jobs.count("payments.take_webhook") == 1, "twenty-one calls wait as one job"
    assert donor.state == "booked"

    world.sandbox.redeliver(certain(provider_id), times=20)
    world.work()
    assert donor.state == "booked"
    assert_sound(world, mails=["receipt"])
