"""Money of a fund goes back to its municipality: proposed by one, released by another, cancelled.

It is the rest of a settled fund, or what was paid afterwards for match that fell away.
What the bank then does with it is in ``execution``.
"""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError, refusal_of
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.matching.funds.lifecycle import locked_fund
from voorjebuurt.matching.funds.states import FundStatus
from voorjebuurt.matching.models import Fund
from voorjebuurt.payouts.fund_returns.sources import locked_returnable_cents, returnable_cents
from voorjebuurt.payouts.iban import masked, normal_holder, normal_iban
from voorjebuurt.payouts.models import FundReturn
from voorjebuurt.payouts.rules import PAYOUT_TRANSITIONS, UNDER_WAY, PayoutStatus
from voorjebuurt.people.role_proposal_queries import gave_role_lately
from voorjebuurt.people.rules import ROLE_GIVER_DAYS, Role


def propose_return(
    session: Session, *, fund_id: UUID, holder: str, iban: str, sealer: Sealer, actor: Actor
) -> UUID:
    """Propose to pay a municipality back all that may go back of its fund; returns the id.

    That is what is free in a settled fund, or what was paid afterwards for match that fell away.

    Raises ``DomainError`` at ``holder`` or ``iban``, ``fund_not_settled``, ``nothing_to_return`` or
    ``return_under_way``.
    """
    fund = locked_fund(session, fund_id)
    amount_cents = locked_returnable_cents(session, fund_id)
    _refuse_proposal(session, fund, amount_cents)
    holder, iban = normal_holder(holder), normal_iban(iban)
    return_id = new_id()
    session.add(
        FundReturn(
            id=return_id,
            fund_id=fund.id,
            municipality_id=fund.municipality_id,
            amount_cents=amount_cents,
            holder=holder,
            sealed_iban=sealer.seal(iban),
            iban_mask=masked(iban),
            status=PayoutStatus.PROPOSED.value,
            # 32 characters; a bank file allows 35.
            end_to_end_id=return_id.hex.upper(),
            proposed_at=clock.now(),
            proposed_by=actor.person_id,
        )
    )
    session.flush()
    row = session.get_one(FundReturn, return_id)
    note_return(session, row, Action.FUND_RETURN_PROPOSED, actor)
    return return_id


def release_return(session: Session, *, return_id: UUID, actor: Actor) -> None:
    """Approve a proposal, as a second person. Raises as ``refuse_release`` does."""
    row = locked_return(session, return_id)
    # Held until the commit, so that what is compared below stays so.
    locked_returnable_cents(session, row.fund_id)
    refuse_release(session, row, actor)
    row.status = PAYOUT_TRANSITIONS.after(PayoutStatus(row.status), "release").value
    row.released_at, row.released_by = clock.now(), actor.person_id
    note_return(session, row, Action.FUND_RETURN_RELEASED, actor)


def refuse_release(session: Session, row: FundReturn, actor: Actor) -> None:
    """Raise ``ForbiddenError`` for who proposed it, or got their role lately from who did;
    ``DomainError`` when the fund has not so much any more.
    """
    PAYOUT_TRANSITIONS.after(PayoutStatus(row.status), "release")
    if actor.person_id is None or actor.person_id == row.proposed_by:
        raise ForbiddenError("own_proposal")
    if gave_role_lately(
        session, giver_id=row.proposed_by, holder_id=actor.person_id, role=Role.STAFF
    ):
        raise ForbiddenError("role_from_proposer", days=ROLE_GIVER_DAYS)
    refuse_short(session, row)


def obstacle_to_release(session: Session, return_id: UUID, actor: Actor) -> DomainError | None:
    """Why this actor can't release it now; None when they can."""
    row = session.get_one(FundReturn, return_id)
    return refusal_of(lambda: refuse_release(session, row, actor))


def cancel_return(session: Session, *, return_id: UUID, reason: str, actor: Actor) -> None:
    """Withdraw one that is not in a bank file yet (``reason`` at its field)."""
    row = locked_return(session, return_id)
    after = PAYOUT_TRANSITIONS.after(PayoutStatus(row.status), "cancel")
    row.remark = given_reason(reason)
    row.status = after.value
    row.cancelled_at, row.cancelled_by = clock.now(), actor.person_id
    note_return(session, row, Action.FUND_RETURN_CANCELLED, actor, row.remark)


def locked_return(session: Session, return_id: UUID) -> FundReturn:
    """The row and its fund, held until the commit, the fund first. Raises ``NotFoundError``."""
    fund_id = session.scalar(select(FundReturn.fund_id).where(FundReturn.id == return_id))
    if fund_id is None:
        raise NotFoundError("return_not_found")
    locked_fund(session, fund_id)
    return session.get_one(FundReturn, return_id, with_for_update=True, populate_existing=True)


def _refuse_proposal(session: Session, fund: Fund, free_cents: int) -> None:
    if fund.prepaid and fund.status != FundStatus.SETTLED:
        raise DomainError("fund_not_settled")
    if free_cents == 0:
        raise DomainError("nothing_to_return")
    under_way = select(FundReturn.id).where(
        FundReturn.fund_id == fund.id, FundReturn.status.in_(UNDER_WAY)
    )
    if session.scalar(under_way) is not None:
        raise DomainError("return_under_way")


def refuse_short(session: Session, row: FundReturn) -> None:
    """Raise ``DomainError`` when the fund has less than is to go back."""
    if returnable_cents(session, row.fund_id) < row.amount_cents:
        raise DomainError("fund_money_changed_since")


def given_reason(reason: str) -> str:
    """The reason trimmed. Raises ``DomainError`` at its field."""
    if not reason.strip():
        raise DomainError("reason_needed", field="reason")
    return reason.strip()


def note_return(
    session: Session, row: FundReturn, action: Action, actor: Actor, reason: str | None = None
) -> None:
    """Write down what somebody did, in the trail of the fund."""
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=Subject(SubjectKind.FUND, row.fund_id, row.municipality_id),
        reason=reason,
        detail={"cents": row.amount_cents, "reference": row.end_to_end_id},
    )
