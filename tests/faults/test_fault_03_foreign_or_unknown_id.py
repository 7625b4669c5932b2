"""Fault 3: a webhook about a payment that is not ours, or at an address that is not."""

from tests.support.certain import certain
from tests.support.faults.books import assert_sound
from tests.support.faults.world import World
from voorjebuurt.kernel.ids import new_token


def test_fault_03_unknown_address(world: World) -> None:
    """Somebody guesses at our webhook address with an id that exists: nothing is even fetched."""
    donor = world.giving(world.campaign())
    world.sandbox.switch("drop_webhook")
    world.sandbox.pay(donor.checkout())
    provider_id = world.payment(donor).provider_id

    assert world.webhook(new_token(), certain(provider_id)).status_code == 200
    assert world.webhook("kort", certain(provider_id)).status_code == 200
    world.work()
    assert world.sandbox.log("get_payment") == []
    assert donor.state == "waiting"
    assert_sound(world)


def test_fault_03_somebody_elses_payment(world: World) -> None:
    """The webhook of one donor's payment comes at the address of another donor's payment."""
    campaign = world.campaign()
    anna, bram = world.giving(campaign), world.giving(campaign, cents=900)
    anna.checkout()
    world.sandbox.switch("drop_webhook")
    world.sandbox.pay(bram.checkout())
    theirs = world.payment(bram)

    assert (
        world.webhook(world.payment(anna).webhook_token, certain(theirs.provider_id)).status_code
        == 200
    )
    world.work()
    assert anna.state == "waiting"
    assert len(world.payments(anna)) == 1
    assert bram.state == "waiting"
    world.webhook(theirs.webhook_token, certain(theirs.provider_id))
    world.work()
    assert (anna.state, bram.state) == ("waiting", "booked")
    assert_sound(world, mails=["receipt"])


def test_fault_03_unknown_id_at_a_known_address(world: World) -> None:
    """An id that the provider does not know comes at a payment's secret address."""
    donor = world.giving(world.campaign())
    checkout = donor.checkout()
    token = world.payment(donor).webhook_token
    assert world.webhook(token, "tr_DoesNotExist1").status_code == 200
    (run,) = world.work_and_report()
    assert (run.task, run.again) == ("payments.take_webhook", True)

    world.sandbox.pay(checkout)
    world.work()
    assert donor.state == "booked"
    assert_sound(world, mails=["receipt"])
