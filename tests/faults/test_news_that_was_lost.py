"""News of a payment that was booked long ago, and whose webhook never came."""

from datetime import timedelta

from tests.support.certain import certain
from tests.support.faults.books import assert_sound
from tests.support.faults.world import World
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.payments.tasks import revisit


def test_a_chargeback_whose_webhook_was_lost_is_found_within_a_week(world: World) -> None:
    """The bank takes the money back, and the webhook that tells it is lost."""
    donor = world.paid(world.campaign())
    world.sandbox.switch("drop_webhook", count=None)
    world.sandbox.charge_back(certain(world.payment(donor).provider_id))
    world.work()
    assert donor.state == "booked", "nobody told us"

    with clock.at(clock.now() + timedelta(days=8)):
        revisit(Runtime(world.database, world.settings))
        world.work()
    assert donor.state == "charged_back"
    assert_sound(world, mails=["receipt", "gift_charged_back"], alerts=["chargeback"])
