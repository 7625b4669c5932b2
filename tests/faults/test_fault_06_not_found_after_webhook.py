"""Fault 6: the provider tells of a payment that it does not know yet when we ask."""

from datetime import timedelta

from tests.support.faults.books import assert_sound
from tests.support.faults.world import World
from voorjebuurt.kernel import clock


def test_fault_06_not_found_right_after_the_webhook(world: World) -> None:
    """GET answers 404 twice right after the webhook, and the payment the third time."""
    donor = world.giving(world.campaign())
    world.sandbox.switch("not_found", "get_payment", count=2)
    world.sandbox.pay(donor.checkout())

    (first,) = world.work_and_report()
    assert (first.task, first.again) == ("payments.take_webhook", True)
    assert donor.state == "waiting"
    with clock.at(clock.now() + timedelta(minutes=1)):
        (second,) = world.work_and_report()
    assert second.again
    with clock.at(clock.now() + timedelta(minutes=2)):
        world.work()
    assert donor.state == "booked"
    assert_sound(world, mails=["receipt"])
