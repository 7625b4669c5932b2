"""From released payouts to a bank file, and from the file to money that has gone.

At the export the money leaves what is payable and is in flight; it leaves the bank account in
the ledger when staff have seen it on the bank's statement.
"""

import hashlib
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.lifecycle import locked_campaign, move_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, InvariantError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.ledger.keys import payout_key
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.rules import BANK, PAYOUTS_IN_FLIGHT, Entry, credit, debit
from voorjebuurt.ledger.service import post
from voorjebuurt.matching.pots.changes import lower_what_came_back
from voorjebuurt.matching.pots.clawback_deposits import offset_by_return
from voorjebuurt.matching.pots.payment_days import forget_paid_on, note_paid_on
from voorjebuurt.payouts import mails
from voorjebuurt.payouts.amounts import (
    is_interest_only,
    leaving_entries,
    payable_now,
    returning_entries,
)
from voorjebuurt.payouts.fund_returns.execution import (
    export_return,
    locked_released_returns,
    transfer_of,
)
from voorjebuurt.payouts.models import BankFile, Payee, Payout
from voorjebuurt.payouts.pain001 import Debtor, Message, Transfer, render
from voorjebuurt.payouts.proposals import locked_payout, payout_subject, refuse_while_match_waits
from voorjebuurt.payouts.rules import PAYOUT_TRANSITIONS, PayeeStatus, PayoutStatus, working_day
from voorjebuurt.payouts.seals import iban_of, keep_content
from voorjebuurt.payouts.shortfall.remainder import money_left
from voorjebuurt.payouts.validity import STANDS

_MOST_PER_FILE = 500
"""Keeps the locks of one export short; what is left goes into the next file."""


def export_payouts(session: Session, *, debtor: Debtor, sealer: Sealer, actor: Actor) -> UUID:
    """Put every released payout, and rest of a fund, into one new bank file; returns its id.

    The bytes are kept, so that a second download is the same file; a payout is booked and
    exported once. Raises ``DomainError`` when nothing is released, or when a campaign no longer
    has the money that was released (taken back by a donor's bank, say).
    """
    payouts = _locked_released(session)
    returns = locked_released_returns(session)
    if not payouts and not returns:
        raise DomainError("nothing_to_export")
    transfers = [
        *(_transfer(session, payout, sealer) for payout in payouts),
        *(transfer_of(session, row, sealer) for row in returns),
    ]
    file = _new_file(session, transfers, debtor, sealer, actor)
    for payout in payouts:
        payout.status = PAYOUT_TRANSITIONS.after(PayoutStatus(payout.status), "export").value
        payout.bank_file_id, payout.exported_at = file.id, file.created_at
        money = leaving_entries(session, payout)
        in_flight = credit(PAYOUTS_IN_FLIGHT, payout.amount_cents)
        _book(session, payout, BookingKind.PAYOUT_EXPORTED, [*money, in_flight])
        audit.record(
            session, actor=actor, action=Action.PAYOUT_EXPORTED, subject=payout_subject(payout)
        )
    for row in returns:
        export_return(session, row, file, actor)
    audit.record(
        session,
        actor=actor,
        action=Action.BANK_FILE_CREATED,
        subject=Subject(SubjectKind.BANK_FILE, file.id),
        detail={"message_id": file.message_id, "payments": file.payments, "sha256": file.sha256},
    )
    return file.id


def execute_payout(
    session: Session, *, payout_id: UUID, executed_on: date, remark: str, actor: Actor
) -> None:
    """Note that the bank carried a payout out on ``executed_on`` (a field of that name).

    The campaign is paid out when nothing payable is left. Raises ``DomainError`` for a day in
    the future or before the export.
    """
    campaign, payout = locked_payout(session, payout_id)
    after = PAYOUT_TRANSITIONS.after(PayoutStatus(payout.status), "execute")
    _check_day(payout, executed_on)
    payout.status = after.value
    payout.executed_on, payout.remark = executed_on, remark.strip()
    payout.executed_at, payout.executed_by = clock.now(), actor.person_id
    entries = [debit(PAYOUTS_IN_FLIGHT, payout.amount_cents), credit(BANK, payout.amount_cents)]
    _book(session, payout, BookingKind.PAYOUT_EXECUTED, entries)
    audit.record(
        session,
        actor=actor,
        action=Action.PAYOUT_EXECUTED,
        subject=payout_subject(payout),
        reason=payout.remark or None,
    )
    note_paid_on(session, campaign_id=campaign.id, proposed_at=payout.proposed_at, day=executed_on)
    left_cents = payable_now(session, campaign.id)
    if campaign.status == CampaignStatus.SUCCEEDED and left_cents == 0:
        move_campaign(session, campaign=campaign, action="pay_out", actor=actor)
        if not is_interest_only(session, payout):
            mails.paid_out_to_donors(session, campaign=campaign, payout=payout)
    payee = session.get_one(Payee, payout.payee_id)
    mails.paid_out(session, campaign=campaign, payout=payout, payee=payee)


def return_payout(session: Session, *, payout_id: UUID, reason: str, actor: Actor) -> None:
    """Note that the bank refused a payout or sent it back: the money is payable again.

    The initiator is asked to look at the account (``reason`` is for staff, at its field).
    """
    campaign, payout = locked_payout(session, payout_id)
    before = PayoutStatus(payout.status)
    after = PAYOUT_TRANSITIONS.after(before, "return")
    if not reason.strip():
        raise DomainError("reason_needed", field="reason")
    payout.status, payout.remark = after.value, reason.strip()
    payout.returned_at, payout.returned_by = clock.now(), actor.person_id
    source = BANK if before is PayoutStatus.EXECUTED else PAYOUTS_IN_FLIGHT
    cents = payout.amount_cents
    _book(
        session,
        payout,
        BookingKind.PAYOUT_RETURNED,
        [debit(source, cents), *returning_entries(session, payout)],
    )
    if payout.executed_on is not None and not is_interest_only(session, payout):
        forget_paid_on(session, campaign_id=campaign.id, day=payout.executed_on)
    audit.record(
        session,
        actor=actor,
        action=Action.PAYOUT_RETURNED,
        subject=payout_subject(payout),
        reason=payout.remark,
    )
    if campaign.status == CampaignStatus.PAID_OUT:
        move_campaign(session, campaign=campaign, action="reopen_payout", actor=actor)
    session.flush()
    if not money_left(session, campaign.id):
        lower_what_came_back(session, campaign_id=campaign.id, actor=actor)
        offset_by_return(session, campaign_id=campaign.id, source_id=payout.id, actor=actor)
    payee = session.get_one(Payee, payout.payee_id)
    mails.payout_returned(session, campaign=campaign, payout=payout, payee=payee)


def _locked_released(session: Session) -> Sequence[Payout]:
    """The released payouts, their campaigns locked first and in one order.

    Not of a campaign that nobody runs any more, nor to an account that who runs it now did not
    confirm: a job withdraws those.
    """
    is_released = Payout.status == PayoutStatus.RELEASED
    oldest = (
        select(Payout.campaign_id)
        .join(Campaign, Campaign.id == Payout.campaign_id)
        .join(Payee, Payee.id == Payout.payee_id)
        .where(is_released, Campaign.orphaned_at.is_(None), STANDS)
        .order_by(Payout.released_at)
    )
    ids = sorted(session.scalars(oldest.limit(_MOST_PER_FILE)).all())
    # The last one may have left while this waited for the row.
    campaign_ids = [id_ for id_ in ids if locked_campaign(session, id_).orphaned_at is None]
    statement = (
        select(Payout)
        .join(Payee, Payee.id == Payout.payee_id)
        .where(is_released, Payout.campaign_id.in_(campaign_ids), STANDS)
        .order_by(Payout.released_at, Payout.id)
        .with_for_update(of=Payout)
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).all()


def _new_file(
    session: Session,
    transfers: Sequence[Transfer],
    debtor: Debtor,
    sealer: Sealer,
    actor: Actor,
) -> BankFile:
    file_id, now = new_id(), clock.now()
    message = Message(
        # 32 characters; a bank file allows 35.
        message_id=file_id.hex.upper(),
        created_at=now,
        execute_on=working_day(clock.today()),
        debtor=debtor,
        transfers=tuple(transfers),
    )
    content = render(message)
    file = BankFile(
        id=file_id,
        message_id=message.message_id,
        sha256=hashlib.sha256(content).hexdigest(),
        payments=len(transfers),
        total_cents=sum(transfer.cents for transfer in transfers),
        created_at=now,
        created_by=actor.person_id,
    )
    keep_content(file, content, sealer)
    session.add(file)
    session.flush()
    return file


def _transfer(session: Session, payout: Payout, sealer: Sealer) -> Transfer:
    campaign = session.get_one(Campaign, payout.campaign_id)
    payee = session.get_one(Payee, payout.payee_id)
    # What a municipality paid may have been taken out of the books since it was released.
    refuse_while_match_waits(session, campaign.id)
    if payable_now(session, campaign.id) < payout.amount_cents:
        raise DomainError("payable_changed_since", title=campaign.title)
    if payee.status != PayeeStatus.VERIFIED:
        raise InvariantError(f"payout {payout.id} was released to a payee that is {payee.status}")
    return Transfer(
        end_to_end_id=payout.end_to_end_id,
        cents=payout.amount_cents,
        holder=payee.holder,
        iban=iban_of(payee, sealer),
        remittance=campaign.title,
    )


def _book(session: Session, payout: Payout, kind: BookingKind, entries: list[Entry]) -> None:
    post(
        session,
        kind=kind,
        key=payout_key(payout.id, kind),
        entries=entries,
        campaign_id=payout.campaign_id,
    )


def _check_day(payout: Payout, executed_on: date) -> None:
    if executed_on > clock.today():
        raise DomainError("executed_in_future", field="executed_on")
    if payout.exported_at is not None and executed_on < clock.local(payout.exported_at).date():
        raise DomainError("executed_before_export", field="executed_on")
