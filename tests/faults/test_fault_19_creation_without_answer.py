"""Faults 19 and 20: the provider made the payment, but its answer never reached us."""

from datetime import timedelta

import pytest

from tests.support.at_once import at_once
from tests.support.faults.books import assert_sound
from tests.support.faults.donor import Donor
from tests.support.faults.world import World
from voorjebuurt.kernel import clock
from voorjebuurt.payments.providers import mollie

SORRY = "The payment page can’t be reached right now. Please try again."


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait one second for the provider, instead of ten."""
    monkeypatch.setattr(mollie, "_TIMEOUT_SECONDS", (1, 1))


def press(world: World, donor: Donor) -> None:
    """Press the button in vain; nothing typed is lost, and the button is still there."""
    answer = donor.pay()
    assert answer.headers["Location"].endswith(f"/giften/{donor.gift}")
    assert SORRY in donor.page
    assert donor.state == "to_pay"


def make_old(world: World, donor: Donor, age: timedelta) -> None:
    """Let the attempt have been begun so long ago."""
    with world.database.writing() as session:
        payment = session.merge(world.payment(donor))
        payment.created_at -= age
        payment.key_created_at -= age


def pay_after_all(world: World, donor: Donor) -> None:
    world.sandbox.pay(donor.checkout())
    world.work()
    assert world.at_provider() == 1
    assert donor.state == "booked"
    assert_sound(world, mails=["receipt"])


def test_fault_19_creation_times_out_but_was_executed(world: World, impatient: None) -> None:
    """The read times out. The same question under the same key gets the same payment."""
    donor = world.giving(world.campaign())
    world.sandbox.switch("delay", "create_payment", when="after", seconds=2)
    press(world, donor)
    assert world.at_provider() == 1
    pay_after_all(world, donor)


@pytest.mark.parametrize("behaviour", ["reset", "cut_connection", "cut_json", "bad_gateway"])
def test_fault_19_answer_is_lost_on_its_way(world: World, behaviour: str) -> None:
    """The connection breaks, or the answer can't be read; the payment is there all the same."""
    donor = world.giving(world.campaign())
    world.sandbox.switch(behaviour, "create_payment", when="after")
    press(world, donor)
    assert world.at_provider() == 1
    pay_after_all(world, donor)


def test_fault_19_nothing_was_executed(world: World) -> None:
    """The provider is down altogether: the donor tries again later, and nothing is lost."""
    donor = world.giving(world.campaign())
    world.sandbox.switch("error", "create_payment", count=3, status=503)
    for _ in range(3):
        press(world, donor)
    assert world.at_provider() == 0
    pay_after_all(world, donor)


def test_fault_20_key_expired_before_the_donor_tries_again(world: World) -> None:
    """Two hours later the key means nothing any more: we look by metadata before we ask."""
    donor = world.giving(world.campaign())
    world.sandbox.switch("reset", "create_payment", when="after")
    press(world, donor)
    make_old(world, donor, timedelta(hours=2))
    pay_after_all(world, donor)
    assert len(world.sandbox.log("create_payment")) == 1, "it was not even asked again"


def test_fault_20_sweep_finds_it(world: World) -> None:
    """The donor does not try again, but the sweep finds the payment, and its end."""
    donor = world.giving(world.campaign())
    world.sandbox.switch("reset", "create_payment", when="after")
    press(world, donor)
    world.come(clock.now() + timedelta(minutes=6))
    assert world.payment(donor).status == "open"
    pay_after_all(world, donor)


def test_fault_20_never_made_and_given_up(world: World) -> None:
    """It was never executed: after two hours of looking in vain the attempt is given up."""
    donor = world.giving(world.campaign())
    world.sandbox.switch("error", "create_payment")
    press(world, donor)
    world.come(clock.now() + timedelta(minutes=30))
    assert world.payment(donor).status == "creating"
    world.come(clock.now() + timedelta(hours=3))
    assert world.payment(donor).status == "abandoned"
    assert donor.state == "expired"
    world.sandbox.pay(donor.checkout())
    world.work()
    assert [payment.booked_as for payment in world.payments(donor)] == [None, "contribution"]
    assert world.at_provider() == 1
    assert_sound(world, mails=["receipt"])


def test_fault_20_key_expired_and_pressed_twice_at_once(world: World) -> None:
    """Nothing was executed, the key is old, and two tabs ask at the same moment: one payment."""
    donor = world.giving(world.campaign())
    world.sandbox.switch("error", "create_payment")
    press(world, donor)
    make_old(world, donor, timedelta(hours=1))
    token = donor.token_of(donor.page_address)

    def click() -> str:
        return donor.post(f"{donor.page_address}/betalen", token).headers["Location"]

    world.sandbox.switch("delay", "list_payments", count=2, seconds=0.3)
    at_once(click, click)
    assert world.at_provider() == 1
    pay_after_all(world, donor)


def test_fault_20_made_twice_after_all(world: World) -> None:
    """The list did not show it yet, so a second one was made: both are known, one is returned."""
    donor = world.giving(world.campaign())
    world.sandbox.switch("reset", "create_payment", when="after")
    press(world, donor)
    make_old(world, donor, timedelta(hours=2))
    (first,) = all_ids(world)
    nothing = {"_embedded": {"payments": []}, "count": 0, "_links": {}}
    world.sandbox.switch("alter", "list_payments", set=nothing)
    checkout = donor.checkout()
    (second,) = all_ids(world) - {first}
    assert world.payment(donor).provider_id == second
    world.sandbox.pay(checkout)
    world.work()
    world.sandbox.set_state(first, "paid")
    world.work()
    assert donor.state == "booked"
    kinds = sorted(str(payment.booked_as) for payment in world.payments(donor))
    assert kinds == ["contribution", "returned"]
    assert_sound(world, mails=["receipt", "refund_asked"])


def all_ids(world: World) -> set[str]:
    return {payment["id"] for payment in world.provider_payments()}


def test_fault_20_answer_of_an_attempt_given_up(world: World) -> None:
    """An attempt that was given up turns out to be paid: the money is booked."""
    donor = world.giving(world.campaign())
    world.sandbox.switch("reset", "create_payment", when="after")
    world.sandbox.switch("drop_webhook", count=None)
    press(world, donor)
    (provider_id,) = all_ids(world)
    with world.database.writing() as session:
        session.merge(world.payment(donor)).status = "abandoned"
    world.sandbox.behave()
    world.sandbox.set_state(provider_id, "paid")
    world.work()
    assert world.payment(donor).status == "paid"
    assert donor.state == "booked"
    assert_sound(world, mails=["receipt"])
