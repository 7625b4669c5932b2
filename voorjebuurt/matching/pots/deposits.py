"""Money for a fund on the bank statement: booked by a second person, or taken back by two.

The deposit's row is locked before anything that its booking touches, and nobody locks it later.
"""

from collections.abc import Callable, Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError
from voorjebuurt.matching.models import FundDeposit
from voorjebuurt.matching.pots.clawback_deposits import (
    book_clawback_deposit,
    undo_clawback_deposit,
)
from voorjebuurt.matching.pots.deposit_states import (
    DEPOSIT_TRANSITIONS,
    DepositKind,
    DepositStatus,
)
from voorjebuurt.matching.pots.municipal_payments import (
    book_arrears,
    book_prepayment,
    undo_arrears,
    undo_prepayment,
)
from voorjebuurt.people.role_proposal_queries import gave_role_lately
from voorjebuurt.people.rules import ROLE_GIVER_DAYS, Role

_Deed = Callable[..., None]
_BOOK: Mapping[DepositKind, _Deed] = {
    DepositKind.PREPAYMENT: book_prepayment,
    DepositKind.ARREARS: book_arrears,
    DepositKind.CLAWBACK: book_clawback_deposit,
}
_UNDO: Mapping[DepositKind, _Deed] = {
    DepositKind.PREPAYMENT: undo_prepayment,
    DepositKind.ARREARS: undo_arrears,
    DepositKind.CLAWBACK: undo_clawback_deposit,
}


def book_deposit(session: Session, *, deposit_id: UUID, actor: Actor) -> None:
    """Book it, as the second person.

    Raises ``ForbiddenError`` for who entered it and for who got their role lately from them;
    ``DomainError`` when there is not so much to come any more.
    """
    deposit = locked_deposit(session, deposit_id)
    after = DEPOSIT_TRANSITIONS.after(DepositStatus(deposit.status), "book")
    refuse_second(session, deposit.entered_by, actor)
    deposit.status = after.value
    deposit.booked_at, deposit.booked_by = clock.now(), actor.person_id
    # The database lets no booking in without a deposit that two people signed.
    session.flush()
    _BOOK[DepositKind(deposit.kind)](session, deposit=deposit, actor=actor)


def dismiss_deposit(session: Session, *, deposit_id: UUID, reason: str, actor: Actor) -> None:
    """Let nothing come of an entry; ``reason`` at its field."""
    deposit = locked_deposit(session, deposit_id)
    after = DEPOSIT_TRANSITIONS.after(DepositStatus(deposit.status), "dismiss")
    deposit.remark = _reason(reason)
    deposit.status = after.value
    deposit.dismissed_at, deposit.dismissed_by = clock.now(), actor.person_id
    note_deposit(session, deposit, Action.DEPOSIT_DISMISSED, actor, deposit.remark)


def dispute_deposit(session: Session, *, deposit_id: UUID, reason: str, actor: Actor) -> None:
    """Ask to take a booking back, with the ``reason`` at its field; another person does it."""
    deposit = locked_deposit(session, deposit_id)
    after = DEPOSIT_TRANSITIONS.after(DepositStatus(deposit.status), "dispute")
    deposit.remark = _reason(reason)
    deposit.status = after.value
    deposit.disputed_at, deposit.disputed_by = clock.now(), actor.person_id
    note_deposit(session, deposit, Action.DEPOSIT_DISPUTED, actor, deposit.remark)


def uphold_deposit(session: Session, *, deposit_id: UUID, actor: Actor) -> None:
    """The booking was right after all: nothing is taken back."""
    deposit = locked_deposit(session, deposit_id)
    deposit.status = DEPOSIT_TRANSITIONS.after(DepositStatus(deposit.status), "uphold").value
    deposit.disputed_at = deposit.disputed_by = None
    note_deposit(session, deposit, Action.DEPOSIT_UPHELD, actor, deposit.remark)


def reverse_deposit(session: Session, *, deposit_id: UUID, actor: Actor) -> None:
    """Take the booking back by one against it, as the second person.

    Raises ``ForbiddenError`` for who asked for it and for who got their role lately from them;
    ``DomainError`` ``deposit_spoken_for`` when the money has other owners by now.
    """
    deposit = locked_deposit(session, deposit_id)
    after = DEPOSIT_TRANSITIONS.after(DepositStatus(deposit.status), "reverse")
    refuse_second(session, deposit.disputed_by, actor)
    deposit.status = after.value
    deposit.reversed_at, deposit.reversed_by = clock.now(), actor.person_id
    session.flush()
    _UNDO[DepositKind(deposit.kind)](session, deposit=deposit, actor=actor)


def locked_deposit(session: Session, deposit_id: UUID) -> FundDeposit:
    """The deposit's row, held until the commit. Raises ``NotFoundError``."""
    deposit = session.get(FundDeposit, deposit_id, with_for_update=True, populate_existing=True)
    if deposit is None:
        raise NotFoundError("deposit_not_found")
    return deposit


def refuse_second(session: Session, first_id: UUID | None, actor: Actor) -> None:
    """Raise ``ForbiddenError`` unless the actor can be the second person after ``first_id``."""
    if first_id is None or actor.person_id is None or actor.person_id == first_id:
        raise ForbiddenError("own_deposit")
    if gave_role_lately(session, giver_id=first_id, holder_id=actor.person_id, role=Role.STAFF):
        raise ForbiddenError("role_from_deposit_enterer", days=ROLE_GIVER_DAYS)


def _reason(reason: str) -> str:
    if not reason.strip():
        raise DomainError("reason_needed", field="reason")
    return reason.strip()


def note_deposit(
    session: Session,
    deposit: FundDeposit,
    action: Action,
    actor: Actor,
    reason: str | None = None,
) -> None:
    """Write down what somebody did with a deposit, in the trail of its fund or application."""
    about = (
        (SubjectKind.FUND, deposit.fund_id)
        if deposit.application_id is None
        else (SubjectKind.APPLICATION, deposit.application_id)
    )
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=Subject(*about, deposit.municipality_id),
        reason=reason,
        detail={"cents": deposit.cents, "reference": deposit.reference},
    )
