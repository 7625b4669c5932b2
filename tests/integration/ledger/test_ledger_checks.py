"""The check of the books: silent when all is right, and each fault is named."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories import payouts as make
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.catalogues import catalogue, languages
from voorjebuurt.kernel.ids import new_id, new_token
from voorjebuurt.ledger.checks import CheckResult, money_and_owed
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.models import LedgerTransaction
from voorjebuurt.ledger.rules import (
    BANK,
    OWN_FUNDS,
    PROVIDER,
    REFUNDS_IN_FLIGHT,
    SUSPENSE,
    TIPS,
    credit,
    debit,
    held,
    tips_deferred,
)
from voorjebuurt.ledger.service import post
from voorjebuurt.payments.models import Chargeback, Payment, Refund
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.payouts.models import Payout
from voorjebuurt.pledges.models import Pledge

NOW = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=2)


def failed(session: Session, *, at: datetime = NOW) -> dict[str, tuple[str, ...]]:
    """The checks that fail, with the rows they name."""
    with clock.at(at):
        results = check_books(session, in_flight_max_days=10)
    return {result.name: result.differences for result in results if not result.passed}


def result(session: Session, name: str) -> CheckResult:
    with clock.at(NOW):
        results = check_books(session, in_flight_max_days=10)
    return next(result for result in results if result.name == name)


def test_every_check_has_a_name_in_every_language(session: Session) -> None:
    names = {result.name for result in check_books(session, in_flight_max_days=10)}
    assert [names ^ catalogue(language).keys("check") for language in languages()] == [set(), set()]


def gift(session: Session, *, book: bool = True, status: str = "live", **fields: Any) -> Payment:
    """A paid gift of € 50 with a tip of € 2, booked as the site books it."""
    campaign = make.campaign(session, make.person(session), status=status)
    pledge = Pledge(
        token=new_token(),
        campaign_id=campaign.id,
        municipality_id=campaign.municipality_id,
        email="gever@voorbeeld.example",
        name="Gever",
        name_public=True,
        locale="nl",
        amount_cents=5000,
        tip_cents=200,
        status="booked" if book else "open",
        created_at=LONG_AGO,
        booked_at=LONG_AGO if book else None,
    )
    session.add(pledge)
    session.flush()
    payment_id = new_id()
    values = {
        "id": payment_id,
        "pledge_id": pledge.id,
        "municipality_id": campaign.municipality_id,
        "amount_cents": 5200,
        "received_cents": 5200,
        "status": "paid",
        "description": "x",
        "locale": "nl",
        "redirect_url": "x",
        "webhook_url": "x",
        "webhook_token": new_token(),
        "idempotency_key": str(payment_id),
        "key_created_at": LONG_AGO,
        "created_at": LONG_AGO,
        "provider_id": f"tr_{payment_id.hex}",
        "paid_at": LONG_AGO,
        "fetched_at": LONG_AGO,
        "booked_at": LONG_AGO if book else None,
        "booked_as": "contribution" if book else None,
    }
    payment = Payment(**{**values, **fields})
    session.add(payment)
    session.flush()
    if book:
        lines = [
            debit(PROVIDER, 5200),
            credit(held(campaign.id), 5000),
            credit(tips_deferred(campaign.id), 200),
        ]
        key = f"mollie:{payment.provider_id}:paid"
        post(session, kind=BookingKind.PAYMENT_PAID, key=key, entries=lines, payment_id=payment.id)
    return payment


def refund(session: Session, payment: Payment, **fields: Any) -> Refund:
    """Our order to pay a gift back, booked as asked."""
    refund_id = new_id()
    values = {
        "id": refund_id,
        "payment_id": payment.id,
        "amount_cents": 5200,
        "from_campaign_cents": 5000,
        "from_tip_cents": 200,
        "reason": "donor",
        "status": "asked",
        "idempotency_key": str(refund_id),
        "key_created_at": LONG_AGO,
        "asked_at": LONG_AGO,
        "provider_id": f"re_{refund_id.hex}",
    }
    row = Refund(**{**values, **fields})
    session.add(row)
    pledge = session.get_one(Pledge, payment.pledge_id)
    pledge.status = "refunding"
    lines = [
        debit(held(pledge.campaign_id), 5000),
        debit(tips_deferred(pledge.campaign_id), 200),
        credit(REFUNDS_IN_FLIGHT, 5200),
    ]
    post(
        session,
        kind=BookingKind.REFUND_ASKED,
        key=f"refund:{refund_id}:asked",
        entries=lines,
        payment_id=payment.id,
    )
    session.flush()
    return row


def test_empty_books_are_right(session: Session) -> None:
    assert failed(session) == {}


def test_books_with_everything_in_them_are_right(session: Session) -> None:
    gift(session)
    payment = gift(session, refunded_cents=5200)
    order = refund(session, payment, status="refunded", booked_status="refunded")
    lines = [debit(REFUNDS_IN_FLIGHT, 5200), credit(PROVIDER, 5200)]
    key = f"mollie:{order.provider_id}:refunded"
    post(session, kind=BookingKind.REFUND_DONE, key=key, entries=lines, payment_id=payment.id)
    refund(session, gift(session))
    for status in ("executed", "exported", "released", "proposed"):
        with clock.at(NOW):
            make.payout_in(session, make.payable_campaign(session), status)
    assert failed(session) == {}
    assert result(session, "payouts_in_flight").total_cents == 90_000
    assert result(session, "refunds_in_flight").total_cents == 5_200
    assert result(session, "payments_are_booked").compared == 3
    assert result(session, "campaigns_hold_their_gifts").total_cents == 5_000


def test_a_payment_of_which_the_provider_says_otherwise_is_named(session: Session) -> None:
    payment = gift(session, refunded_cents=5200)
    line = f"{payment.provider_id}: the provider says 0 cents, the ledger 5200"
    assert failed(session)["payments_are_booked"] == (line,)


def test_money_booked_for_a_payment_that_was_not_paid_is_named(session: Session) -> None:
    payment = gift(session, book=False, status="live")
    payment.status, payment.paid_at, payment.received_cents = "open", None, None
    session.flush()
    lines = [debit(PROVIDER, 100), credit(SUSPENSE, 100)]
    post(
        session,
        kind=BookingKind.PAYMENT_UNEXPLAINED,
        key="wrong",
        entries=lines,
        payment_id=payment.id,
    )
    line = f"{payment.provider_id}: the provider says 0 cents, the ledger 100"
    assert failed(session)["payments_are_booked"] == (line,)


def test_paid_and_not_booked_within_the_hour_is_named(session: Session) -> None:
    young = gift(session, book=False, fetched_at=NOW - timedelta(minutes=59))
    assert failed(session) == {}
    old = gift(session, book=False, fetched_at=NOW - timedelta(minutes=61))
    (line,) = failed(session)["news_is_booked_in_time"]
    assert certain(old.provider_id) in line
    assert certain(young.provider_id) not in line
    assert result(session, "news_is_booked_in_time").compared == 2


def test_a_chargeback_that_is_not_booked_is_named(session: Session) -> None:
    payment = gift(session, charged_back_cents=5200)
    session.add(
        Chargeback(
            payment_id=payment.id, provider_id="chb_x", amount_cents=5200, charged_at=LONG_AGO
        )
    )
    session.flush()
    assert set(failed(session)) == {"news_is_booked_in_time"}


def test_held_money_without_a_gift_is_named(session: Session) -> None:
    payment = gift(session)
    pledge = session.get_one(Pledge, payment.pledge_id)
    lines = [debit(OWN_FUNDS, 10), credit(held(pledge.campaign_id), 10)]
    post(session, kind=BookingKind.PAYMENT_UNEXPLAINED, key="wrong", entries=lines)
    (line,) = failed(session)["campaigns_hold_their_gifts"]
    assert line.endswith("gifts of 5000 cents, the ledger holds 5010")


def test_a_gift_without_held_money_is_named(session: Session) -> None:
    payment = gift(session)
    pledge = session.get_one(Pledge, payment.pledge_id)
    lines = [debit(held(pledge.campaign_id), 4000), credit(TIPS, 4000)]
    post(session, kind=BookingKind.PAYMENT_UNEXPLAINED, key="wrong", entries=lines)
    (line,) = failed(session)["campaigns_hold_their_gifts"]
    assert line.endswith("gifts of 5000 cents, the ledger holds 1000")


def test_refunds_that_differ_from_the_ledger_are_named(session: Session) -> None:
    order = refund(session, gift(session))
    order.booked_status = "refunded"
    session.flush()
    assert failed(session)["refunds_in_flight"] == ("orders sum to 0 cents, the ledger says 5200",)


def test_payouts_that_differ_from_the_ledger_are_named(session: Session) -> None:
    payout = make.payout_in(session, make.payable_campaign(session), "exported")
    payout.amount_cents -= 1
    session.flush()
    assert failed(session, at=clock.now())["payouts_in_flight"] == (
        "orders sum to 89999 cents, the ledger says 90000",
    )


@pytest.mark.parametrize(("days", "names"), [(10, []), (11, ["nothing_flies_too_long"])])
def test_what_stays_in_flight_too_long_is_named(
    session: Session, days: int, names: list[str]
) -> None:
    with clock.at(NOW):
        payout = make.payout_in(session, make.payable_campaign(session), "exported")
    failures = failed(session, at=NOW + timedelta(days=days))
    assert list(failures) == names
    if names:
        assert str(payout.id) in failures["nothing_flies_too_long"][0]


def test_too_little_money_names_the_top_up(session: Session) -> None:
    gift(session)
    fee = [debit(SUSPENSE, 35), credit(PROVIDER, 35)]
    post(session, kind=BookingKind.PAYMENT_UNEXPLAINED, key="fee", entries=fee)
    assert failed(session)["money_covers_what_is_owed"] == (
        "top-up needed: 35 cents (owed 5200, there is 5165)",
    )
    post(
        session,
        kind=BookingKind.PAYMENT_UNEXPLAINED,
        key="float",
        entries=[debit(BANK, 35), credit(OWN_FUNDS, 35)],
    )
    assert failed(session) == {}
    assert money_and_owed(session) == (5200, 5200)


def test_suspense_is_a_remark_and_no_difference(session: Session) -> None:
    post(
        session,
        kind=BookingKind.PAYMENT_UNEXPLAINED,
        key="x",
        entries=[debit(PROVIDER, 700), credit(SUSPENSE, 700)],
    )
    assert failed(session) == {}
    assert result(session, "suspense_is_empty").remarks == ("700 cents wait for an explanation",)


def test_an_account_without_its_guard_is_named(session: Session) -> None:
    owner = new_id()
    session.execute(
        text(
            "INSERT INTO ledger_accounts (id, code, base, owner_id, kind, guarded)"
            " VALUES (:id, :code, 'held', :owner, 'liability', false)"
        ),
        {"id": new_id(), "code": f"held:{owner}", "owner": owner},
    )
    assert failed(session)["accounts_follow_the_chart"] == (
        f"held:{owner}: is liability, guarded=False",
    )


@pytest.fixture
def unguarded_session(session: Session) -> Session:
    """A session in which the guards are off, as for somebody who owns the database."""
    gift(session)
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    for table in ("ledger_entries", "ledger_balances", "ledger_transactions"):
        session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    return session


def test_a_changed_balance_is_named(unguarded_session: Session) -> None:
    unguarded_session.execute(text("UPDATE ledger_balances SET balance_cents = balance_cents + 1"))
    assert len(failed(unguarded_session)["balances_equal_entries"]) == 2


def test_a_changed_entry_is_named(unguarded_session: Session) -> None:
    change = "UPDATE ledger_entries SET amount_cents = amount_cents + 1 WHERE amount_cents > 0"
    unguarded_session.execute(text(change))
    key = unguarded_session.scalar(select(LedgerTransaction.key))
    failures = failed(unguarded_session)
    assert failures["transactions_sum_to_zero"] == (f"{key}: 3 entries that sum to 1 cents",)
    assert failures["entries_are_as_posted"][0].startswith(f"{key}: posted as ")
    assert "payments_are_booked" in failures


def test_a_removed_posting_is_named(unguarded_session: Session) -> None:
    unguarded_session.execute(text("DELETE FROM ledger_entries"))
    key = unguarded_session.scalar(select(LedgerTransaction.key))
    assert failed(unguarded_session)["transactions_sum_to_zero"] == (
        f"{key}: 0 entries that sum to 0 cents",
    )


def test_an_executed_payout_is_not_in_flight_any_more(session: Session) -> None:
    payout = make.payout_in(session, make.payable_campaign(session), "executed")
    assert session.get_one(Payout, payout.id).executed_on == clock.today()
    assert result(session, "payouts_in_flight").total_cents == 0
