"""The ledger held against what the other tables say happened: one whole check of the books."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import WON
from voorjebuurt.kernel import clock
from voorjebuurt.ledger.checks import MOST_ROWS, CheckLine, CheckResult, check_ledger, shown
from voorjebuurt.ledger.keys import ProviderEvent, payment_key_sql
from voorjebuurt.ledger.models import (
    LedgerAccount,
    LedgerBalance,
    LedgerEntry,
    LedgerTransaction,
)
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import PAYOUTS_IN_FLIGHT, PROVIDER, REFUNDS_IN_FLIGHT, SUSPENSE
from voorjebuurt.payments.models import Chargeback, Payment, Refund
from voorjebuurt.payments.queries import provider_of_sql
from voorjebuurt.payouts.match_checks import check_matches
from voorjebuurt.payouts.models import FundReturn, Payout
from voorjebuurt.payouts.seals import payees_are_sealed
from voorjebuurt.payouts.shortfall.checks import near_misses_owe_nothing
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.tins.checks import cash_is_explained, cash_reversals_undo_arrivals
from voorjebuurt.pledges.tins.models import CashGift

BOOKING_TAKES_AT_MOST = timedelta(hours=1)
"""Between the news from the provider and its booking lies one job."""

_IN_BOOKS = ("contribution", "returned", "suspense")

_unbooked_refund = exists().where(
    Refund.payment_id == Payment.id,
    Refund.status.in_(["refunded", "failed", "canceled"]),
    Refund.status.is_distinct_from(Refund.booked_status),
)
_provider = provider_of_sql(Payment.webhook_url)


def _is_unbooked(event: ProviderEvent) -> ColumnElement[bool]:
    """Whether a chargeback lacks the posting of this event; for a query of chargebacks.

    Two levels below the payment, so that both tables must be named as those of the query around.
    """
    key = payment_key_sql(_provider, Chargeback.provider_id, event)
    return ~exists().where(LedgerTransaction.key == key).correlate(Payment, Chargeback)


_unbooked_chargeback = exists().where(
    Chargeback.payment_id == Payment.id,
    or_(
        _is_unbooked(ProviderEvent.CHARGED),
        and_(Chargeback.reversed_at.is_not(None), _is_unbooked(ProviderEvent.REVERSED)),
    ),
)
_waiting = or_(
    and_(Payment.status == "paid", Payment.booked_at.is_(None)),
    _unbooked_refund,
    # Nothing is ever booked for a test payment among real ones.
    and_(Payment.booked_as.is_distinct_from("ignored"), _unbooked_chargeback),
)
"""There is news of this payment that its booking job has not come to yet."""


def check_books(session: Session, *, in_flight_max_days: int) -> list[CheckResult]:
    """Every check there is; nothing may stay in flight longer than ``in_flight_max_days``."""
    return [
        *check_ledger(session),
        _payments_are_booked(session),
        _news_is_booked_in_time(session),
        _campaigns_hold_their_gifts(session),
        _refunds_in_flight(session),
        _payouts_in_flight(session),
        _nothing_flies_too_long(session, in_flight_max_days),
        _suspense_is_empty(session),
        payees_are_sealed(session),
        *check_matches(session),
        near_misses_owe_nothing(session),
        cash_is_explained(session),
        cash_reversals_undo_arrivals(session),
    ]


def _payments_are_booked(session: Session) -> CheckResult:
    """Per payment: what stands at the provider = received − refunded − charged back."""
    at_provider = (
        select(LedgerTransaction.payment_id, func.sum(LedgerEntry.amount_cents).label("cents"))
        .join(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerAccount.base == PROVIDER.base, LedgerTransaction.payment_id.is_not(None))
        .group_by(LedgerTransaction.payment_id)
        .subquery()
    )
    received_cents = case((Payment.booked_as.in_(_IN_BOOKS), Payment.received_cents), else_=0)
    returned_cents = Payment.refunded_cents + Payment.charged_back_cents
    reported_cents = case(
        (Payment.booked_as.in_(_IN_BOOKS), received_cents - returned_cents), else_=0
    )
    in_ledger = func.coalesce(at_provider.c.cents, 0)
    totals = select(func.count(), func.coalesce(func.sum(reported_cents), 0)).where(
        Payment.booked_at.is_not(None), ~_waiting
    )
    number, total = session.execute(totals).one()
    wrong = (
        select(
            Payment.provider_id,
            reported_cents.label("reported"),
            in_ledger.label("ledger"),
        )
        .outerjoin(at_provider, at_provider.c.payment_id == Payment.id)
        .where(in_ledger != reported_cents, ~_waiting)
        .limit(MOST_ROWS)
    )
    return CheckResult(
        name="payments_are_booked",
        compared=int(number),
        total_cents=int(total),
        differences=shown(
            session.execute(wrong),
            "{provider_id}: the provider says {reported} cents, the ledger {ledger}",
        ),
    )


def _news_is_booked_in_time(session: Session) -> CheckResult:
    """Check that payments, refunds and chargebacks are in the ledger within an hour."""
    late = clock.now() - BOOKING_TAKES_AT_MOST
    last_news = func.coalesce(Payment.fetched_at, Payment.paid_at, Payment.created_at)
    number, total = session.execute(
        select(func.count(), func.coalesce(func.sum(Payment.amount_cents), 0)).where(_waiting)
    ).one()
    overdue = select(Payment.provider_id, last_news.label("seen")).where(_waiting, last_news < late)
    return CheckResult(
        name="news_is_booked_in_time",
        compared=int(number),
        total_cents=int(total),
        differences=shown(
            session.execute(overdue.order_by(last_news).limit(MOST_ROWS)),
            "{provider_id}: known since {seen:%Y-%m-%d %H:%M} UTC, not booked",
        ),
    )


_left_of_gift = func.greatest(
    0,
    Pledge.amount_cents
    - func.coalesce(Payment.refunded_cents, 0)
    - func.coalesce(Payment.charged_back_cents, 0),
)
_in_cash = exists().where(CashGift.pledge_id == Pledge.id)
_gifts = (
    select(Pledge.campaign_id, func.sum(_left_of_gift).label("cents"))
    .outerjoin(Payment, and_(Payment.pledge_id == Pledge.id, Payment.booked_as == "contribution"))
    .join(Campaign, Campaign.id == Pledge.campaign_id)
    .where(
        or_(Payment.id.is_not(None), _in_cash),
        Pledge.status.in_(["booked", "charged_back"]),
        Campaign.status.not_in(WON),
    )
    .group_by(Pledge.campaign_id)
    .subquery()
)
_held_balances = (
    select(LedgerAccount.owner_id.label("campaign_id"), LedgerBalance.balance_cents.label("cents"))
    .join(LedgerBalance, LedgerBalance.account_id == LedgerAccount.id)
    .where(LedgerAccount.base == "held")
    .subquery()
)
_has_waiting = exists().where(
    Pledge.campaign_id == Campaign.id, Payment.pledge_id == Pledge.id, _waiting
)


def _campaigns_hold_their_gifts(session: Session) -> CheckResult:
    """Held = the contributions of campaigns without success yet, less what was taken back.

    A campaign with news that waits for its booking is left for the next time.
    """
    rows = (
        select(
            Campaign.slug,
            func.coalesce(_gifts.c.cents, 0).label("expected"),
            func.coalesce(_held_balances.c.cents, 0).label("held"),
        )
        .outerjoin(_gifts, _gifts.c.campaign_id == Campaign.id)
        .outerjoin(_held_balances, _held_balances.c.campaign_id == Campaign.id)
        .where(or_(_gifts.c.cents.is_not(None), _held_balances.c.cents.is_not(None)), ~_has_waiting)
        .order_by(Campaign.slug)
    )
    campaigns = session.execute(rows).all()
    return CheckResult(
        name="campaigns_hold_their_gifts",
        compared=len(campaigns),
        total_cents=sum(int(row.held) for row in campaigns),
        differences=shown(
            [row for row in campaigns if row.expected != row.held],
            "{slug}: gifts of {expected} cents, the ledger holds {held}",
        ),
    )


def _refunds_in_flight(session: Session) -> CheckResult:
    """Check the account of refunds that we ordered and that are neither done nor failed."""
    in_flight = and_(Refund.reason != "dashboard", Refund.booked_status.is_(None))
    totals = select(func.count(), func.coalesce(func.sum(Refund.amount_cents), 0))
    number, total = session.execute(totals.where(in_flight)).one()
    in_ledger = balance(session, REFUNDS_IN_FLIGHT)
    return _comparison("refunds_in_flight", int(number), int(total), in_ledger)


def _payouts_in_flight(session: Session) -> CheckResult:
    number, total = 0, 0
    for model in (Payout, FundReturn):
        totals = select(func.count(), func.coalesce(func.sum(model.amount_cents), 0))
        row = session.execute(totals.where(model.status == "exported")).one()
        number, total = number + int(row[0]), total + int(row[1])
    return _comparison("payouts_in_flight", number, total, balance(session, PAYOUTS_IN_FLIGHT))


def _comparison(name: str, number: int, total: int, in_ledger: int) -> CheckResult:
    values = {"total": total, "in_ledger": in_ledger}
    line = CheckLine("orders sum to {total} cents, the ledger says {in_ledger}", values)
    return CheckResult(
        name=name,
        compared=number,
        total_cents=in_ledger,
        differences=() if total == in_ledger else (line,),
    )


def _nothing_flies_too_long(session: Session, days: int) -> CheckResult:
    since = clock.now() - timedelta(days=days)
    refunds = select(Refund.id, Refund.amount_cents, Refund.asked_at.label("since")).where(
        Refund.reason != "dashboard", Refund.booked_status.is_(None)
    )
    payouts = select(Payout.id, Payout.amount_cents, Payout.exported_at.label("since")).where(
        Payout.status == "exported"
    )
    returns = select(
        FundReturn.id, FundReturn.amount_cents, FundReturn.exported_at.label("since")
    ).where(FundReturn.status == "exported")
    orders = {
        "refund {id}: {amount_cents} cents in flight since {since:%Y-%m-%d}": refunds,
        "payout {id}: {amount_cents} cents in flight since {since:%Y-%m-%d}": payouts,
        "rest of a fund {id}: {amount_cents} cents in flight since {since:%Y-%m-%d}": returns,
    }
    rows = {line: _oldest(session, statement) for line, statement in orders.items()}
    late = [shown([row for row in rows[line] if row.since < since], line) for line in orders]
    return CheckResult(
        name="nothing_flies_too_long",
        compared=sum(map(len, rows.values())),
        total_cents=sum(row.amount_cents for each in rows.values() for row in each),
        differences=tuple(chain(*late))[:MOST_ROWS],
    )


def _oldest(session: Session, statement: Select[*tuple[Any, ...]]) -> Sequence[Any]:
    return session.execute(statement.order_by("since")).all()


def _suspense_is_empty(session: Session) -> CheckResult:
    """What nothing explains is no error of the books, but somebody must explain it."""
    cents = balance(session, SUSPENSE)
    line = CheckLine("{cents} cents wait for an explanation", {"cents": cents})
    return CheckResult(
        name="suspense_is_empty",
        compared=1,
        total_cents=cents,
        remarks=(line,) if cents else (),
    )
