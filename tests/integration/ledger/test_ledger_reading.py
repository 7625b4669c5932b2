"""Reading the books: each query with bookings that it must tell apart."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.ledger import queries
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.models import LedgerAccount
from voorjebuurt.ledger.queries import PostingRow, TrialLine
from voorjebuurt.ledger.rules import (
    BANK,
    OWN_FUNDS,
    PROVIDER,
    SUSPENSE,
    AccountName,
    credit,
    debit,
    held,
)
from voorjebuurt.ledger.service import post

BEGIN = datetime(2026, 11, 3, 9, tzinfo=UTC)
MINE = UUID("01890000-0000-7000-8000-000000000001")
OTHER = UUID("01890000-0000-7000-8000-000000000002")
PSP_FEE = AccountName("psp_fee")


def book(
    session: Session,
    key: str,
    to: AccountName,
    origin: AccountName,
    cents: int,
    *,
    minutes: int = 0,
    campaign_id: UUID | None = None,
    payment_id: UUID | None = None,
) -> PostingRow:
    """Book an amount some minutes after the beginning, and give what people read of it."""
    at = BEGIN + timedelta(minutes=minutes)
    with clock.at(at):
        assert post(
            session,
            kind=BookingKind.PAYMENT_PAID,
            key=key,
            entries=[debit(to, cents), credit(origin, cents)],
            campaign_id=campaign_id,
            payment_id=payment_id,
        )
    return PostingRow(key, "payment_paid", at, {to.code: cents, origin.code: -cents})


@pytest.fixture
def books(session: Session) -> list[PostingRow]:
    """Two gifts to one campaign and one to another, a fee, and money of our own."""
    return [
        book(session, "first", PROVIDER, held(MINE), 500, campaign_id=MINE),
        book(session, "other", PROVIDER, held(OTHER), 70, minutes=2, campaign_id=OTHER),
        book(session, "second", PROVIDER, held(MINE), 300, minutes=1, campaign_id=MINE),
        book(session, "fee", PSP_FEE, PROVIDER, 8, minutes=3),
        book(session, "float", BANK, OWN_FUNDS, 20, minutes=4),
    ]


@pytest.mark.usefixtures("books")
def test_balances_stand_on_the_normal_side_of_their_account(session: Session) -> None:
    accounts = (PROVIDER, held(MINE), held(OTHER), PSP_FEE, BANK, OWN_FUNDS, SUSPENSE)
    cents = [queries.balance(session, account) for account in accounts]
    assert cents == [862, 800, 70, 8, 20, 20, 0]
    assert queries.guarded_balance(session, held(MINE)) == 800


@pytest.mark.usefixtures("books")
def test_the_trial_balance_is_by_account_or_added_up_by_base(session: Session) -> None:
    begin = [TrialLine("bank", "bank", "asset", 20), TrialLine("mollie", "mollie", "asset", 862)]
    middle = [
        TrialLine("own_funds", "own_funds", "equity", 20),
        TrialLine("psp_fee", "psp_fee", "expense", 8),
    ]
    by_owner = [
        TrialLine(f"held:{MINE}", "held", "liability", 800),
        TrialLine(f"held:{OTHER}", "held", "liability", 70),
    ]
    assert queries.trial_balance(session) == [*begin, *middle, *by_owner]
    by_base = [*begin, *middle, TrialLine("held", "held", "liability", 870)]
    assert queries.trial_balance(session, per_owner=False) == by_base


def test_an_empty_ledger_has_no_trial_balance(session: Session) -> None:
    assert queries.trial_balance(session) == []


@pytest.mark.usefixtures("books")
def test_an_owners_balances_are_those_of_its_own_accounts_by_code(session: Session) -> None:
    book(session, "news", AccountName("chargeback_receivable", MINE), PROVIDER, 9)
    assert queries.owner_balances(session, MINE) == [
        TrialLine(f"chargeback_receivable:{MINE}", "chargeback_receivable", "asset", 9),
        TrialLine(f"held:{MINE}", "held", "liability", 800),
    ]
    assert queries.owner_balances(session, new_id()) == []


def test_a_campaigns_postings_are_its_own_and_the_newest_come_first(
    session: Session, books: list[PostingRow]
) -> None:
    first, _, second, *_ = books
    again = book(session, "again", PROVIDER, held(MINE), 1, minutes=1, campaign_id=MINE)
    before = book(session, "before", PROVIDER, held(MINE), 1, minutes=-1, campaign_id=MINE)
    assert queries.campaign_postings(session, MINE, limit=9) == [again, second, first, before]
    assert queries.campaign_postings(session, MINE, limit=2) == [again, second]


def test_the_latest_postings_go_by_moment_then_by_order_of_booking(
    session: Session, books: list[PostingRow]
) -> None:
    first, other, second, fee, float_ = books
    again = book(session, "again", PROVIDER, held(MINE), 1, minutes=3)
    order = [float_, again, fee, other, second, first]
    assert queries.latest_postings(session, limit=9) == order
    assert queries.latest_postings(session, limit=2) == order[:2]
    assert queries.latest_postings(session, limit=2, offset=1) == order[1:3]
    on_provider = [again, fee, other, second, first]
    assert queries.latest_postings(session, base="mollie", limit=9) == on_provider
    assert queries.latest_postings(session, base="psp_fee", limit=9) == [fee]
    assert queries.latest_postings(session, base="tips", limit=9) == []


def test_a_payments_net_is_what_the_provider_still_has_of_it(session: Session) -> None:
    mine, other = new_id(), new_id()
    assert queries.payment_net(session, mine) == 0
    book(session, "in", PROVIDER, SUSPENSE, 500, payment_id=mine)
    book(session, "elsewhere", BANK, OWN_FUNDS, 40, payment_id=mine)
    book(session, "not mine", PROVIDER, SUSPENSE, 60, payment_id=other)
    assert queries.payment_net(session, mine) == 500
    book(session, "back", SUSPENSE, PROVIDER, 120, payment_id=mine)
    assert queries.payment_net(session, mine) == 380


@pytest.mark.usefixtures("books")
def test_a_posting_is_read_by_its_key(session: Session) -> None:
    assert queries.posting_by_key(session, "second") == {"mollie": 300, f"held:{MINE}": -300}
    assert queries.posting_by_key(session, "third") is None


@pytest.mark.usefixtures("books")
def test_accounts_come_into_being_as_the_chart_says(session: Session) -> None:
    accounts = session.scalars(select(LedgerAccount).order_by(LedgerAccount.code)).all()
    rows = [(each.code, each.base, each.owner_id, each.kind, each.guarded) for each in accounts]
    assert rows == [
        ("bank", "bank", None, "asset", False),
        (f"held:{MINE}", "held", MINE, "liability", True),
        (f"held:{OTHER}", "held", OTHER, "liability", True),
        ("mollie", "mollie", None, "asset", False),
        ("own_funds", "own_funds", None, "equity", False),
        ("psp_fee", "psp_fee", None, "expense", False),
    ]
