"""Numbers of receipts: without a gap in each year, of what was booked, for good."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.giving import (
    attempt,
    give_back,
    jobs_of,
    own_refund,
    paid,
    pledge,
    refund_facts,
    tell,
    tell_chargeback,
    tell_refund,
)
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.payments.gateway import ChargebackFacts
from voorjebuurt.payments.models import Payment
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.gift_receipts.models import GiftReceipt
from voorjebuurt.pledges.gift_receipts.numbering import number_gift_receipts
from voorjebuurt.pledges.gift_receipts.queries import OwnGift, own_gifts, paid_gift_by_token
from voorjebuurt.pledges.models import Pledge

NOOR = "noor@voorbeeld.example"
NEW_YEARS_EVE = datetime(2026, 12, 31, 22, 59, tzinfo=UTC)
"""23:59 in Amsterdam."""


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", closes_at=clock.now() + timedelta(days=90))


def numbers(session: Session) -> list[tuple[int, int]]:
    rows = session.execute(
        select(GiftReceipt.year, GiftReceipt.number).order_by(GiftReceipt.year, GiftReceipt.number)
    )
    return [(year, number) for year, number in rows]


def paid_at(session: Session, campaign: Campaign, moment: datetime) -> Pledge:
    promise = pledge(session, campaign)
    payment = tell(session, attempt(session, promise), paid_at=moment)
    book_payment(session, payment_id=payment.id)
    session.flush()
    return promise


def only_gift(session: Session) -> OwnGift:
    (gift,) = own_gifts(session, email=NOOR, person_id=None)
    return gift


def test_each_year_in_amsterdam_counts_from_one_in_the_order_of_booking(
    session: Session, campaign: Campaign
) -> None:
    for moment in (NEW_YEARS_EVE, NEW_YEARS_EVE + timedelta(minutes=1), NEW_YEARS_EVE):
        paid_at(session, campaign, moment)
    assert number_gift_receipts(session, limit=2) == 2
    assert number_gift_receipts(session, limit=2) == 1
    assert number_gift_receipts(session, limit=2) == 0
    assert numbers(session) == [(2026, 1), (2026, 2), (2027, 1)]


def test_a_booking_asks_for_a_number_and_the_receipt_says_what_was_paid(
    session: Session, campaign: Campaign
) -> None:
    promise, payment = paid(session, campaign)
    assert jobs_of(session, "pledges.number_gift_receipts") == 1
    assert paid_gift_by_token(session, promise.token) is None, "no number yet"
    number_gift_receipts(session, limit=10)
    gift = paid_gift_by_token(session, promise.token)
    assert gift is not None
    assert gift.receipt == f"{clock.local(payment.paid_at or clock.now()).year}-000001"
    assert (gift.amount_cents, gift.tip_cents, gift.total_cents, gift.left_cents) == (
        5000,
        200,
        5200,
        5200,
    )


def test_what_was_never_booked_has_no_receipt(session: Session, campaign: Campaign) -> None:
    pledge(session, campaign)
    late = pledge(session, campaign)
    closes_at = campaign.closes_at or clock.now()
    payment = tell(session, attempt(session, late), paid_at=closes_at + timedelta(days=1))
    book_payment(session, payment_id=payment.id)
    assert number_gift_receipts(session, limit=10) == 0
    assert paid_gift_by_token(session, late.token) is None


def test_what_goes_back_stands_on_it_under_way_and_done(
    session: Session, campaign: Campaign
) -> None:
    promise, payment = paid(session, campaign)
    number_gift_receipts(session, limit=10)
    give_back(session, promise)
    gift = only_gift(session)
    assert [(part.cents, part.at) for part in gift.returns] == [(5200, None)]
    assert gift.left_cents == 0
    tell_refund(session, payment, refund_facts("refunded", refund=own_refund(session, payment)))
    (part,) = only_gift(session).returns
    assert part.at is not None
    assert numbers(session)[0][1] == 1, "the receipt stays"


def test_a_refund_that_failed_is_none_and_what_the_bank_took_is_one(
    session: Session, campaign: Campaign
) -> None:
    promise, payment = paid(session, campaign)
    give_back(session, promise)
    tell_refund(session, payment, refund_facts("failed", refund=own_refund(session, payment)))
    assert only_gift(session).left_cents == 5200
    other, other_payment = paid(session, campaign, email="els@voorbeeld.example")
    chargeback = ChargebackFacts("chb_test1", 5200, clock.now(), None)
    tell_chargeback(session, other_payment, chargeback)
    (gift,) = own_gifts(session, email="els@voorbeeld.example", person_id=None)
    assert [(part.cents, part.by_bank) for part in gift.returns] == [(5200, True)]
    assert gift.id == other.id


def test_gifts_of_others_and_of_who_was_erased_are_not_there(
    session: Session, campaign: Campaign
) -> None:
    paid(session, campaign, email="els@voorbeeld.example")
    promise, _ = paid(session, campaign)
    number_gift_receipts(session, limit=10)
    assert [
        gift.id for gift in own_gifts(session, email="NOOR@voorbeeld.example ", person_id=None)
    ] == [promise.id]
    promise.email, promise.name, promise.name_public = None, "", False
    session.flush()
    assert own_gifts(session, email=NOOR, person_id=None) == []
    assert paid_gift_by_token(session, promise.token) is None


def insert(session: Session, payment: Payment, promise: Pledge, **changes: object) -> None:
    values = {
        "payment_id": payment.id,
        "pledge_id": promise.id,
        "year": clock.local(payment.paid_at or clock.now()).year,
        "number": 1,
        "amount_cents": 5000,
        "tip_cents": 200,
        "paid_at": payment.paid_at,
        "numbered_at": clock.now(),
        **changes,
    }
    with session.begin_nested():
        session.add(GiftReceipt(**values))
        session.flush()


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"number": 2}, "gift_receipts_without_gap"),
        ({"amount_cents": 6000}, "gift_receipts_as_booked"),
        ({"tip_cents": 0}, "gift_receipts_as_booked"),
        ({"year": 2019}, "gift_receipts_as_booked"),
        ({"paid_at": NEW_YEARS_EVE}, "gift_receipts_as_booked"),
    ],
)
def test_the_database_refuses_a_gap_and_what_was_not_booked(
    session: Session, campaign: Campaign, changes: dict[str, object], constraint: str
) -> None:
    promise, payment = paid(session, campaign)
    with pytest.raises(IntegrityError, match="receipt") as refusal:
        insert(session, payment, promise, **changes)
    assert refusal.value.orig.diag.constraint_name == constraint  # type: ignore[union-attr]
    insert(session, payment, promise)


@pytest.mark.parametrize(
    "deed", ["UPDATE gift_receipts SET number = 9", "DELETE FROM gift_receipts"]
)
def test_a_receipt_is_kept_as_it_is(session: Session, campaign: Campaign, deed: str) -> None:
    paid(session, campaign)
    number_gift_receipts(session, limit=10)
    with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
        session.execute(text(deed))
