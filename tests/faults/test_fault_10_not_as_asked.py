"""Faults 10 to 13: money came, or seems to have come, that is not what we asked for.

It is booked if it is there, counts for no campaign, and a person is asked to look.
"""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.certain import certain
from tests.support.faults.books import assert_sound
from tests.support.faults.donor import Donor
from tests.support.faults.world import World
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import PROVIDER, SUSPENSE, held

PayWith = Callable[..., Donor]


@pytest.fixture
def campaign(world: World) -> Campaign:
    return world.campaign()


@pytest.fixture
def pay_with(world: World, campaign: Campaign) -> PayWith:
    """A donor whose payment is answered with these differences when we look."""

    def pay(**differences: Any) -> Donor:
        donor = world.giving(campaign)
        checkout = donor.checkout()
        world.sandbox.switch("alter", "get_payment", count=None, set=differences)
        world.sandbox.pay(checkout)
        world.work()
        return donor

    return pay


def booked(world: World, campaign: Campaign) -> tuple[int, ...]:
    with world.database.reading() as session:
        return tuple(balance(session, name) for name in (PROVIDER, held(campaign.id), SUSPENSE))


@pytest.mark.parametrize("value", ["1.00", "52.01", "5200.00"])
def test_fault_10_other_amount_than_asked(
    world: World, campaign: Campaign, pay_with: PayWith, value: str
) -> None:
    """More or less than the € 52 that we asked for was paid."""
    donor = pay_with(amount={"value": value})
    cents = int(value.replace(".", ""))
    assert booked(world, campaign) == (cents, 0, cents)
    assert donor.state == "checking"
    assert_sound(world, mails=["gift_in_check"], alerts=["payment_amount"])


def test_fault_11_currency_with_a_settlement(
    world: World, campaign: Campaign, pay_with: PayWith
) -> None:
    """It was paid in dollars; the provider tells what that is in euros."""
    settlement = {"value": "47.11", "currency": "EUR"}
    donor = pay_with(amount={"currency": "USD"}, settlementAmount=settlement)
    assert booked(world, campaign) == (4711, 0, 4711)
    assert donor.state == "checking"
    assert_sound(world, mails=["gift_in_check"], alerts=["payment_currency"])


def test_fault_11_currency_without_a_settlement(
    world: World, campaign: Campaign, pay_with: PayWith
) -> None:
    """It was paid in dollars, and nobody knows yet how many euros that will be."""
    settlement = {"value": "52.00", "currency": "USD"}
    donor = pay_with(amount={"currency": "USD"}, settlementAmount=settlement)
    assert booked(world, campaign) == (0, 0, 0)
    assert donor.state == "checking"
    assert_sound(world, alerts=["payment_currency"])


def test_fault_12_mode_of_the_other_world(
    world: World, campaign: Campaign, pay_with: PayWith
) -> None:
    """The answer says ``live`` where we are ``test`` (or the reverse): no money came."""
    donor = pay_with(mode="live")
    assert booked(world, campaign) == (0, 0, 0)
    assert donor.state == "checking"
    assert_sound(world, alerts=["payment_mode"])


def test_fault_13_metadata_names_another_pledge(
    world: World, campaign: Campaign, pay_with: PayWith
) -> None:
    """The payment says that it is for another donor's gift: neither gift gets it."""
    other = world.giving(campaign)
    other.checkout()
    theirs = world.payment(other)
    donor = pay_with(
        metadata={"payment_id": str(theirs.id), "pledge_id": str(theirs.pledge_id)},
    )
    assert booked(world, campaign) == (5200, 0, 5200)
    assert donor.state == "checking"
    world.sandbox.behave()
    other.come_back()
    world.work()
    assert other.state == "waiting"
    assert_sound(world, mails=["gift_in_check"], alerts=["payment_metadata"])


def test_fault_13_metadata_is_nothing(world: World, campaign: Campaign, pay_with: PayWith) -> None:
    """Before our answer was saved, a payment at our address names no gift at all."""
    donor = world.giving(campaign)
    donor.checkout()
    token = world.payment(donor).webhook_token
    other = world.giving(campaign)
    checkout = other.checkout()
    stranger = world.payment(other).provider_id
    with world.database.writing() as session:
        payment = session.merge(world.payment(other))
        payment.provider_id = None
        payment.status = "creating"
    world.sandbox.switch("alter", "get_payment", count=None, set={"metadata": None})
    world.sandbox.switch("drop_webhook")
    world.sandbox.pay(checkout)
    world.webhook(token, certain(stranger))
    world.work()
    assert booked(world, campaign) == (0, 0, 0)
    assert donor.state == "waiting"
    assert_sound(world, alerts=["payment_foreign"])


def test_fault_10_right_after_all(world: World, campaign: Campaign, pay_with: PayWith) -> None:
    """An answer was wrong while the payment was open, and right when it was paid."""
    donor = world.giving(campaign)
    checkout = donor.checkout()
    world.sandbox.switch("alter", "get_payment", set={"amount": {"value": "1.00"}})
    donor.come_back()
    world.work()
    world.sandbox.pay(checkout)
    world.work()
    assert donor.state == "booked"
    assert_sound(world, mails=["receipt"], alerts=["payment_amount"])
