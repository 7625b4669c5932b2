"""What is paid back of match money, by initiators or by a payout that came back."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import bump_version
from voorjebuurt.kernel import jobs
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, InvariantError
from voorjebuurt.ledger.keys import clawback_offset_key, deposit_key, deposit_reversed_key
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.queries import balance, guarded_balance, posting_by_key
from voorjebuurt.ledger.rules import (
    BANK,
    AccountName,
    Entry,
    clawback_receivable,
    credit,
    debit,
    fund_free,
    fund_reserved,
    interest_receivable,
    payable,
)
from voorjebuurt.ledger.service import post
from voorjebuurt.matching.models import FundDeposit
from voorjebuurt.matching.pots.interest import (
    interest_laid_down,
    interest_paid,
    open_interest,
    received_entries,
    reversal_entries,
)
from voorjebuurt.matching.pots.rows import MatchRows, hold, match_subject
from voorjebuurt.pledges.models import CampaignMatch


def book_clawback_deposit(session: Session, *, deposit: FundDeposit, actor: Actor) -> None:
    """Book that an initiator paid back (part of) what was claimed, with the interest on it.

    It pays the interest that a decision laid down, and then the sum (Awb 4:92, first paragraph).
    Raises ``DomainError`` ``receipt_too_high`` for more than is claimed.
    """
    rows, receivable = _claimed_match(session, deposit)
    application_id, cents = rows.match.application_id, deposit.cents
    interest_cents = open_interest(session, application_id)
    open_cents = balance(session, receivable) + interest_cents
    if cents > open_cents:
        raise DomainError("receipt_too_high", field="amount", maximum_cents=max(0, open_cents))
    to_interest = min(cents, interest_cents)
    post(
        session,
        kind=BookingKind.CLAWBACK_RECEIVED,
        key=deposit_key(deposit.id),
        entries=[
            debit(BANK, cents),
            *received_entries(rows, to_interest),
            *_sum_entries(rows, cents - to_interest),
        ],
        campaign_id=rows.campaign.id,
    )
    _tell(session, rows, deposit, Action.MATCH_CLAWBACK_RECEIVED, actor)
    jobs.defer(
        session,
        "decisions.mail_clawback_payment",
        application_id=str(application_id),
        cents=cents,
        open_cents=open_cents - cents,
        deposit_id=str(deposit.id),
        interest_cents=to_interest,
    )
    _settle_interest(session, application_id)


def offset_by_return(session: Session, *, campaign_id: UUID, source_id: UUID, actor: Actor) -> None:
    """All that was paid out is here again: what is still claimed of match is paid by that.

    Else it would be asked of somebody who has nothing, and be paid to them as if it were gifts.
    ``source_id``: the payout, or what else the books were looked at for; once for each.
    """
    statement = select(CampaignMatch.application_id).where(CampaignMatch.campaign_id == campaign_id)
    application_ids = session.scalars(statement.order_by(CampaignMatch.application_id)).all()
    # All pots before any balance of the ledger, in one order for everybody.
    for rows in [hold(session, application_id) for application_id in application_ids]:
        application_id = rows.match.application_id
        claimed_cents = max(0, balance(session, clawback_receivable(application_id)))
        cents = min(claimed_cents, guarded_balance(session, payable(campaign_id)))
        if cents <= 0:
            continue
        post(
            session,
            kind=BookingKind.CLAWBACK_OFFSET,
            key=clawback_offset_key(application_id, source_id),
            entries=[debit(payable(campaign_id), cents), *_sum_entries(rows, cents)],
            campaign_id=campaign_id,
        )
        bump_version(rows.campaign)
        audit.record(
            session,
            actor=actor,
            action=Action.MATCH_CLAWBACK_RECEIVED,
            subject=match_subject(rows),
            detail={"cents": cents},
        )
        jobs.defer(
            session,
            "decisions.mail_clawback_return",
            application_id=str(application_id),
            cents=cents,
            open_cents=claimed_cents - cents + open_interest(session, application_id),
            source_id=str(source_id),
        )
        _settle_interest(session, application_id)


def _sum_entries(rows: MatchRows, cents: int) -> list[Entry]:
    """Entries by which so much of the sum came in, beside where it came from (eurocents)."""
    entries = [credit(clawback_receivable(rows.match.application_id), cents)]
    if rows.match.prepaid:
        entries += [
            debit(fund_reserved(rows.match.application_id), cents),
            credit(fund_free(rows.match.fund_id), cents),
        ]
    return entries


def _settle_interest(session: Session, application_id: UUID) -> None:
    """A payment of before the last day of interest that was laid down makes that interest less."""
    if interest_laid_down(session, application_id):
        jobs.defer(session, "decisions.settle_interest", application_id=str(application_id))


def undo_clawback_deposit(session: Session, *, deposit: FundDeposit, actor: Actor) -> None:
    """Take such a booking back: the initiator owes it again, and is told.

    Raises ``DomainError`` ``deposit_spoken_for`` when a prepaid fund has promised it to others.
    """
    rows, receivable = _claimed_match(session, deposit)
    application_id, cents = rows.match.application_id, deposit.cents
    if rows.match.prepaid:
        free_cents = guarded_balance(session, fund_free(rows.match.fund_id))
        if free_cents < cents:
            raise DomainError("deposit_spoken_for", left_cents=free_cents)
    posting = posting_by_key(session, deposit_key(deposit.id)) or {}
    # Interest that was written off since, once it was paid, pays the sum by now.
    booked_cents = -posting.get(interest_receivable(application_id).code, 0)
    to_interest = min(booked_cents, interest_paid(session, application_id))
    post(
        session,
        kind=BookingKind.CLAWBACK_REVERSED,
        key=deposit_reversed_key(deposit.id),
        entries=[
            credit(BANK, cents),
            *reversal_entries(rows, to_interest),
            *(Entry(e.account, -e.cents) for e in _sum_entries(rows, cents - to_interest)),
        ],
        campaign_id=rows.campaign.id,
    )
    _tell(session, rows, deposit, Action.MATCH_CLAWBACK_REVERSED, actor)
    jobs.defer(
        session,
        "decisions.mail_clawback_reversal",
        application_id=str(application_id),
        cents=cents,
        open_cents=balance(session, receivable) + open_interest(session, application_id),
        deposit_id=str(deposit.id),
    )
    _settle_interest(session, application_id)


def _claimed_match(session: Session, deposit: FundDeposit) -> tuple[MatchRows, AccountName]:
    if deposit.application_id is None:
        raise InvariantError(f"deposit {deposit.id} is of no application")
    return hold(session, deposit.application_id), clawback_receivable(deposit.application_id)


def _tell(
    session: Session, rows: MatchRows, deposit: FundDeposit, action: Action, actor: Actor
) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=match_subject(rows),
        detail={"cents": deposit.cents, "reference": deposit.reference},
    )
