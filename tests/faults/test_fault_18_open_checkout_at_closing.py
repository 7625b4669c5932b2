"""Fault 18: somebody stands at the payment page while the campaign closes."""

from datetime import timedelta

from tests.support.at_once import at_once
from tests.support.certain import certain
from tests.support.faults.books import assert_sound
from tests.support.faults.donor import Donor
from tests.support.faults.world import World
from tests.support.giving import NO_SECOND_CHANCE
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.kernel import clock
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import payable
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.closing import decide_campaign


def test_fault_18_checkout_open_while_the_campaign_closes(world: World) -> None:
    """Without this payment the campaign fails; it is waited for, and it was made in time."""
    campaign = world.campaign(minimum_cents=5700)
    first = world.paid(campaign)
    second = world.giving(campaign, cents=700)
    second.checkout()
    world.come(certain(campaign.closes_at) + timedelta(minutes=1))
    assert world.status(campaign.id) == "closing"
    assert "This campaign takes no gifts." in press_after_the_deadline(second)

    in_time = (certain(campaign.closes_at) - timedelta(seconds=30)).isoformat()
    world.sandbox.set_state(certain(world.payment(second).provider_id), "paid", paid_at=in_time)
    world.come(certain(campaign.closes_at) + timedelta(minutes=10))
    assert world.status(campaign.id) == "succeeded"
    assert (first.state, second.state) == ("booked", "booked")
    mails = ["campaign_won", "payee_asked", *["receipt", "campaign_won_donor"] * 2]
    assert_sound(world, mails=mails)


def press_after_the_deadline(donor: Donor) -> str:
    """What the button says once the campaign is closing."""
    return donor.post(f"{donor.page_address}/betalen", donor.a_token()).text


def test_fault_18_checkout_expires_while_the_campaign_closes(world: World) -> None:
    """The one that was waited for never paid: the campaign fails, and the other is paid back."""
    campaign = world.campaign(minimum_cents=7000)
    first = world.paid(campaign)
    second = world.giving(campaign, cents=2000)
    second.checkout()
    world.come(certain(campaign.closes_at) + timedelta(minutes=1))
    world.sandbox.set_state(certain(world.payment(second).provider_id), "expired")
    world.come(certain(campaign.closes_at) + timedelta(minutes=10))
    assert world.status(campaign.id) == "failed"
    # It was made a month before: with the payment over, whose it was is forgotten the same night.
    assert (first.state, second.state) == ("refunding", "forgotten")
    assert_sound(world, mails=["receipt", "campaign_failed", "refund_asked"])


def test_fault_18_booked_while_it_is_decided(world: World) -> None:
    """The decision and the booking meet: one waits for the other, and no cent falls between."""
    campaign = world.campaign(minimum_cents=5000)
    world.paid(campaign)
    second = world.giving(campaign, cents=700)
    second.checkout()
    world.sandbox.switch("stale", "get_payment", count=None)
    payment = world.payment(second)
    in_time = (certain(campaign.closes_at) - timedelta(seconds=30)).isoformat()
    world.sandbox.set_state(certain(payment.provider_id), "paid", paid_at=in_time)
    world.come(certain(campaign.closes_at) + timedelta(minutes=1))
    world.sandbox.behave()
    with world.database.writing() as session:
        row = session.merge(world.payment(second))
        row.status, row.received_cents = "paid", row.amount_cents
        row.paid_at = certain(campaign.closes_at) - timedelta(seconds=30)

    def book() -> None:
        with world.database.writing() as session:
            book_payment(session, payment_id=payment.id)

    def decide() -> None:
        with (
            clock.at(certain(campaign.closes_at) + timedelta(hours=25)),
            world.database.writing() as session,
        ):
            locked_campaign(session, campaign.id)
            decide_campaign(session, campaign_id=campaign.id, terms=NO_SECOND_CHANCE)

    assert at_once(book, decide) == [None, None]
    world.come(certain(campaign.closes_at) + timedelta(hours=25))
    assert world.status(campaign.id) == "succeeded"
    with world.database.reading() as session:
        assert balance(session, payable(campaign.id)) == 5700
    mails = ["receipt", "receipt", "campaign_won", "payee_asked"]
    donors = world.mails("campaign_won_donor")
    assert 1 <= donors <= 2, "who is booked after the decision hears it in the receipt"
    assert_sound(world, mails=[*mails, *["campaign_won_donor"] * donors])
