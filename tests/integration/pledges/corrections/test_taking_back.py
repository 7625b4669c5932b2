"""A donor takes a gift back: until the last day is over, once, whole, and everything follows."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, open_fund
from tests.support.giving import (
    balances,
    close,
    give_back,
    mails,
    own_refund,
    paid,
    pledge,
    refund_facts,
    taken,
    tell_chargeback,
    tell_refund,
)
from tests.support.live_funds import follow, match_cents
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.ledger.rules import REFUNDS_IN_FLIGHT, held, tips_deferred
from voorjebuurt.payments.models import Payment
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.pledges.closing import start_closing
from voorjebuurt.pledges.corrections.taking_back import take_back
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.queries import crowd_totals


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(
        status="live", minimum_cents=5000, closes_at=clock.now() + timedelta(days=9)
    )


@pytest.fixture
def gift(session: Session, campaign: Campaign) -> tuple[Pledge, Payment]:
    return paid(session, campaign)


def back(session: Session, promise: Pledge) -> None:
    take_back(session, token=promise.token, actor=GUEST)
    session.flush()


def assert_sound(session: Session) -> None:
    assert not [check for check in check_books(session, in_flight_max_days=400) if not check.passed]


def test_gift_and_extra_go_back_and_the_meter_with_them(
    session: Session, campaign: Campaign, gift: tuple[Pledge, Payment]
) -> None:
    promise, payment = gift
    paid(session, campaign, email="els@voorbeeld.example", amount_cents=1000, tip_cents=0)
    assert crowd_totals(session, [campaign.id])[campaign.id].crowd_cents == 6000
    back(session, promise)
    assert (promise.status, promise.refund_reason) == ("refunding", "donor_choice")
    accounts = (held(campaign.id), tips_deferred(campaign.id), REFUNDS_IN_FLIGHT)
    assert balances(session, *accounts) == (1000, 0, 5200)
    assert crowd_totals(session, [campaign.id])[campaign.id].crowd_cents == 1000
    assert "refund_asked" in mails(session)
    order = own_refund(session, payment)
    assert (order.amount_cents, order.asked_by) == (5200, None)
    tell_refund(session, payment, refund_facts("refunded", refund=order))
    assert promise.status == "refunded"
    assert_sound(session)


def test_a_second_press_is_a_quiet_success_and_sends_nothing_more(
    session: Session, gift: tuple[Pledge, Payment]
) -> None:
    promise, payment = gift
    back(session, promise)
    back(session, promise)
    tell_refund(session, payment, refund_facts("refunded", refund=own_refund(session, payment)))
    back(session, promise)
    assert own_refund(session, payment).amount_cents == 5200


def test_the_match_of_the_gift_goes_back_to_its_fund(session: Session, campaign: Campaign) -> None:
    fund = open_fund(municipality=None, municipality_id=campaign.municipality_id)
    application = ApplicationFactory(fund=fund, campaign=campaign)
    promise, _ = paid(session, campaign)
    follow(session, fund)
    assert match_cents(session, application) == 5000
    back(session, promise)
    follow(session, fund)
    assert match_cents(session, application) == 0
    assert_sound(session)


def test_until_the_last_moment_of_the_last_day_and_not_after_it(
    session: Session, campaign: Campaign, gift: tuple[Pledge, Payment]
) -> None:
    promise, _ = gift
    end = certain(campaign.closes_at)
    with clock.at(end), pytest.raises(DomainError, match="gift_stays"):
        back(session, promise)  # Also before the timer closes it.
    with clock.at(end):
        start_closing(session, campaign_id=campaign.id)
    with clock.at(end - timedelta(hours=1)), pytest.raises(DomainError, match="gift_stays"):
        back(session, promise)
    campaign.status = "live"
    session.flush()
    with clock.at(end - timedelta(microseconds=1)):
        back(session, promise)
    assert promise.status == "refunding"


def test_after_a_success_the_money_is_the_initiators(
    session: Session, campaign: Campaign, gift: tuple[Pledge, Payment]
) -> None:
    close(session, campaign)
    with pytest.raises(DomainError, match="gift_stays"):
        back(session, gift[0])


def test_while_giving_is_paused_a_gift_can_be_taken_back(
    session: Session, campaign: Campaign, gift: tuple[Pledge, Payment]
) -> None:
    campaign.pledges_stopped_at = clock.now()
    back(session, gift[0])
    assert gift[0].status == "refunding"


def test_what_is_not_there_is_not_sent_back(
    session: Session, campaign: Campaign, gift: tuple[Pledge, Payment]
) -> None:
    with pytest.raises(NotFoundError):
        take_back(session, token="nobody's", actor=GUEST)
    with pytest.raises(DomainError, match="gift_not_there"):
        back(session, pledge(session, campaign))
    promise, payment = gift
    tell_chargeback(session, payment, taken())
    with pytest.raises(DomainError, match="gift_not_there"):
        back(session, promise)


def test_of_what_the_bank_took_in_part_the_rest_goes_back(
    session: Session, gift: tuple[Pledge, Payment]
) -> None:
    promise, payment = gift
    tell_chargeback(session, payment, taken(1200))
    back(session, promise)
    assert own_refund(session, payment).amount_cents == 4000
    assert_sound(session)


def test_what_staff_sent_back_is_left_as_it_is(
    session: Session, gift: tuple[Pledge, Payment]
) -> None:
    promise, _ = gift
    give_back(session, promise)
    back(session, promise)
    assert promise.refund_reason == "donor"
