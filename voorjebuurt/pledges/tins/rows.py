"""Reading and holding the rows of cash: the campaign's first, then a deposit, then its cash."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import campaign_subject, locked_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import cash_received
from voorjebuurt.pledges.tins.models import CashArrival, CashDeposit, CashGift
from voorjebuurt.pledges.tins.rules import (
    CASH_TRANSITIONS,
    RUNNING,
    UNCERTAIN,
    ArrivalState,
    CashState,
    DepositState,
)


def locked_gift(session: Session, campaign_id: UUID, gift_id: UUID) -> tuple[Campaign, CashGift]:
    """The campaign and cash of it, held until the commit. Raises ``NotFoundError``."""
    campaign = locked_campaign(session, campaign_id)
    gift = session.get(CashGift, gift_id, with_for_update=True, populate_existing=True)
    if gift is None or gift.campaign_id != campaign_id:
        raise NotFoundError("cash_not_found")
    return campaign, gift


def locked_deposit(session: Session, deposit_id: UUID) -> tuple[Campaign, CashDeposit]:
    """A deposit and its campaign, held until the commit. Raises ``NotFoundError``."""
    campaign_id = session.scalar(
        select(CashDeposit.campaign_id).where(CashDeposit.id == deposit_id)
    )
    if campaign_id is None:
        raise NotFoundError("cash_deposit_not_found")
    campaign = locked_campaign(session, campaign_id)
    deposit = session.get_one(CashDeposit, deposit_id, with_for_update=True, populate_existing=True)
    return campaign, deposit


def locked_arrival(session: Session, arrival_id: UUID) -> tuple[Campaign, CashDeposit, CashArrival]:
    """A line of the bank with its deposit and campaign, held. Raises ``NotFoundError``."""
    deposit_id = session.scalar(select(CashArrival.deposit_id).where(CashArrival.id == arrival_id))
    if deposit_id is None:
        raise NotFoundError("deposit_not_found")
    campaign, deposit = locked_deposit(session, deposit_id)
    arrival = session.get_one(CashArrival, arrival_id, with_for_update=True, populate_existing=True)
    return campaign, deposit, arrival


def gifts_of_deposit(session: Session, deposit_id: UUID) -> Sequence[CashGift]:
    """The cash in a deposit, in the order of its receipts, held."""
    statement = (
        select(CashGift)
        .where(CashGift.deposit_id == deposit_id)
        .order_by(CashGift.number)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).all()


def uncertain_cents(session: Session, campaign_id: UUID) -> int:
    """What was collected and is not at the bank (eurocents)."""
    statement = select(func.coalesce(func.sum(CashGift.amount_cents), 0)).where(
        CashGift.campaign_id == campaign_id, CashGift.state.in_(sorted(UNCERTAIN))
    )
    return int(session.scalar(statement) or 0)


def arrived_cents(session: Session, deposit_id: UUID) -> int:
    """What two people saw at the bank of a deposit (eurocents)."""
    statement = select(func.coalesce(func.sum(CashArrival.amount_cents), 0)).where(
        CashArrival.deposit_id == deposit_id, CashArrival.state == ArrivalState.BANK.value
    )
    return int(session.scalar(statement) or 0)


def returnable_cents(session: Session, campaign: Campaign) -> int:
    """What came in cash and goes back to who deposited it (eurocents).

    While the campaign runs that is without parts of deposits of which the rest is still to come.
    """
    all_cents = balance(session, cash_received(campaign.id))
    if campaign.status not in RUNNING:
        return all_cents
    parts = (
        select(func.coalesce(func.sum(CashArrival.amount_cents), 0))
        .join(CashDeposit, CashDeposit.id == CashArrival.deposit_id)
        .where(
            CashDeposit.campaign_id == campaign.id,
            CashDeposit.state == DepositState.WAY.value,
            CashArrival.state == ArrivalState.BANK.value,
        )
    )
    return all_cents - int(session.scalar(parts) or 0)


def move(gift: CashGift, action: str) -> None:
    """Change where cash is. Raises ``TransitionError``."""
    gift.state = CASH_TRANSITIONS.after(CashState(gift.state), action).value


def note(
    session: Session, campaign: Campaign, action: Action, actor: Actor, **detail: object
) -> None:
    """Write down in the campaign's trail what somebody did with cash."""
    session.flush()
    audit.record(
        session, actor=actor, action=action, subject=campaign_subject(campaign), detail=detail
    )


def settle_row(deposit: CashDeposit, state: DepositState) -> None:
    """A deposit is over."""
    deposit.state, deposit.settled_at = state.value, clock.now()
