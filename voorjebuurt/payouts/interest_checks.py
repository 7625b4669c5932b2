"""Interest on match money that is paid back late, held against decisions and funds; part of the
check of the books.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, String, and_, case, cast, func, literal, select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.rules.kinds import DecisionKind, DecisionStatus
from voorjebuurt.ledger.checks import MOST_ROWS, CheckResult, shown
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.models import LedgerAccount, LedgerEntry, LedgerTransaction
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.pledges.models import CampaignMatch

_PAID = (BookingKind.CLAWBACK_RECEIVED, BookingKind.CLAWBACK_REVERSED)
_MOVED = (
    *_PAID,
    BookingKind.INTEREST_WRITTEN_OFF,
    BookingKind.INTEREST_OWED,
    BookingKind.INTEREST_OWED_UNDONE,
)

_OWED = ("owed_interest", "owed_interest_pending")
_OWED_KINDS = (
    BookingKind.INTEREST_OWED,
    BookingKind.INTEREST_OWED_UNDONE,
    BookingKind.PAYOUT_EXPORTED,
    BookingKind.PAYOUT_RETURNED,
)


def check_interest(session: Session) -> list[CheckResult]:
    """Every check of interest."""
    return [
        _interest_is_decided(session),
        _interest_is_owed_to_funds(session),
        _open_interest_stands(session),
        _owed_interest_is_decided(session),
        _owed_interest_left_with_payouts(session),
    ]


def interest_of_fund() -> Any:
    """What interest added to a prepaid fund, free or reserved, in a query of funds (eurocents).

    What comes in of the sum moves from reserved to free, so together only the interest is left; of
    interest that was written off after it was paid, what went to the initiator is off again.
    """
    is_of_fund = case(
        (LedgerAccount.base == "fund_free", LedgerAccount.owner_id == Fund.id),
        else_=LedgerAccount.owner_id.in_(
            select(CampaignMatch.application_id)
            .where(CampaignMatch.fund_id == Fund.id)
            .correlate(Fund)
        ),
    )
    return _credits(
        and_(LedgerAccount.base.in_(["fund_free", "fund_reserved"]), is_of_fund), _MOVED
    )


def interest_off_receivable() -> Any:
    """What interest took off what the municipality of a fund in arrears owes (eurocents)."""
    is_of_fund = and_(
        LedgerAccount.base == "municipal_receivable", LedgerAccount.owner_id == Fund.id
    )
    return _credits(is_of_fund, _MOVED)


def _credits(accounts: Any, kinds: Collection[BookingKind]) -> Any:
    """What transactions of these kinds left on these accounts, a credit as positive (eurocents)."""
    return (
        select(func.coalesce(func.sum(-LedgerEntry.amount_cents), 0))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerTransaction.kind.in_(kinds), accounts)
        .scalar_subquery()
    )


def _interest_is_decided(session: Session) -> CheckResult:
    """Laid down in the ledger = what decisions lay down that were sent, one by one."""
    key = func.concat("interest:", Decision.id, ":laid_down")
    in_ledger = (
        select(func.coalesce(func.sum(LedgerEntry.amount_cents), 0))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(
            LedgerTransaction.key == key,
            LedgerAccount.base == "interest_receivable",
            LedgerAccount.owner_id == Decision.application_id,
        )
        .scalar_subquery()
    )
    is_sent = Decision.status == DecisionStatus.SENT
    rows = (
        select(
            Decision.number,
            in_ledger.label("found"),
            case((is_sent, Decision.amount_cents), else_=0).label("expected"),
        )
        .where(Decision.kind == DecisionKind.INTEREST)
        .order_by(Decision.number)
    )
    line = "{number}: {found} cents of interest on the books, the decision says {expected}"
    return _comparison(session, "interest_is_decided", rows, line)


def _interest_is_owed_to_funds(session: Session) -> CheckResult:
    """What initiators still have to pay of interest is what funds still get of it, one by one."""
    rows = (
        select(
            Application.number,
            _balance("interest_receivable").label("found"),
            (-_balance("interest_pending")).label("expected"),
        )
        .where(Application.id.in_(_with_interest()))
        .order_by(Application.number)
    )
    line = "{number}: {found} cents of interest to come, of which {expected} are for the fund"
    return _comparison(session, "interest_is_owed_to_funds", rows, line)


def _open_interest_stands(session: Session) -> CheckResult:
    """What is open is not below zero, nor more than was laid down and not written off."""
    prefix = literal("interest:") + cast(Application.id, String) + ":written_off:%"
    written_off = (
        select(func.coalesce(-func.sum(LedgerEntry.amount_cents), 0))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .where(
            LedgerTransaction.kind == BookingKind.INTEREST_WRITTEN_OFF,
            LedgerTransaction.key.like(prefix),
            LedgerEntry.amount_cents < 0,
        )
        .correlate(Application)
        .scalar_subquery()
    )
    laid_down = (
        select(func.coalesce(func.sum(Decision.amount_cents), 0))
        .where(
            Decision.application_id == Application.id,
            Decision.kind == DecisionKind.INTEREST,
            Decision.status == DecisionStatus.SENT,
        )
        .scalar_subquery()
    )
    open_cents = _balance("interest_receivable")
    stands = laid_down - written_off
    rows = (
        select(
            Application.number,
            open_cents.label("found"),
            func.least(func.greatest(open_cents, 0), stands).label("expected"),
        )
        .where(Application.id.in_(_with_interest()))
        .order_by(Application.number)
    )
    line = "{number}: {found} cents of interest to come, at most {expected} can be"
    return _comparison(session, "open_interest_stands", rows, line)


def _owed_interest_is_decided(session: Session) -> CheckResult:
    """Interest that municipalities owe in the ledger = what decisions say that were sent."""
    key = func.concat("owed_interest:", Decision.id, ":laid_down")
    in_ledger = (
        select(func.coalesce(-func.sum(LedgerEntry.amount_cents), 0))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(
            LedgerTransaction.key == key,
            LedgerAccount.base.in_(_OWED),
            LedgerAccount.owner_id == Decision.application_id,
        )
        .scalar_subquery()
    )
    is_sent = Decision.status == DecisionStatus.SENT
    rows = (
        select(
            Decision.number,
            in_ledger.label("found"),
            case((is_sent, Decision.amount_cents), else_=0).label("expected"),
        )
        .where(Decision.kind == DecisionKind.INTEREST_OWED)
        .order_by(Decision.number)
    )
    line = "{number}: {found} cents of owed interest on the books, the decision says {expected}"
    return _comparison(session, "owed_interest_is_decided", rows, line)


def _owed_interest_left_with_payouts(session: Session) -> CheckResult:
    """What is left of it = what was laid down, less what was undone and what payouts took along."""
    movements = (
        select(func.coalesce(-func.sum(LedgerEntry.amount_cents), 0))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(
            LedgerTransaction.kind.in_(_OWED_KINDS),
            LedgerAccount.base.in_(_OWED),
            LedgerAccount.owner_id == Application.id,
        )
        .correlate(Application)
        .scalar_subquery()
    )
    balance = -(_balance("owed_interest") + _balance("owed_interest_pending"))
    rows = (
        select(
            Application.number,
            balance.label("found"),
            func.greatest(movements, 0).label("expected"),
        )
        .where(
            Application.id.in_(select(LedgerAccount.owner_id).where(LedgerAccount.base.in_(_OWED)))
        )
        .order_by(Application.number)
    )
    line = "{number}: {found} cents of owed interest to pay, {expected} by decisions and payouts"
    return _comparison(session, "owed_interest_left_with_payouts", rows, line)


def _with_interest() -> Any:
    return select(LedgerAccount.owner_id).where(LedgerAccount.base == "interest_receivable")


def _balance(base: str) -> Any:
    """What stands on the account ``base`` of an application, a debit as positive."""
    return (
        select(func.coalesce(func.sum(LedgerEntry.amount_cents), 0))
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerAccount.base == base, LedgerAccount.owner_id == Application.id)
        .scalar_subquery()
    )


def _comparison(
    session: Session, name: str, rows: Select[*tuple[Any, ...]], line: str
) -> CheckResult:
    """Rows with ``expected`` and ``found`` cents that must be equal."""
    records = session.execute(rows).all()
    wrong = [row for row in records if row.expected != row.found]
    return CheckResult(
        name=name,
        compared=len(records),
        total_cents=sum(int(row.found) for row in records),
        differences=shown(wrong[:MOST_ROWS], line),
    )
