"""Fault 14: one gift is paid twice, from two tabs."""

from tests.support.at_once import at_once, without_errors
from tests.support.certain import certain
from tests.support.faults.books import assert_sound
from tests.support.faults.world import World
from tests.support.jobs import run_jobs

TWICE = "One of your payments is on its way back to you: €52"


def test_fault_14_paid_twice_from_two_tabs(world: World) -> None:
    """The provider has two paid payments of one question: one counts, the other goes back."""
    campaign = world.campaign()
    donor = world.giving(campaign)
    world.sandbox.pay(donor.checkout())
    first = world.payment(donor)
    twin = world.sandbox.control(f"payments/{first.provider_id}/copy", {})["id"]

    def work() -> None:
        run_jobs(world.database, world.settings, failing=True)

    world.sandbox.wait_for_webhooks()
    at_once(work, work)
    world.work()
    payments = world.payments(donor)
    assert {payment.provider_id for payment in payments} == {first.provider_id, twin}
    assert sorted(certain(payment.booked_as) for payment in payments) == [
        "contribution",
        "returned",
    ]
    assert donor.state == "booked"
    assert TWICE in donor.page
    assert_sound(world, mails=["receipt", "refund_asked"])

    surplus = next(payment for payment in payments if payment.booked_as == "returned")
    (refund,) = world.refunds(donor)
    assert refund.payment_id == surplus.id
    world.sandbox.set_refund(certain(refund.provider_id), "refunded")
    world.sandbox.redeliver(twin, times=3)
    world.work()
    assert donor.state == "booked"
    assert TWICE not in donor.page
    assert "One of your payments has been paid back to you: €52" in donor.page
    assert_sound(world, mails=["receipt", "refund_asked", "refunded"])


def test_fault_14_two_tabs_get_one_payment(world: World) -> None:
    """The button is pressed in two tabs at the same moment, and once more after that."""
    donor = world.giving(world.campaign())
    token = donor.token_of(donor.page_address)

    def press() -> str:
        return donor.post(f"{donor.page_address}/betalen", token).headers["Location"]

    world.sandbox.switch("delay", "create_payment", when="after", seconds=0.5)
    addresses = without_errors(at_once(press, press, press))
    assert world.at_provider() == 1
    (checkout,) = {press(), *(address for address in addresses if "/checkout/" in address)}
    world.sandbox.pay(checkout)
    world.work()
    assert donor.state == "booked"
    assert donor.pay_without_form() == 409
    assert_sound(world, mails=["receipt"])
