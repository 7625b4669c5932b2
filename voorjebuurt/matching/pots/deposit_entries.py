"""Money for a fund on the bank statement, entered by one person: nothing is booked yet."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.ledger.keys import clawback_key, municipal_payment_key
from voorjebuurt.ledger.queries import balance, posting_by_key
from voorjebuurt.ledger.rules import clawback_receivable, municipal_receivable
from voorjebuurt.matching.models import Application, Fund, FundDeposit, FundPot
from voorjebuurt.matching.pots.bank_lines import Line, refuse_more_than_line
from voorjebuurt.matching.pots.deposit_states import VALID, DepositKind, DepositStatus
from voorjebuurt.matching.pots.deposits import note_deposit
from voorjebuurt.matching.pots.interest import open_interest
from voorjebuurt.matching.pots.municipal_payments import prepaid_cents
from voorjebuurt.matching.pots.rows import checked_reference


def enter_fund_deposit(
    session: Session,
    *,
    fund_id: UUID,
    cents: int,
    reference: str,
    received_on: date,
    above_ceiling: str = "",
    line_cents: int | None = None,
    actor: Actor,
) -> UUID:
    """Enter what a municipality paid for its fund (eurocents); nothing is booked yet.

    ``line_cents``: the whole line of the statement, where this is a part of it. Raises
    ``DomainError`` at ``amount``, ``reference``, ``line``, ``received_on``, or ``above_ceiling``
    when more would be paid beforehand than the fund can give, and nobody says why.
    """
    fund = session.get(Fund, fund_id)
    if fund is None:
        raise NotFoundError("fund_not_found")
    reference = checked_reference(cents, reference)
    _refuse_known(session, municipal_payment_key(fund_id, reference), fund_id, None, reference)
    line = Line(fund.municipality_id, reference, line_cents)
    refuse_more_than_line(session, line, cents)
    if fund.prepaid:
        _refuse_above_ceiling(session, fund_id, cents, above_ceiling)
    else:
        _refuse_more(balance(session, municipal_receivable(fund_id)), cents)
    kind = DepositKind.PREPAYMENT if fund.prepaid else DepositKind.ARREARS
    deposit = _entry(kind, cents, line, received_on, actor)
    deposit.fund_id, deposit.municipality_id = fund.id, fund.municipality_id
    deposit.above_ceiling = above_ceiling.strip() if fund.prepaid else ""
    return _add(session, deposit, actor)


def enter_clawback_deposit(
    session: Session,
    *,
    application_id: UUID,
    cents: int,
    reference: str,
    received_on: date,
    line_cents: int | None = None,
    actor: Actor,
) -> UUID:
    """Enter what an initiator paid of a claim or interest (eurocents); nothing is booked yet.

    ``line_cents`` as for a fund. Raises ``DomainError`` at ``amount``, ``reference``, ``line`` or
    ``received_on``.
    """
    application = session.get(Application, application_id)
    if application is None:
        raise NotFoundError("application_not_found")
    reference = checked_reference(cents, reference)
    fund_id = application.fund_id
    _refuse_known(
        session, clawback_key(application_id, reference), fund_id, application_id, reference
    )
    line = Line(application.municipality_id, reference, line_cents)
    refuse_more_than_line(session, line, cents)
    sum_cents = balance(session, clawback_receivable(application_id))
    _refuse_more(sum_cents + open_interest(session, application_id), cents)
    deposit = _entry(DepositKind.CLAWBACK, cents, line, received_on, actor)
    deposit.fund_id, deposit.application_id = fund_id, application_id
    deposit.municipality_id = application.municipality_id
    return _add(session, deposit, actor)


def _entry(
    kind: DepositKind, cents: int, line: Line, received_on: date, actor: Actor
) -> FundDeposit:
    if received_on > clock.today():
        raise DomainError("received_in_future", field="received_on")
    return FundDeposit(
        id=new_id(),
        kind=kind.value,
        status=DepositStatus.ENTERED.value,
        cents=cents,
        line_cents=line.cents,
        reference=line.reference,
        received_on=received_on,
        entered_at=clock.now(),
        entered_by=actor.person_id,
    )


def _add(session: Session, deposit: FundDeposit, actor: Actor) -> UUID:
    session.add(deposit)
    session.flush()
    note_deposit(session, deposit, Action.DEPOSIT_ENTERED, actor)
    return deposit.id


def _refuse_known(
    session: Session, old_key: str, fund_id: UUID, application_id: UUID | None, reference: str
) -> None:
    """A line of the bank statement is entered once; also when one person booked it, long ago."""
    same = select(FundDeposit.id).where(
        FundDeposit.fund_id == fund_id,
        FundDeposit.application_id.is_not_distinct_from(application_id),
        FundDeposit.reference == reference,
        FundDeposit.status.in_(sorted(VALID)),
    )
    if session.scalar(same) is not None or posting_by_key(session, old_key) is not None:
        raise DomainError("receipt_known", field="reference")


def _refuse_above_ceiling(session: Session, fund_id: UUID, cents: int, why: str) -> None:
    ceiling_cents = session.scalar(
        select(func.greatest(FundPot.ceiling_cents, FundPot.filed_ceiling_cents)).where(
            FundPot.fund_id == fund_id
        )
    )
    if ceiling_cents is None:
        raise NotFoundError("fund_has_no_pot")
    above_cents = prepaid_cents(session, fund_id) + cents - ceiling_cents
    if above_cents > 0 and not why.strip():
        raise DomainError("deposit_above_ceiling", field="above_ceiling", above_cents=above_cents)


def _refuse_more(due_cents: int, cents: int) -> None:
    if cents > due_cents:
        raise DomainError("receipt_too_high", field="amount", maximum_cents=max(0, due_cents))
