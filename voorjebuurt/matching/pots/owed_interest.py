"""Statutory interest that a municipality owes because it paid an award late, on the books.

It is no match and no gift, so it never stands on ``payable``: what a campaign is paid there is read
as what neighbours and funds gave. ``owed_interest`` leaves with the next payout. Of a fund that
pays in arrears it waits on ``owed_interest_pending`` until the municipality's money is here: nobody
else's may stand in for it.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import bump_version
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.ledger.keys import (
    owed_interest_key,
    owed_interest_received_key,
    owed_interest_reversed_key,
    owed_interest_undone_key,
)
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.models import LedgerAccount, LedgerEntry, LedgerTransaction
from voorjebuurt.ledger.queries import balance, guarded_balance
from voorjebuurt.ledger.rules import (
    AccountName,
    credit,
    debit,
    fund_free,
    municipal_receivable,
    owed_interest,
    owed_interest_pending,
)
from voorjebuurt.ledger.service import post
from voorjebuurt.matching.pots.rows import MatchRows, hold, match_subject
from voorjebuurt.pledges.models import CampaignMatch

_LAID_DOWN = (BookingKind.INTEREST_OWED, BookingKind.INTEREST_OWED_UNDONE)


def owed_interest_laid_down(session: Session, application_id: UUID) -> int:
    """What was laid down and not taken back, paid or not (eurocents)."""
    codes = [owed_interest(application_id).code, owed_interest_pending(application_id).code]
    statement = (
        select(func.coalesce(-func.sum(LedgerEntry.amount_cents), 0))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerTransaction.kind.in_(_LAID_DOWN), LedgerAccount.code.in_(codes))
    )
    return int(session.execute(statement).scalar_one())


def open_owed_interest(session: Session, application_id: UUID) -> int:
    """What was laid down and has not left with a payout (eurocents)."""
    accounts = (owed_interest(application_id), owed_interest_pending(application_id))
    return sum(balance(session, account) for account in accounts)


def payable_interest(session: Session, campaign_id: UUID) -> Mapping[AccountName, int]:
    """By account, what a payout of a campaign takes along now (eurocents), held till the commit."""
    statement = select(CampaignMatch.application_id).where(CampaignMatch.campaign_id == campaign_id)
    ids = session.scalars(statement.order_by(CampaignMatch.application_id))
    balances = {owed_interest(each): guarded_balance(session, owed_interest(each)) for each in ids}
    return {account: cents for account, cents in balances.items() if cents}


def owe_interest(
    session: Session, *, application_id: UUID, decision_id: UUID, cents: int, actor: Actor
) -> None:
    """Book what a decision laid down (eurocents), out of the fund or on what its municipality owes.

    Raises ``DomainError`` ``interest_fund_short`` when it isn't in the fund.
    """
    rows = hold(session, application_id)
    refuse_empty_fund(session, rows, cents)
    into = owed_interest if rows.match.prepaid else owed_interest_pending
    is_new = post(
        session,
        kind=BookingKind.INTEREST_OWED,
        key=owed_interest_key(decision_id),
        entries=[debit(_fund_account(rows), cents), credit(into(application_id), cents)],
        campaign_id=rows.campaign.id,
    )
    if is_new:
        bump_version(rows.campaign)
        _record(session, rows, Action.MATCH_INTEREST_OWED, cents, actor)


def refuse_empty_fund(session: Session, rows: MatchRows, cents: int) -> None:
    """Raises ``DomainError`` when a prepaid fund has less than this free (eurocents)."""
    if not rows.match.prepaid:
        return
    free_cents = guarded_balance(session, fund_free(rows.match.fund_id))
    if free_cents < cents:
        raise DomainError("interest_fund_short", left_cents=free_cents)


def undo_owed_interest(
    session: Session, *, application_id: UUID, decision_id: UUID, cents: int, actor: Actor
) -> int:
    """Take back what was not paid of a decision that was undone; returns that (eurocents).

    A payout that was proposed with it can't be released or exported any more. Doing it again
    changes nothing.
    """
    rows = hold(session, application_id)
    pending, ready = owed_interest_pending(application_id), owed_interest(application_id)
    from_pending = min(cents, guarded_balance(session, pending))
    from_ready = min(cents - from_pending, guarded_balance(session, ready))
    back_cents = from_pending + from_ready
    if not back_cents:
        return 0
    is_new = post(
        session,
        kind=BookingKind.INTEREST_OWED_UNDONE,
        key=owed_interest_undone_key(decision_id),
        entries=[
            debit(pending, from_pending),
            debit(ready, from_ready),
            credit(_fund_account(rows), back_cents),
        ],
        campaign_id=rows.campaign.id,
    )
    if not is_new:
        return 0
    bump_version(rows.campaign)
    _record(session, rows, Action.MATCH_INTEREST_OWED_UNDONE, -back_cents, actor)
    return back_cents


def pending_of_fund(session: Session, fund_id: UUID) -> Sequence[tuple[UUID, int]]:
    """By application of a fund in arrears, what waits for its money (eurocents), in one order."""
    statement = select(CampaignMatch.application_id).where(
        CampaignMatch.fund_id == fund_id, ~CampaignMatch.prepaid
    )
    ids = session.scalars(statement.order_by(CampaignMatch.application_id)).all()
    rows = [(each, balance(session, owed_interest_pending(each))) for each in ids]
    return [(each, cents) for each, cents in rows if cents > 0]


def receive_owed_interest(session: Session, *, application_id: UUID, cents: int) -> None:
    """The municipality's money for it is here: the next payout takes it along (eurocents)."""
    rows = hold(session, application_id)
    times = (
        select(func.count())
        .select_from(LedgerTransaction)
        .where(
            LedgerTransaction.kind == BookingKind.INTEREST_OWED_RECEIVED,
            LedgerTransaction.key.startswith(f"owed_interest:{application_id}:"),
        )
    )
    post(
        session,
        kind=BookingKind.INTEREST_OWED_RECEIVED,
        key=owed_interest_received_key(application_id, int(session.scalar(times) or 0)),
        entries=[
            debit(owed_interest_pending(application_id), cents),
            credit(owed_interest(application_id), cents),
        ],
        campaign_id=rows.campaign.id,
    )
    bump_version(rows.campaign)


def ready_of_fund(session: Session, fund_id: UUID) -> Sequence[tuple[UUID, int]]:
    """By application of a fund in arrears, what waits for a payout (eurocents), the last to be
    received first.
    """
    statement = select(CampaignMatch.application_id).where(
        CampaignMatch.fund_id == fund_id, ~CampaignMatch.prepaid
    )
    ids = session.scalars(statement.order_by(CampaignMatch.application_id.desc())).all()
    rows = [(each, balance(session, owed_interest(each))) for each in ids]
    return [(each, cents) for each, cents in rows if cents > 0]


def await_owed_interest(
    session: Session, *, application_id: UUID, deposit_id: UUID, cents: int
) -> int:
    """Money of the municipality was taken out of the books again: so much of it is not here.

    Of no more than waits for a payout; returns that (eurocents). A payout that was proposed with it
    can't go on.
    """
    rows = hold(session, application_id)
    cents = min(cents, guarded_balance(session, owed_interest(application_id)))
    if cents <= 0:
        return 0
    post(
        session,
        kind=BookingKind.INTEREST_OWED_REVERSED,
        key=owed_interest_reversed_key(application_id, deposit_id),
        entries=[
            debit(owed_interest(application_id), cents),
            credit(owed_interest_pending(application_id), cents),
        ],
        campaign_id=rows.campaign.id,
    )
    bump_version(rows.campaign)
    return cents


def _fund_account(rows: MatchRows) -> AccountName:
    """What it is paid out of."""
    fund_id = rows.match.fund_id
    return fund_free(fund_id) if rows.match.prepaid else municipal_receivable(fund_id)


def _record(session: Session, rows: MatchRows, action: Action, cents: int, actor: Actor) -> None:
    audit.record(
        session, actor=actor, action=action, subject=match_subject(rows), detail={"cents": cents}
    )
