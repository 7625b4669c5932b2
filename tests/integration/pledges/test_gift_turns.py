"""What a donor hears of a gift that is not paid, is looked at, or was taken back by the bank."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.donor_mails import mails_of, words_of
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.giving import attempt, close, mails, paid, pledge, taken, tell, tell_chargeback
from tests.support.promised import from_the_start
from tests.support.sending import send_now
from voorjebuurt.audit.models import Alert
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.payments.models import Payment
from voorjebuurt.pledges import slow_gifts, tasks
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.slow_gifts import slow_payments, tell_of_slow_payment
from voorjebuurt.settings import Settings

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
OURS = {"payment_id", "amount_cents", "begun_at", "gift_path"}


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", minimum_cents=5000, title="Bomen op het plein")


def begun(session: Session, campaign: Campaign, status: str | None = None) -> Payment:
    payment = attempt(session, pledge(session, campaign))
    payment.status = "open"
    return tell(session, payment, status) if status else payment


def look(session: Session, *, hours: int) -> list[str]:
    """The job of an hour, and all mails so far."""
    with clock.at(NOW + timedelta(hours=hours)):
        for payment_id in slow_payments(session, limit=10):
            tell_of_slow_payment(session, payment_id=payment_id)
        session.flush()
    return mails(session)


def test_payments_of_which_there_is_nothing_to_tell_keep_nobody_from_their_turn(
    fresh_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The oldest can't be paid any more, the next one breaks; the last has its turn in one run."""
    with fresh_database.writing() as session, building_in(session):
        over, live = (CampaignFactory(status="live", minimum_cents=5000) for _ in range(2))
        payments = [begun(session, over), begun(session, live), begun(session, live)]
        over.status = "cancelled"
    tell_all, broken_id = slow_gifts.tell_of_slow_payment, payments[1].id

    def telling(session: Session, *, payment_id: UUID) -> bool:
        if payment_id == broken_id:
            raise ZeroDivisionError
        return tell_all(session, payment_id=payment_id)

    monkeypatch.setattr(slow_gifts, "tell_of_slow_payment", telling)
    monkeypatch.setattr(tasks, "_SWEEP", 1)
    with clock.at(NOW + timedelta(hours=25)):
        tasks.tell_of_slow_payments(Runtime(fresh_database, settings))
    with fresh_database.reading() as session:
        assert mails(session) == ["payment_open"]
        (alert,) = session.scalars(select(Alert)).all()
        assert alert.detail["id"] == str(broken_id)


def sending(session: Session, settings: Settings, template: str) -> MailMessage:
    (message,) = mails_of(session, template)
    with clock.at(NOW + timedelta(hours=26)):
        send_now(session, settings, message)
    return message


@pytest.mark.parametrize(
    ("status", "template", "part"),
    [
        (None, "payment_open", "Uw gift van € 52 is nog niet betaald"),
        ("pending", "payment_pending", "Uw gift van € 52 is onderweg"),
    ],
)
def test_a_payment_under_way_for_a_day_is_told_once(
    session: Session,
    settings: Settings,
    campaign: Campaign,
    status: str | None,
    template: str,
    part: str,
) -> None:
    payment = begun(session, campaign, status)
    assert look(session, hours=24) == []
    assert look(session, hours=25) == [template]
    assert look(session, hours=49) == [template]
    message = sending(session, settings, template)
    assert part in words_of(message)
    assert "1 juni 2026" in words_of(message)
    assert message.context.keys() == OURS  # no words of whoever typed the address
    assert message.sent_at is not None
    assert payment.status != "paid"


@pytest.mark.parametrize("status", [None, "pending"])
def test_whoever_paid_meanwhile_is_not_told(
    session: Session, settings: Settings, campaign: Campaign, status: str | None
) -> None:
    payment = begun(session, campaign, status)
    (template,) = look(session, hours=25)
    tell(session, payment)
    book_payment(session, payment_id=payment.id)
    assert sending(session, settings, template).dropped_at is not None


def test_nobody_is_asked_to_pay_for_what_takes_no_gifts(
    session: Session, campaign: Campaign
) -> None:
    begun(session, campaign)
    campaign.pledges_stopped_at = NOW
    assert look(session, hours=25) == []


def test_a_payment_that_ended_is_not_told_of(session: Session, campaign: Campaign) -> None:
    begun(session, campaign, "expired")
    assert look(session, hours=25) == []


def test_money_that_nothing_explains_is_told_and_does_not_count(
    session: Session, campaign: Campaign
) -> None:
    payment = tell(session, attempt(session, pledge(session, campaign)), amount_cents=100)
    for _ in range(2):
        book_payment(session, payment_id=payment.id)
    (message,) = mails_of(session, "gift_in_check")
    assert "Uw betaling van € 1: wij kijken ernaar" in words_of(message)
    assert "telt dit geld niet mee" in words_of(message)
    assert message.context.keys() == {"received_cents", "gift_path"}
    assert "receipt" not in mails(session)


def test_a_gift_that_the_bank_took_back_counts_no_more_and_its_donor_knows(
    session: Session, campaign: Campaign
) -> None:
    gift, payment = paid(session, campaign)
    for _ in range(2):
        tell_chargeback(session, payment, taken())
    (message,) = mails_of(session, "gift_charged_back")
    words = words_of(message)
    assert message.recipient == gift.email
    assert "Bomen op het plein: uw bank haalde uw gift van € 50 terug" in words
    assert "Uw gift telt niet meer mee voor de actie." in words
    tell_chargeback(session, payment, taken(given_back=True))
    (again,) = mails_of(session, "gift_counts_again")
    assert "Bomen op het plein: uw gift van € 50 telt weer mee" in words_of(again)


def test_of_a_gift_that_the_bank_took_in_part_the_rest_counts(
    session: Session, campaign: Campaign
) -> None:
    _, payment = paid(session, campaign)
    tell_chargeback(session, payment, taken(2000))
    (message,) = mails_of(session, "gift_charged_back")
    assert "uw bank haalde € 20 van uw gift terug" in words_of(message)
    assert "Wat er van uw gift over is, telt nog mee." in words_of(message)


def test_a_gift_on_its_way_back_is_not_said_to_count(session: Session, campaign: Campaign) -> None:
    with from_the_start(session):
        campaign.minimum_cents = 6000
    gift, payment = paid(session, campaign)
    close(session, campaign, wins=False)
    gift.status = "refunding"
    tell_chargeback(session, payment, taken())
    assert mails_of(session, "gift_charged_back") == []
