"""A provider that does not answer while donors come back and pay: the site goes on."""

import threading
import time
from collections.abc import Callable

import pytest

from tests.support.at_once import at_once, without_errors
from tests.support.faults.donor import Donor
from tests.support.faults.world import World
from voorjebuurt.payments import prompt
from voorjebuurt.payments.prompt import ASK_SECONDS, PLACES

HANGS_SECONDS = 8


def waiting_donors(world: World, count: int) -> list[Donor]:
    """Donors who have paid, of which we were told nothing."""
    campaign = world.campaign()
    donors = [world.giving(campaign) for _ in range(count)]
    for donor in donors:
        checkout = donor.checkout()
        world.sandbox.switch("drop_webhook")
        world.sandbox.pay(checkout)
    return donors


def returning(donor: Donor) -> Callable[[], float]:
    def come_back() -> float:
        begin = time.monotonic()
        donor.come_back()
        return time.monotonic() - begin

    return come_back


def test_few_pages_wait_for_the_provider_and_no_news_is_lost(world: World) -> None:
    donors = waiting_donors(world, 4)
    before = len(world.sandbox.log("get_payment"))
    world.sandbox.switch("delay", "get_payment", seconds=HANGS_SECONDS, count=None)
    seconds = sorted(without_errors(at_once(*(returning(donor) for donor in donors))))
    assert [each < 2 for each in seconds].count(False) <= PLACES
    assert seconds[-1] < 5
    assert len(world.sandbox.log("get_payment")) - before <= PLACES
    world.sandbox.behave()
    world.work()
    assert {donor.state for donor in donors} == {"booked"}


def test_a_payment_is_asked_after_once_in_some_seconds(world: World) -> None:
    (donor,) = waiting_donors(world, 1)
    world.sandbox.switch("error", "get_payment", status=503, count=None)
    before = len(world.sandbox.log("get_payment"))
    for _ in range(6):
        donor.come_back()
    assert len(world.sandbox.log("get_payment")) - before == 1
    world.sandbox.behave()
    world.let_a_moment_pass()
    donor.come_back()
    assert donor.state == "arrived"


def test_who_comes_back_again_at_once_is_asked_after_a_little_later(world: World) -> None:
    donor = world.giving(world.campaign())
    checkout = donor.checkout()
    donor.come_back()
    world.sandbox.switch("drop_webhook")
    world.sandbox.pay(checkout)
    donor.come_back()
    assert donor.state == "waiting", "served from what is known"
    time.sleep(ASK_SECONDS)
    world.work()
    assert donor.state == "booked"


def test_who_pays_while_all_places_are_taken_reads_so_soon(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    donor = world.giving(world.campaign())
    monkeypatch.setattr(prompt, "_places", threading.BoundedSemaphore(1))
    with prompt._place(wait_seconds=0):
        begin = time.monotonic()
        donor.post(f"{donor.page_address}/betalen", donor.a_token())
        assert time.monotonic() - begin < 4
    assert "The payment page can’t be reached right now" in donor.page
    assert world.at_provider() == 0
    donor.checkout()
    assert world.at_provider() == 1
