"""Faults 16 and 17: somebody pays for a campaign that is over."""

from datetime import datetime, timedelta

import pytest

from tests.support.certain import certain
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.faults.books import assert_sound
from tests.support.faults.donor import Donor
from tests.support.faults.world import World
from voorjebuurt.campaigns.lifecycle import locked_campaign, move_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import payable
from voorjebuurt.pledges.closing import cancel_campaign


@pytest.fixture
def campaign(world: World) -> Campaign:
    return world.campaign(minimum_cents=5000)


@pytest.fixture
def waiting(world: World, campaign: Campaign) -> Donor:
    """A donor with an open payment page of which nothing was heard for a day."""
    donor = world.giving(campaign, cents=700)
    donor.checkout()
    return donor


def pay(world: World, donor: Donor, moment: datetime) -> None:
    payment = world.payment(donor)
    world.sandbox.set_state(certain(payment.provider_id), "paid", paid_at=moment.isoformat())
    world.work()


def end(world: World, campaign: Campaign, *, paid_out: bool = False) -> None:
    world.come(certain(campaign.closes_at) + timedelta(hours=25))
    if paid_out:
        with world.database.writing() as session:
            person = PersonFactory.build()
            session.add(person)
            session.flush()
            move_campaign(
                session,
                campaign=locked_campaign(session, campaign.id),
                action="pay_out",
                actor=actor_of(person, "staff"),
            )


@pytest.mark.parametrize("paid_out", [False, True])
def test_fault_16_paid_after_success_or_payout(
    world: World, campaign: Campaign, waiting: Donor, paid_out: bool
) -> None:
    """A page that was open since before the deadline is paid after the campaign succeeded."""
    world.paid(campaign)
    end(world, campaign, paid_out=paid_out)
    assert world.status(campaign.id) == ("paid_out" if paid_out else "succeeded")
    pay(world, waiting, certain(campaign.closes_at) + timedelta(hours=26))
    assert waiting.state == "refunding"
    with world.database.reading() as session:
        assert balance(session, payable(campaign.id)) == 5000
    assert_sound(
        world,
        mails=["receipt", "campaign_won", "payee_asked", "campaign_won_donor", "refund_asked"],
    )


def test_fault_16_paid_in_time_for_a_campaign_paid_out(
    world: World, campaign: Campaign, waiting: Donor
) -> None:
    """The same, but paid in time: it is the initiator's, and waits for a second payout."""
    world.paid(campaign)
    end(world, campaign, paid_out=True)
    pay(world, waiting, certain(campaign.closes_at) - timedelta(minutes=1))
    assert waiting.state == "booked"
    with world.database.reading() as session:
        assert balance(session, payable(campaign.id)) == 5700
    mails = ["receipt", "receipt", "campaign_won", "payee_asked", "campaign_won_donor"]
    assert_sound(world, mails=mails)


@pytest.mark.parametrize("in_time", [False, True])
def test_fault_17_paid_on_a_failed_campaign(
    world: World, campaign: Campaign, waiting: Donor, in_time: bool
) -> None:
    """The campaign failed while the page was open; then it is paid (or known to have been)."""
    end(world, campaign)
    assert world.status(campaign.id) == "failed"
    pay(world, waiting, certain(campaign.closes_at) + timedelta(minutes=-1 if in_time else 1))
    assert waiting.state == "refunding"
    reason = "didn’t raise enough money" if in_time else "was made after the campaign had ended"
    assert reason in waiting.page
    assert_sound(world, mails=["campaign_failed", "refund_asked"])


def test_fault_17_paid_on_a_cancelled_campaign(
    world: World, campaign: Campaign, waiting: Donor
) -> None:
    """The campaign was stopped while the page was open; who paid before gets it back, too."""
    before = world.paid(campaign)
    with world.database.writing() as session:
        person = PersonFactory.build()
        session.add(person)
        session.flush()
        cancel_campaign(
            session, campaign_id=campaign.id, reason="Bedrog", actor=actor_of(person, "staff")
        )
    world.work()
    assert before.state == "refunding"
    world.sandbox.set_state(certain(world.payment(waiting).provider_id), "paid")
    world.work()
    assert waiting.state == "refunding"
    assert "has been stopped" in waiting.page
    for donor in (before, waiting):
        (refund,) = world.refunds(donor)
        world.sandbox.set_refund(certain(refund.provider_id), "refunded")
    world.work()
    assert (before.state, waiting.state) == ("refunded", "refunded")
    mails = ["receipt", "campaign_cancelled", *["refund_asked", "refunded"] * 2]
    assert_sound(world, mails=mails)
