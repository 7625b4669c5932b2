"""“Your payment didn’t succeed” goes to nobody who has paid, whichever way they did."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.giving import attempt, mails, paid, pledge, tell
from tests.support.sending import send_now
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.mails import payment_failed
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.retries import is_worth_another_try
from voorjebuurt.settings import Settings


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", minimum_cents=5000)


@pytest.fixture
def gift(session: Session, campaign: Campaign) -> Pledge:
    """A gift whose only payment failed."""
    promise = pledge(session, campaign)
    tell(session, attempt(session, promise), "failed")
    return promise


def waiting_mail(session: Session, gift: Pledge) -> MailMessage:
    payment_failed(session, pledge=gift)
    session.flush()
    return session.scalars(
        select(MailMessage).where(MailMessage.template == "payment_failed")
    ).one()


def test_whoever_did_not_pay_is_asked_again(
    session: Session, gift: Pledge, settings: Settings
) -> None:
    assert is_worth_another_try(session, gift)
    message = waiting_mail(session, gift)
    send_now(session, settings, message)
    assert message.sent_at is not None
    assert gift.name not in f"{message.subject} {message.text}"
    assert message.context.keys() == {"pledge_id", "amount_cents", "gift_path"}


@pytest.mark.parametrize("is_booked", [True, False])
def test_paid_with_the_next_attempt_after_the_mail_was_written(
    session: Session, gift: Pledge, settings: Settings, is_booked: bool
) -> None:
    message = waiting_mail(session, gift)
    payment = tell(session, attempt(session, gift))
    if is_booked:
        book_payment(session, payment_id=payment.id)
    send_now(session, settings, message)
    assert (message.sent_at, message.dropped_at is None) == (None, False)


def test_paid_with_a_gift_that_was_begun_anew(
    session: Session, campaign: Campaign, gift: Pledge, settings: Settings
) -> None:
    message = waiting_mail(session, gift)
    with clock.at(clock.now() + timedelta(minutes=5)):
        paid(session, campaign, email=gift.email)
    assert not is_worth_another_try(session, gift)
    send_now(session, settings, message)
    assert message.dropped_at is not None
    assert "receipt" in mails(session)


def test_busy_paying_a_gift_that_was_begun_anew(
    session: Session, campaign: Campaign, gift: Pledge
) -> None:
    attempt(session, pledge(session, campaign, email=gift.email))
    assert not is_worth_another_try(session, gift)


def test_an_earlier_gift_and_one_to_another_campaign_say_nothing(session: Session) -> None:
    campaign, other = CampaignFactory(status="live"), CampaignFactory(status="live")
    with clock.at(clock.now() - timedelta(days=1)):
        first, _ = paid(session, campaign)
    promise = pledge(session, campaign, email=first.email)
    tell(session, attempt(session, promise), "expired")
    paid(session, other, email=first.email)
    assert is_worth_another_try(session, promise)


def test_the_campaign_ended_before_the_mail_was_sent(
    session: Session, campaign: Campaign, gift: Pledge, settings: Settings
) -> None:
    message = waiting_mail(session, gift)
    campaign.status = "closing"
    send_now(session, settings, message)
    assert message.dropped_at is not None
