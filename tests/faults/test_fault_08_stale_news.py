"""Faults 8 and 9: news in the wrong order."""

from datetime import timedelta

from tests.support.certain import certain
from tests.support.faults.books import assert_sound
from tests.support.faults.world import World
from voorjebuurt.kernel import clock


def test_fault_08_stale_open_after_paid(world: World) -> None:
    """An old answer ``open`` is read after the payment was booked."""
    donor = world.paid(world.campaign())
    payment = world.payment(donor)
    world.sandbox.switch("stale", "get_payment", count=None)
    world.sandbox.redeliver(certain(payment.provider_id), times=2)
    world.work()
    donor.come_back()
    world.work()
    assert world.payment(donor).status == "paid"
    assert donor.state == "booked"
    assert_sound(world, mails=["receipt"])


def test_fault_08_stale_open_before_the_booking(world: World) -> None:
    """The old answer lands between the news and its booking."""
    donor = world.giving(world.campaign())
    world.sandbox.pay(donor.checkout())
    world.sandbox.wait_for_webhooks()
    world.sandbox.switch("stale", "get_payment")
    assert "pledges.book_payment" not in world.work(), "the first look says open"
    assert donor.state == "waiting"
    world.sandbox.redeliver(certain(world.payment(donor).provider_id))
    world.work()
    assert donor.state == "booked"
    assert_sound(world, mails=["receipt"])


def test_fault_09_expired_then_paid(world: World) -> None:
    """A payment that had expired turns out to be paid: the money is booked, no mail asks again."""
    donor = world.giving(world.campaign())
    donor.checkout()
    provider_id = world.payment(donor).provider_id
    world.sandbox.set_state(certain(provider_id), "expired")
    world.work()
    assert donor.state == "expired"
    world.sandbox.set_state(certain(provider_id), "paid")
    world.work()
    assert donor.state == "booked"
    with clock.at(clock.now() + timedelta(hours=1)):
        assert "pledges.offer_retry" in world.work()
    assert_sound(world, mails=["receipt"])


def test_fault_09_expired_then_another_try_then_both_paid(world: World) -> None:
    """The first try expired, the second was paid, and then the first was paid as well."""
    donor = world.giving(world.campaign())
    donor.checkout()
    first = world.payment(donor).provider_id
    world.sandbox.set_state(certain(first), "expired")
    world.work()
    world.sandbox.pay(donor.checkout())
    world.work()
    assert donor.state == "booked"
    world.sandbox.set_state(certain(first), "paid")
    world.work()
    assert donor.state == "booked"
    assert "One of your payments is on its way back to you: €52" in donor.page
    assert [payment.booked_as for payment in world.payments(donor)] == ["returned", "contribution"]
    assert_sound_after_retry(world)


def assert_sound_after_retry(world: World) -> None:
    """The offer to try again was planned for later, and is not made."""
    with clock.at(clock.now() + timedelta(hours=1)):
        world.work()
    assert_sound(world, mails=["receipt", "refund_asked"])
