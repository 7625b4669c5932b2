"""Fault 5: the webhook overtakes the answer to our own question."""

import threading

from tests.support.faults.books import assert_sound
from tests.support.faults.world import World
from tests.support.sandbox_process import wait_for


def test_fault_05_webhook_before_our_answer_is_saved(world: World) -> None:
    """The payment is paid, told and booked while the site still waits for its creation."""
    donor = world.giving(world.campaign())
    world.sandbox.switch("webhook_first", "create_payment", status="paid")
    world.sandbox.switch("delay", "create_payment", when="after", seconds=6)
    answers = []
    clicking = threading.Thread(target=lambda: answers.append(donor.pay()))
    clicking.start()
    wait_for(lambda: world.payments(donor) != [])
    wait_for(lambda: "pledges.book_payment" in world.work(), seconds=5)

    assert clicking.is_alive(), "the answer has not come yet"
    assert donor.state == "booked"
    clicking.join()
    assert answers[0].headers["Location"].endswith(f"/giften/{donor.gift}"), "nothing to pay again"
    world.work()
    assert world.at_provider() == 1
    assert donor.state == "booked"
    assert_sound(world, mails=["receipt"])
