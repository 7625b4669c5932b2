"""Match money held against what funds, matches and steps say; part of the check of the books."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.ledger.checks import MOST_ROWS, CheckResult, shown
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.models import LedgerAccount, LedgerEntry, LedgerTransaction
from voorjebuurt.matching.models import (
    Application,
    Fund,
    FundDeposit,
    FundPot,
    MatchStep,
    PotMove,
)
from voorjebuurt.matching.pots.municipal_payments import ARREARS_KINDS, PREPAID_KINDS
from voorjebuurt.payouts.interest_checks import (
    check_interest,
    interest_of_fund,
    interest_off_receivable,
)
from voorjebuurt.payouts.models import FundReturn
from voorjebuurt.pledges.models import CampaignMatch

_RETURN_KINDS = (BookingKind.FUND_RETURN_EXPORTED, BookingKind.FUND_RETURN_REFUSED)


def check_matches(session: Session) -> list[CheckResult]:
    """Every check of match money."""
    return [
        _pots_follow_their_moves(session),
        _matches_follow_their_moves(session),
        _steps_are_moved(session),
        _reserved_money_is_promised(session),
        _paid_in_money_is_there(session),
        *check_interest(session),
        _municipalities_owe_what_was_committed(session),
        _deposits_are_booked(session),
        _returns_are_booked(session),
    ]


def _comparison(
    session: Session, name: str, rows: Select[*tuple[Any, ...]], line: str
) -> CheckResult:
    """Rows of something with ``expected`` and ``found`` cents that must be equal."""
    records: Sequence[Any] = session.execute(rows).all()
    return CheckResult(
        name=name,
        compared=len(records),
        total_cents=sum(int(row.found) for row in records),
        differences=shown([row for row in records if row.expected != row.found][:MOST_ROWS], line),
    )


def _pots_follow_their_moves(session: Session) -> CheckResult:
    """Amount taken from a pot = sum of its moves = sum of its matches."""
    moves = _sum_of(PotMove.cents, PotMove.fund_id == FundPot.fund_id)
    matches = _sum_of(CampaignMatch.match_cents, CampaignMatch.fund_id == FundPot.fund_id)
    rows = (
        select(
            Fund.slug,
            FundPot.taken_cents.label("found"),
            case((moves == matches, moves), else_=-1).label("expected"),
            moves.label("moves"),
            matches.label("matches"),
        )
        .join(Fund, Fund.id == FundPot.fund_id)
        .order_by(Fund.slug)
    )
    line = "{slug}: taken {found} cents, moves {moves}, matches {matches}"
    return _comparison(session, "pots_follow_their_moves", rows, line)


def _sum_of(cents: Any, condition: Any) -> Any:
    return select(func.coalesce(func.sum(cents), 0)).where(condition).scalar_subquery()


def _matches_follow_their_moves(session: Session) -> CheckResult:
    moves = _sum_of(PotMove.cents, PotMove.application_id == CampaignMatch.application_id)
    rows = (
        select(
            Application.number,
            CampaignMatch.match_cents.label("found"),
            moves.label("expected"),
        )
        .join(Application, Application.id == CampaignMatch.application_id)
        .order_by(Application.number)
    )
    line = "{number}: match of {found} cents, its moves {expected}"
    return _comparison(session, "matches_follow_their_moves", rows, line)


def _steps_are_moved(session: Session) -> CheckResult:
    """What the allocator did gift by gift is what it moved in the pot."""
    of_match = PotMove.application_id == CampaignMatch.application_id
    moves = _sum_of(PotMove.cents, and_(of_match, PotMove.kind == "live"))
    steps = _sum_of(MatchStep.match_cents, MatchStep.application_id == CampaignMatch.application_id)
    rows = (
        select(Application.number, moves.label("found"), steps.label("expected"))
        .join(CampaignMatch, CampaignMatch.application_id == Application.id)
        .where(CampaignMatch.live)
        .order_by(Application.number)
    )
    line = "{number}: moved {found} cents for gifts, steps of {expected}"
    return _comparison(session, "steps_are_moved", rows, line)


def _account_balance(base: str, owner: Any) -> Any:
    """What stands on the account ``base`` of an owner, a debit as positive."""
    return (
        select(func.coalesce(func.sum(LedgerEntry.amount_cents), 0))
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerAccount.base == base, LedgerAccount.owner_id == owner)
        .scalar_subquery()
    )


_is_promised = CampaignMatch.status.in_(["open", "fixed", "awarded"])


def _reserved_money_is_promised(session: Session) -> CheckResult:
    """Reserved of a prepaid fund = what is promised, and what is claimed back but not in yet."""
    clawbacks = _account_balance("clawback_receivable", CampaignMatch.application_id)
    expected = case((_is_promised, CampaignMatch.match_cents), else_=0) + clawbacks
    rows = (
        select(
            Application.number,
            (-_account_balance("fund_reserved", CampaignMatch.application_id)).label("found"),
            expected.label("expected"),
        )
        .join(Application, Application.id == CampaignMatch.application_id)
        .where(CampaignMatch.prepaid)
        .order_by(Application.number)
    )
    line = "{number}: {found} cents reserved, promised {expected}"
    return _comparison(session, "reserved_money_is_promised", rows, line)


def _paid_in_money_is_there(session: Session) -> CheckResult:
    """Paid in by a municipality, less what went back, and interest that came in = free + reserved +
    what became the initiators'.
    """
    paid_in = (
        select(func.coalesce(func.sum(-LedgerEntry.amount_cents), 0))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(
            LedgerTransaction.kind.in_((*PREPAID_KINDS, *_RETURN_KINDS)),
            LedgerAccount.base == "fund_free",
            LedgerAccount.owner_id == Fund.id,
        )
        .scalar_subquery()
    )
    reserved_cents = (
        select(func.coalesce(func.sum(-LedgerEntry.amount_cents), 0))
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .join(CampaignMatch, CampaignMatch.application_id == LedgerAccount.owner_id)
        .where(LedgerAccount.base == "fund_reserved", CampaignMatch.fund_id == Fund.id)
        .scalar_subquery()
    )
    owed_cents = _sum_of(
        CampaignMatch.match_cents,
        and_(CampaignMatch.fund_id == Fund.id, CampaignMatch.status.in_(["committed", "received"])),
    )
    rows = (
        select(
            Fund.slug,
            (-_account_balance("fund_free", Fund.id) + reserved_cents + owed_cents).label("found"),
            (paid_in + interest_of_fund()).label("expected"),
        )
        .where(Fund.prepaid)
        .order_by(Fund.slug)
    )
    line = "{slug}: paid in {expected} cents, free, reserved and owed together {found}"
    return _comparison(session, "paid_in_money_is_there", rows, line)


def _municipalities_owe_what_was_committed(session: Session) -> CheckResult:
    """Receivable of a fund in arrears = committed − received, less what went back of that.

    Interest that came in goes off it too.
    """
    committed_cents = _sum_of(
        CampaignMatch.match_cents,
        and_(
            CampaignMatch.fund_id == Fund.id,
            or_(CampaignMatch.status == "committed", CampaignMatch.status == "received"),
        ),
    )
    received_cents = (
        select(func.coalesce(func.sum(-LedgerEntry.amount_cents), 0))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(
            LedgerTransaction.kind.in_((*ARREARS_KINDS, *_RETURN_KINDS)),
            LedgerAccount.base == "municipal_receivable",
            LedgerAccount.owner_id == Fund.id,
        )
        .scalar_subquery()
    )
    rows = (
        select(
            Fund.slug,
            _account_balance("municipal_receivable", Fund.id).label("found"),
            (committed_cents - received_cents - interest_off_receivable()).label("expected"),
        )
        .where(~Fund.prepaid)
        .order_by(Fund.slug)
    )
    line = "{slug}: {found} cents to be had, committed less received {expected}"
    return _comparison(session, "municipalities_owe_what_was_committed", rows, line)


def _deposits_are_booked(session: Session) -> CheckResult:
    """What two people read on the bank statement is what came into the bank account."""
    on_bank = (
        select(func.coalesce(func.sum(LedgerEntry.amount_cents), 0))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(
            LedgerAccount.base == "bank",
            LedgerTransaction.key.in_(
                [
                    func.concat("deposit:", FundDeposit.id, ":booked"),
                    func.concat("deposit:", FundDeposit.id, ":reversed"),
                ]
            ),
        )
        .scalar_subquery()
    )
    stands = FundDeposit.status.in_(["booked", "disputed"])
    rows = select(
        FundDeposit.reference,
        on_bank.label("found"),
        case((stands, FundDeposit.cents), else_=0).label("expected"),
    ).order_by(FundDeposit.entered_at, FundDeposit.id)
    line = "{reference}: booked {found} cents, read on the statement {expected}"
    return _comparison(session, "deposits_are_booked", rows, line)


def _returns_are_booked(session: Session) -> CheckResult:
    """What went to the bank for municipalities is what left their funds, and no more."""
    keys = [
        func.concat("fund_return:", FundReturn.id, ":exported"),
        func.concat("fund_return:", FundReturn.id, ":refused"),
    ]
    out_of_fund = (
        select(func.coalesce(func.sum(LedgerEntry.amount_cents), 0))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(
            LedgerAccount.base.in_(["fund_free", "municipal_receivable"]),
            LedgerAccount.owner_id == FundReturn.fund_id,
            LedgerTransaction.key.in_(keys),
        )
        .scalar_subquery()
    )
    is_gone = FundReturn.status.in_(["exported", "executed"])
    rows = select(
        FundReturn.end_to_end_id.label("reference"),
        out_of_fund.label("found"),
        case((is_gone, FundReturn.amount_cents), else_=0).label("expected"),
    ).order_by(FundReturn.proposed_at, FundReturn.id)
    line = "{reference}: {found} cents left the fund, {expected} went to the bank"
    return _comparison(session, "returns_are_booked", rows, line)
