"""The end of a campaign: waiting, deciding, paying everybody back."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.donor_mails import mails_of, words_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.giving import (
    NO_SECOND_CHANCE,
    alerts,
    attempt,
    balances,
    close,
    jobs_of,
    mails,
    paid,
    pledge,
    taken,
    tell,
    tell_chargeback,
)
from tests.support.sending import send_now
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock, text
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, TransitionError
from voorjebuurt.ledger.rules import TIPS, held, payable, tips_deferred
from voorjebuurt.payments.models import Refund
from voorjebuurt.pledges import closing
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.rules import RefundReason
from voorjebuurt.settings import Settings


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", minimum_cents=5000)


@pytest.fixture
def staff(session: Session) -> Actor:
    return actor_of(PersonFactory(), "staff")


def start(session: Session, campaign: Campaign, after: timedelta = timedelta(0)) -> None:
    with clock.at(certain(campaign.closes_at) + after):
        closing.start_closing(session, campaign_id=campaign.id)


def decide(session: Session, campaign: Campaign, after: timedelta = timedelta(0)) -> bool:
    with clock.at(certain(campaign.closes_at) + after):
        return closing.decide_campaign(session, campaign_id=campaign.id, terms=NO_SECOND_CHANCE)


def test_a_campaign_closes_at_its_deadline_and_not_before(
    session: Session, campaign: Campaign
) -> None:
    start(session, campaign, -timedelta(microseconds=1))
    assert campaign.status == "live"
    start(session, campaign)
    assert campaign.status == "closing"


@pytest.mark.parametrize("status", sorted(set(CampaignStatus) - {CampaignStatus.LIVE}))
def test_only_a_live_campaign_starts_closing(session: Session, status: CampaignStatus) -> None:
    campaign = CampaignFactory(status="live")
    campaign.status = status.value
    start(session, campaign)
    assert campaign.status == status


@pytest.mark.parametrize("status", sorted(set(CampaignStatus) - {CampaignStatus.CLOSING}))
def test_only_a_closing_campaign_is_decided(session: Session, status: CampaignStatus) -> None:
    campaign = CampaignFactory(status="live")
    campaign.status = status.value
    assert not decide(session, campaign)
    assert campaign.status == status


def test_success_at_exactly_the_minimum(session: Session, campaign: Campaign) -> None:
    paid(session, campaign)
    close(session, campaign)
    accounts = (held(campaign.id), payable(campaign.id), tips_deferred(campaign.id), TIPS)
    assert balances(session, *accounts) == (0, 5000, 0, 200)
    assert jobs_of(session, "pledges.thank_donors") == 1
    assert "campaign_won" in mails(session)


def test_failure_one_cent_below_it(session: Session, campaign: Campaign) -> None:
    gift, _ = paid(session, campaign, amount_cents=4999)
    close(session, campaign, wins=False)
    assert balances(session, held(campaign.id), payable(campaign.id)) == (4999, 0)
    assert jobs_of(session, "pledges.refund_campaign") == 1
    assert gift.status == "booked", "the worker pays back"
    assert "campaign_failed" in mails(session)


def test_a_tip_does_not_help_to_reach_the_minimum(session: Session, campaign: Campaign) -> None:
    paid(session, campaign, amount_cents=4999, tip_cents=5000)
    close(session, campaign, wins=False)
    assert campaign.status == "failed"


@pytest.mark.parametrize(("cents", "wins"), [(100, True), (None, False)])
def test_keep_what_comes(session: Session, cents: int | None, wins: bool) -> None:
    campaign = CampaignFactory(status="live", kind="keep_what_comes")
    if cents:
        paid(session, campaign, amount_cents=cents, tip_cents=0)
    close(session, campaign, wins=wins)
    assert campaign.status == ("succeeded" if wins else "failed")


def test_what_the_bank_took_back_does_not_count(session: Session, campaign: Campaign) -> None:
    _, payment = paid(session, campaign)
    tell_chargeback(session, payment, taken(1))
    close(session, campaign, wins=False)
    assert campaign.status == "failed"


@pytest.mark.parametrize("status", ["creating", "open", "pending", "authorized"])
def test_an_undecided_payment_is_waited_for_but_not_for_ever(
    session: Session, campaign: Campaign, status: str
) -> None:
    paid(session, campaign)
    payment = attempt(session, pledge(session, campaign))
    if status != "creating":
        tell(session, payment, status)
    start(session, campaign)
    almost = closing.WAIT_AT_MOST - timedelta(seconds=1)
    assert not decide(session, campaign, almost)
    assert campaign.status == "closing"
    assert jobs_of(session, "payments.sync") == 1, "it is looked at again"
    assert decide(session, campaign, closing.WAIT_AT_MOST)


def test_a_paid_payment_that_is_not_booked_is_waited_for(
    session: Session, campaign: Campaign
) -> None:
    payment = tell(session, attempt(session, pledge(session, campaign)))
    start(session, campaign)
    assert not decide(session, campaign)
    book_payment(session, payment_id=payment.id)
    assert decide(session, campaign)
    assert campaign.status == "succeeded"


@pytest.mark.parametrize("status", ["failed", "canceled", "expired"])
def test_a_payment_that_ended_is_not_waited_for(
    session: Session, campaign: Campaign, status: str
) -> None:
    tell(session, attempt(session, pledge(session, campaign)), status)
    start(session, campaign)
    assert decide(session, campaign)


def test_money_that_nothing_explains_is_not_waited_for(
    session: Session, campaign: Campaign
) -> None:
    payment = tell(session, attempt(session, pledge(session, campaign)), amount_cents=1)
    book_payment(session, payment_id=payment.id)
    start(session, campaign)
    assert decide(session, campaign)
    assert campaign.status == "failed"


def test_deciding_twice(session: Session, campaign: Campaign) -> None:
    paid(session, campaign)
    close(session, campaign)
    assert not decide(session, campaign)
    assert mails(session).count("campaign_won") == 1


def test_cancelling_needs_a_reason_and_a_campaign_that_runs(
    session: Session, campaign: Campaign, staff: Actor
) -> None:
    with pytest.raises(DomainError) as error:
        closing.cancel_campaign(session, campaign_id=campaign.id, reason="  ", actor=staff)
    assert (error.value.code, error.value.field) == ("reason_needed", "reason")
    paid(session, campaign)
    close(session, campaign)
    with pytest.raises(TransitionError):
        closing.cancel_campaign(session, campaign_id=campaign.id, reason="Bedrog", actor=staff)


def test_cancelling_pays_back(session: Session, campaign: Campaign, staff: Actor) -> None:
    gift, _ = paid(session, campaign)
    closing.cancel_campaign(session, campaign_id=campaign.id, reason="Bedrog", actor=staff)
    assert campaign.status == "cancelled"
    assert jobs_of(session, "pledges.refund_campaign") == 1
    assert "campaign_cancelled" in mails(session)
    assert list(closing.campaigns_with_money_to_return(session)) == [campaign.id]
    reason = RefundReason.CAMPAIGN_CANCELLED
    closing.return_contribution(session, pledge_id=gift.id, reason=reason, actor=staff)
    assert list(closing.campaigns_with_money_to_return(session)) == []
    assert session.scalars(select(Refund.asked_by)).one() == staff.person_id
    assert alerts(session) == []


def test_a_campaign_that_waits_tells_by_when_the_outcome_is_known(
    session: Session, campaign: Campaign, settings: Settings
) -> None:
    attempt(session, pledge(session, campaign))
    start(session, campaign)
    assert not decide(session, campaign, timedelta(minutes=1))
    assert "campaign_closing" not in mails(session)
    for minutes in (15, 16, 300):
        assert not decide(session, campaign, timedelta(minutes=minutes))
    (message,) = mails_of(session, "campaign_closing")
    assert text.moment(certain(campaign.closes_at) + closing.WAIT_AT_MOST, "nl") in words_of(
        message
    )
    assert decide(session, campaign, closing.WAIT_AT_MOST)
    send_now(session, settings, message)
    assert (message.sent_at, message.dropped_at is None) == (None, False)


def test_a_campaign_that_is_decided_soon_sends_the_outcome_only(
    session: Session, campaign: Campaign
) -> None:
    paid(session, campaign)
    start(session, campaign)
    assert decide(session, campaign, timedelta(hours=1))
    assert "campaign_closing" not in mails(session)
