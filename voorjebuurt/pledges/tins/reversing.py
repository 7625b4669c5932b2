"""A line of the bank that was booked wrongly is taken back as a whole, by two of the staff.

Cash that counted because of it is on its way again; nothing goes below zero.
"""

from typing import assert_never
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import bump_version
from voorjebuurt.campaigns.members.acting import has_part
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError
from voorjebuurt.ledger.keys import cash_arrival_reversed_key
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.queries import guarded_balance
from voorjebuurt.ledger.rules import BANK, cash_received, credit, debit
from voorjebuurt.ledger.service import post
from voorjebuurt.people.role_proposal_queries import gave_role_lately
from voorjebuurt.people.rules import ROLE_GIVER_DAYS, Role
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.tins.counting import undo_count
from voorjebuurt.pledges.tins.models import CashArrival, CashDeposit, CashGift, CashReversal
from voorjebuurt.pledges.tins.rows import (
    arrived_cents,
    gifts_of_deposit,
    locked_arrival,
    move,
    note,
)
from voorjebuurt.pledges.tins.rules import (
    ARRIVAL_TRANSITIONS,
    DEPOSIT_TRANSITIONS,
    REVERSAL_TRANSITIONS,
    RUNNING,
    ArrivalState,
    CashState,
    DepositState,
    ReversalState,
)


def propose_reversal(
    session: Session, *, arrival_id: UUID, campaign_id: UUID, reason: str, actor: Actor
) -> UUID:
    """Propose to take back a line that was booked wrongly, and say why; returns its id.

    Raises ``DomainError`` at ``reason``, or where it is proposed already.
    """
    campaign, deposit, arrival = _locked(session, arrival_id, campaign_id)
    _refuse_part(session, campaign, actor)
    ARRIVAL_TRANSITIONS.after(ArrivalState(arrival.state), "reverse")
    if not reason.strip():
        raise DomainError("cash_reason_missing", field="reason")
    waiting = select(CashReversal.id).where(
        CashReversal.arrival_id == arrival_id, CashReversal.state == ReversalState.PROPOSAL.value
    )
    if session.scalar(waiting) is not None:
        raise DomainError("cash_reversal_waits")
    reversal = CashReversal(
        arrival_id=arrival_id,
        amount_cents=arrival.amount_cents,
        reason=reason.strip(),
        state=ReversalState.PROPOSAL.value,
        proposed_at=clock.now(),
        proposed_by=actor.person_id,
    )
    session.add(reversal)
    _note(session, campaign, deposit, Action.CAMPAIGN_CASH_REVERSAL_PROPOSED, actor, reversal)
    return reversal.id


def release_reversal(
    session: Session, *, reversal_id: UUID, campaign_id: UUID, actor: Actor
) -> None:
    """Take the line back, as the second person; cash that it made count is on its way again.

    Raises ``ForbiddenError`` for who proposed it and who got their role lately from them;
    ``DomainError`` when the money is not there any more, or a campaign that is over counts on it.
    """
    _hold_pledges(session, reversal_id)
    campaign, deposit, arrival, reversal = _locked_reversal(session, reversal_id, campaign_id)
    after = REVERSAL_TRANSITIONS.after(ReversalState(reversal.state), "release")
    _refuse_part(session, campaign, actor)
    if actor.person_id is None or actor.person_id == reversal.proposed_by:
        raise ForbiddenError("own_proposal")
    first = reversal.proposed_by
    if gave_role_lately(session, giver_id=first, holder_id=actor.person_id, role=Role.STAFF):
        raise ForbiddenError("role_from_proposer", days=ROLE_GIVER_DAYS)
    reversal.state, reversal.released_at = after.value, clock.now()
    reversal.released_by = actor.person_id
    session.flush()
    arrival.state = ARRIVAL_TRANSITIONS.after(ArrivalState(arrival.state), "reverse").value
    session.flush()
    if arrived_cents(session, deposit.id) < deposit.amount_cents:
        _undo(session, campaign, deposit)
    if guarded_balance(session, cash_received(campaign.id)) < arrival.amount_cents:
        raise DomainError("cash_reversal_below_zero")
    post(
        session,
        kind=BookingKind.CASH_REVERSED,
        key=cash_arrival_reversed_key(arrival.id),
        entries=[
            debit(cash_received(campaign.id), arrival.amount_cents),
            credit(BANK, arrival.amount_cents),
        ],
        campaign_id=campaign.id,
    )
    _note(session, campaign, deposit, Action.CAMPAIGN_CASH_REVERSAL_RELEASED, actor, reversal)


def drop_reversal(session: Session, *, reversal_id: UUID, campaign_id: UUID, actor: Actor) -> None:
    """Take the proposal back: the line stays as it was booked."""
    campaign, deposit, _, reversal = _locked_reversal(session, reversal_id, campaign_id)
    reversal.state = REVERSAL_TRANSITIONS.after(ReversalState(reversal.state), "void").value
    _note(session, campaign, deposit, Action.CAMPAIGN_CASH_REVERSAL_DROPPED, actor, reversal)


def _undo(session: Session, campaign: Campaign, deposit: CashDeposit) -> None:
    """What was whole is not whole any more: its cash is on its way again, while that can matter.

    Once the campaign is over without success its cash is on the list of what goes back.
    """
    if deposit.state not in (DepositState.BANK, DepositState.BACK):
        return
    gifts = gifts_of_deposit(session, deposit.id)
    is_running = campaign.status in RUNNING
    if not is_running and any(gift.state == CashState.BANK for gift in gifts):
        raise DomainError("cash_reversal_too_late")
    deed = "undo" if is_running else "drop"
    deposit.state = DEPOSIT_TRANSITIONS.after(DepositState(deposit.state), deed).value
    if not is_running:
        return
    deposit.settled_at = None
    for gift in gifts:
        _undo_gift(session, campaign, gift)
    bump_version(campaign)


def _undo_gift(session: Session, campaign: Campaign, gift: CashGift) -> None:
    """What counted counts no more; what came too late to count is on its way again."""
    state = CashState(gift.state)
    match state:
        case CashState.BANK:
            undo_count(session, campaign=campaign, gift=gift)
        case CashState.BACK:
            if gift.pledge_id is None and not gift.back_asked_at:
                move(gift, "undo")
        case CashState.ENTRY | CashState.TIN | CashState.WAY | CashState.HOME | CashState.VOID:
            pass
        case _:
            assert_never(state)


def _hold_pledges(session: Session, reversal_id: UUID) -> None:
    """Gifts are held before their campaign, as in all bookings."""
    statement = (
        select(Pledge.id)
        .join(CashGift, CashGift.pledge_id == Pledge.id)
        .join(CashArrival, CashArrival.deposit_id == CashGift.deposit_id)
        .join(CashReversal, CashReversal.arrival_id == CashArrival.id)
        .where(CashReversal.id == reversal_id)
        .order_by(Pledge.id)
        .with_for_update(of=Pledge)
    )
    session.execute(statement).all()


def _locked(
    session: Session, arrival_id: UUID, campaign_id: UUID
) -> tuple[Campaign, CashDeposit, CashArrival]:
    campaign, deposit, arrival = locked_arrival(session, arrival_id)
    if campaign.id != campaign_id:
        raise NotFoundError("deposit_not_found")
    return campaign, deposit, arrival


def _locked_reversal(
    session: Session, reversal_id: UUID, campaign_id: UUID
) -> tuple[Campaign, CashDeposit, CashArrival, CashReversal]:
    arrival_id = session.scalar(
        select(CashReversal.arrival_id).where(CashReversal.id == reversal_id)
    )
    if arrival_id is None:
        raise NotFoundError("deposit_not_found")
    rows = _locked(session, arrival_id, campaign_id)
    reversal = session.get_one(
        CashReversal, reversal_id, with_for_update=True, populate_existing=True
    )
    return *rows, reversal


def _refuse_part(session: Session, campaign: Campaign, actor: Actor) -> None:
    if has_part(session, campaign.id, actor.person_id):
        raise ForbiddenError("own_campaign")


def _note(
    session: Session,
    campaign: Campaign,
    deposit: CashDeposit,
    action: Action,
    actor: Actor,
    reversal: CashReversal,
) -> None:
    cents = reversal.amount_cents
    note(session, campaign, action, actor, reference=deposit.reference, cents=cents)
