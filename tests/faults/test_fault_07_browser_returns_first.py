"""Fault 7: the donor is back before the news is."""

from tests.support.faults.books import assert_sound
from tests.support.faults.world import World


def test_fault_07_browser_returns_before_the_webhook(world: World) -> None:
    """The return proves nothing, but it makes us ask: the webhook never comes."""
    donor = world.giving(world.campaign())
    checkout = donor.checkout()
    donor.come_back()
    world.work()
    assert donor.state == "waiting", "back without having paid"

    world.sandbox.switch("drop_webhook")
    world.sandbox.pay(checkout)
    assert donor.state == "waiting"
    world.let_a_moment_pass()
    donor.come_back()
    assert donor.state == "arrived", "asked while the donor waits for the page"
    donor.come_back()
    assert world.work().count("pledges.book_payment") == 1
    assert donor.state == "booked"
    donor.come_back()
    assert world.work() == []
    assert_sound(world, mails=["receipt"])


def test_fault_07_forged_return(world: World) -> None:
    """A donor who goes to the return address without paying has paid nothing."""
    donor = world.giving(world.campaign())
    donor.come_back()
    assert donor.state == "to_pay"
    donor.checkout()
    donor.http.get(f"{donor.page_address}/terug?status=paid&id=tr_paid", timeout=10)
    world.work()
    assert donor.state == "waiting"
    assert_sound(world)
