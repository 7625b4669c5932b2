"""What must be true of cash: what is on its account came in, and neither counts nor went back.

And what was booked wrongly was taken back by exactly the opposite posting.
"""

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.ledger.checks import MOST_ROWS, CheckLine, CheckResult, shown
from voorjebuurt.ledger.keys import cash_arrival_key, cash_arrival_reversed_key
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.models import LedgerAccount, LedgerBalance, LedgerTransaction
from voorjebuurt.pledges.tins.models import (
    CashArrival,
    CashDeposit,
    CashGift,
    CashReturn,
    CashReversal,
)


def cash_is_explained(session: Session) -> CheckResult:
    """Per campaign: arrived at the bank − counts − transferred back = the account of deposits."""
    moves = union_all(
        select(CashDeposit.campaign_id, CashArrival.amount_cents.label("cents"))
        .join(CashDeposit, CashDeposit.id == CashArrival.deposit_id)
        .where(CashArrival.state == "bank"),
        select(CashGift.campaign_id, -CashGift.amount_cents).where(CashGift.state == "bank"),
        select(CashReturn.campaign_id, -CashReturn.amount_cents).where(
            CashReturn.state == "transfer"
        ),
    ).subquery()
    expected = (
        select(moves.c.campaign_id, func.sum(moves.c.cents).label("cents"))
        .group_by(moves.c.campaign_id)
        .subquery()
    )
    statement = (
        select(
            Campaign.slug,
            func.coalesce(expected.c.cents, 0).label("expected"),
            func.coalesce(LedgerBalance.balance_cents, 0).label("booked"),
        )
        .outerjoin(expected, expected.c.campaign_id == Campaign.id)
        .outerjoin(
            LedgerAccount,
            (LedgerAccount.owner_id == Campaign.id) & (LedgerAccount.base == "cash_received"),
        )
        .outerjoin(LedgerBalance, LedgerBalance.account_id == LedgerAccount.id)
        .where(expected.c.campaign_id.is_not(None) | LedgerAccount.id.is_not(None))
        .order_by(Campaign.slug)
    )
    rows = session.execute(statement).all()
    return CheckResult(
        name="cash_is_explained",
        compared=len(rows),
        total_cents=sum(int(row.booked) for row in rows),
        differences=shown(
            [row for row in rows if row.expected != row.booked][:MOST_ROWS],
            "{slug}: deposits of cash leave {expected} cents, the ledger says {booked}",
        ),
    )


def cash_reversals_undo_arrivals(session: Session) -> CheckResult:
    """Each reversal that two people booked has the opposite of its arrival's posting, and no other
    posting says that it reverses one.
    """
    rows = session.execute(
        select(CashArrival.id, CashArrival.line, CashArrival.state, CashReversal.amount_cents)
        .join(CashReversal, CashReversal.arrival_id == CashArrival.id)
        .where(CashReversal.state == "booking")
        .order_by(CashArrival.line)
    ).all()
    keys = {cash_arrival_reversed_key(row.id): row for row in rows}
    both_keys = [*keys, *(cash_arrival_key(row.id) for row in rows)]
    statement = select(LedgerTransaction.key, LedgerTransaction.posting).where(
        LedgerTransaction.key.in_(both_keys)
        | (LedgerTransaction.kind == BookingKind.CASH_REVERSED.value)
    )
    postings = {row.key: row.posting for row in session.execute(statement)}
    wrong: list[dict[str, object]] = []
    for key, row in keys.items():
        booking = postings.get(cash_arrival_key(row.id), {})
        opposite = {account: -cents for account, cents in booking.items()}
        if row.state != "reversal" or not booking or postings.get(key) != opposite:
            wrong.append({"line": row.line, "cents": row.amount_cents})
    alien = sorted(set(postings) - set(both_keys))
    wrong += [{"line": key, "cents": 0} for key in alien]
    return CheckResult(
        name="cash_reversals_undo_arrivals",
        compared=len(rows),
        total_cents=sum(row.amount_cents for row in rows),
        differences=tuple(
            CheckLine("{line}: {cents} cents of cash are not reversed as they were booked", values)
            for values in wrong[:MOST_ROWS]
        ),
    )
