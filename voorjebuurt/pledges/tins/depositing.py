"""From the tin to the platform's account: a deposit is made, withdrawn, arrives, and counts."""

from datetime import date
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.members.acting import has_part
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError
from voorjebuurt.ledger.keys import cash_arrival_key
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.rules import BANK, cash_received, credit, debit
from voorjebuurt.ledger.service import post
from voorjebuurt.people.role_proposal_queries import gave_role_lately
from voorjebuurt.people.rules import ROLE_GIVER_DAYS, Role
from voorjebuurt.pledges.tins.acting import require_collector
from voorjebuurt.pledges.tins.counting import count_deposit
from voorjebuurt.pledges.tins.models import CashArrival, CashDeposit, CashGift
from voorjebuurt.pledges.tins.rows import (
    arrived_cents,
    gifts_of_deposit,
    locked_arrival,
    locked_deposit,
    move,
    note,
    settle_row,
)
from voorjebuurt.pledges.tins.rules import (
    ARRIVAL_TRANSITIONS,
    DEPOSIT_TRANSITIONS,
    RUNNING,
    ArrivalState,
    CashState,
    DepositState,
    bare_reference,
    creditor_reference,
    still_counts,
)


def make_deposit(session: Session, *, campaign_id: UUID, actor: Actor) -> UUID:
    """Announce that everything in the tin is transferred; returns the deposit's id.

    Raises ``DomainError`` where nothing is in it, or the campaign is over.
    """
    campaign = locked_campaign(session, campaign_id)
    person_id = require_collector(session, campaign_id, actor)
    if campaign.status not in RUNNING:
        raise DomainError("cash_not_now")
    in_tin = (
        select(CashGift)
        .where(CashGift.campaign_id == campaign_id, CashGift.state == CashState.TIN.value)
        .where(CashGift.back_asked_at.is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    gifts = session.scalars(in_tin).all()
    if not gifts:
        raise DomainError("cash_tin_empty")
    deposit = CashDeposit(
        campaign_id=campaign_id,
        amount_cents=sum(gift.amount_cents for gift in gifts),
        state=DepositState.WAY.value,
        made_at=clock.now(),
        made_by=person_id,
    )
    session.add(deposit)
    session.flush()
    deposit.reference = creditor_reference(deposit.seq)
    for gift in gifts:
        move(gift, "deposit")
        gift.deposit_id = deposit.id
    _note(session, campaign, deposit, Action.CAMPAIGN_CASH_DEPOSITED, actor)
    return deposit.id


def withdraw_deposit(
    session: Session, *, campaign_id: UUID, deposit_id: UUID, actor: Actor
) -> None:
    """Put the cash of a deposit back into the tin: it was not transferred after all.

    Raises ``DomainError`` where money of it was seen at the bank, unless the campaign is over:
    then what came goes back, and all of it is on the return list.
    """
    campaign, deposit = locked_deposit(session, deposit_id)
    require_collector(session, campaign.id, actor)
    if campaign.id != campaign_id:
        raise NotFoundError("cash_deposit_not_found")
    DEPOSIT_TRANSITIONS.after(DepositState(deposit.state), "withdraw")
    states = [ArrivalState.ENTRY.value]
    if campaign.status in RUNNING:
        states.append(ArrivalState.BANK.value)
    sighting = select(
        exists().where(CashArrival.deposit_id == deposit_id, CashArrival.state.in_(states))
    )
    if session.scalar(sighting):
        raise DomainError("cash_deposit_seen")
    for gift in gifts_of_deposit(session, deposit_id):
        if gift.state != CashState.WAY:
            continue  # its giver took it back meanwhile
        move(gift, "withdraw")
        gift.deposit_id = None
    settle_row(deposit, DepositState.VOID)
    _note(session, campaign, deposit, Action.CAMPAIGN_CASH_WITHDRAWN, actor)


def deposit_by_reference(
    session: Session, *, reference: str, cents: int, received_on: date, line: str, actor: Actor
) -> UUID:
    """Enter a line of the bank statement (eurocents) about a deposit; returns the campaign's id.

    ``line`` is what the bank calls the line: it is entered once. Nothing is booked before another
    confirms it. Raises ``DomainError`` at ``reference``, ``amount``, ``received_on`` or ``line``.
    """
    bare = bare_reference(reference)
    deposit_id = session.scalar(select(CashDeposit.id).where(CashDeposit.reference == bare))
    if deposit_id is None:
        raise DomainError("cash_reference_unknown", field="reference")
    campaign, deposit = locked_deposit(session, deposit_id)
    _refuse_part(session, campaign, actor)
    if cents <= 0:
        raise DomainError("cash_amount_missing", field="amount")
    if received_on > clock.today():
        raise DomainError("received_in_future", field="received_on")
    line = line.strip()
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"cash:{line}", 0))))
    same_line = select(CashArrival.id).where(
        CashArrival.line == line,
        CashArrival.state.not_in([ArrivalState.VOID.value, ArrivalState.REVERSAL.value]),
    )
    if session.scalar(same_line) is not None:
        raise DomainError("receipt_known", field="line")
    arrival = CashArrival(
        deposit_id=deposit.id,
        line=line,
        amount_cents=cents,
        received_on=received_on,
        state=ArrivalState.ENTRY.value,
        entered_at=clock.now(),
        entered_by=actor.person_id,
    )
    session.add(arrival)
    _note(session, campaign, deposit, Action.CAMPAIGN_CASH_SEEN, actor, cents)
    return campaign.id


def book_arrival(session: Session, *, arrival_id: UUID, actor: Actor) -> None:
    """Book it as the second person; a deposit that is whole counts, or is to go back.

    What came is booked whatever the campaign is by now, and whatever the amount. Raises
    ``ForbiddenError`` for who entered it and who got their role lately from them.
    """
    campaign, deposit, arrival = locked_arrival(session, arrival_id)
    after = ARRIVAL_TRANSITIONS.after(ArrivalState(arrival.state), "book")
    _refuse_part(session, campaign, actor)
    if actor.person_id is None or actor.person_id == arrival.entered_by:
        raise ForbiddenError("own_deposit")
    first = arrival.entered_by
    if gave_role_lately(session, giver_id=first, holder_id=actor.person_id, role=Role.STAFF):
        raise ForbiddenError("role_from_deposit_enterer", days=ROLE_GIVER_DAYS)
    arrival.state, arrival.booked_at = after.value, clock.now()
    arrival.booked_by = actor.person_id
    session.flush()
    post(
        session,
        kind=BookingKind.CASH_RECEIVED,
        key=cash_arrival_key(arrival.id),
        entries=[
            debit(BANK, arrival.amount_cents),
            credit(cash_received(campaign.id), arrival.amount_cents),
        ],
        campaign_id=campaign.id,
    )
    _note(session, campaign, deposit, Action.CAMPAIGN_CASH_BOOKED, actor, arrival.amount_cents)
    whole = arrived_cents(session, deposit.id) >= deposit.amount_cents
    if whole and deposit.state == DepositState.WAY:
        _settle(session, campaign, deposit, actor)


def void_arrival(session: Session, *, arrival_id: UUID, actor: Actor) -> None:
    """Let nothing come of an entry that nobody booked yet."""
    campaign, deposit, arrival = locked_arrival(session, arrival_id)
    arrival.state = ARRIVAL_TRANSITIONS.after(ArrivalState(arrival.state), "void").value
    _note(session, campaign, deposit, Action.CAMPAIGN_CASH_DISMISSED, actor, arrival.amount_cents)


def _settle(session: Session, campaign: Campaign, deposit: CashDeposit, actor: Actor) -> None:
    """All of it is here: it counts when the last of it came in time."""
    last_day = session.scalar(
        select(func.max(CashArrival.received_on)).where(
            CashArrival.deposit_id == deposit.id, CashArrival.state == ArrivalState.BANK.value
        )
    )
    counts = last_day is not None and still_counts(
        CampaignStatus(campaign.status), received_on=last_day, deadline_on=campaign.deadline_on
    )
    on_way = CashState.WAY.value
    gifts = [gift for gift in gifts_of_deposit(session, deposit.id) if gift.state == on_way]
    if counts:
        settle_row(deposit, DepositState.BANK)
        count_deposit(
            session, campaign=campaign, gifts=[each for each in gifts if not each.back_asked_at]
        )
        for gift in gifts:
            if gift.back_asked_at:
                move(gift, "return")
        _note(session, campaign, deposit, Action.CAMPAIGN_CASH_COUNTED, actor)
    else:
        settle_row(deposit, DepositState.BACK)
        for gift in gifts:
            move(gift, "return")
        _note(session, campaign, deposit, Action.CAMPAIGN_CASH_REFUSED, actor)


def _refuse_part(session: Session, campaign: Campaign, actor: Actor) -> None:
    if has_part(session, campaign.id, actor.person_id):
        raise ForbiddenError("own_campaign")


def _note(
    session: Session,
    campaign: Campaign,
    deposit: CashDeposit,
    action: Action,
    actor: Actor,
    cents: int | None = None,
) -> None:
    cents = deposit.amount_cents if cents is None else cents
    note(session, campaign, action, actor, reference=deposit.reference, cents=cents)
