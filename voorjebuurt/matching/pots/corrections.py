"""Match money that goes back after it was owed: lowered, claimed back, and received again."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, TransitionError
from voorjebuurt.ledger.queries import balance, guarded_balance, posting_by_key
from voorjebuurt.ledger.rules import (
    BANK,
    AccountName,
    clawback_receivable,
    credit,
    debit,
    fund_free,
    fund_reserved,
    municipal_receivable,
    payable,
)
from voorjebuurt.ledger.service import post
from voorjebuurt.matching.pots.rows import (
    LockedMatch,
    checked_reference,
    hold,
    moved_before,
    record,
    shift,
    was_moved,
)
from voorjebuurt.pledges.rules import MATCH_TRANSITIONS, OWED_MATCH, MatchStatus


def lower_match(
    session: Session, *, application_id: UUID, cents: int, key: str, actor: Actor
) -> None:
    """Bring an owed match down to ``cents`` (what stays), before it was paid out.

    Raises ``DomainError`` ``match_paid_out`` when the money has left: then it is claimed back;
    ``TransitionError`` when it is not owed, ``ValueError`` for more than there was.
    """
    held = hold(session, application_id)
    change = cents - held.match.match_cents
    if change == 0 or was_moved(session, key):
        return
    if held.match.status not in OWED_MATCH:
        raise TransitionError("wrong_state", state=held.match.status, action="lower")
    lower(session, held, cents=cents, key=key)
    record(session, held, "match.lowered", actor, cents=change)


def lower(session: Session, held: LockedMatch, *, cents: int, key: str) -> None:
    """The same on rows that are held, without a line in the trail."""
    less = held.match.match_cents - cents
    if less <= 0 or cents < 0:
        raise ValueError(f"lowering from {held.match.match_cents} to {cents} cents")
    owed = payable(held.campaign.id)
    if guarded_balance(session, owed) < less:
        raise DomainError("match_paid_out", left_cents=guarded_balance(session, owed))
    shift(session, held, kind="lower", key=key, cents=-less)
    post(
        session,
        kind="match_lowered",
        key=f"pot:{key}",
        entries=[debit(owed, less), credit(_source(held), less)],
        campaign_id=held.campaign.id,
    )
    if cents == 0:
        after = MATCH_TRANSITIONS.after(MatchStatus(held.match.status), "lower_to_nothing")
        held.match.status = after.value


def _source(held: LockedMatch) -> AccountName:
    """Where money goes back to: free again in a prepaid fund, else less to be had."""
    fund_id = held.match.fund_id
    return fund_free(fund_id) if held.match.prepaid else municipal_receivable(fund_id)


def claw_back(
    session: Session, *, application_id: UUID, cents: int, key: str, actor: Actor
) -> None:
    """Claim ``cents`` of paid-out match back from the initiator.

    A prepaid fund keeps them reserved until they come in, so that nobody is promised money that
    is not there; in arrears the municipality owes us that much less.
    Raises ``DomainError`` ``clawback_too_high`` above what was granted, ``TransitionError`` for
    a match that is not owed.
    """
    held = hold(session, application_id)
    if moved_before(session, key, -cents):
        return
    if held.match.status not in OWED_MATCH:
        raise TransitionError("wrong_state", state=held.match.status, action="claw_back")
    if not 0 < cents <= held.match.match_cents:
        raise DomainError("clawback_too_high", maximum_cents=held.match.match_cents)
    shift(session, held, kind="claw_back", key=key, cents=-cents)
    owed_to = fund_reserved(application_id) if held.match.prepaid else _source(held)
    post(
        session,
        kind="match_clawed_back",
        key=f"pot:{key}",
        entries=[debit(clawback_receivable(application_id), cents), credit(owed_to, cents)],
        campaign_id=held.campaign.id,
    )
    record(session, held, "match.clawed_back", actor, cents=-cents)


def undo_claw_back(
    session: Session, *, application_id: UUID, cents: int, key: str, actor: Actor
) -> None:
    """Take a claim back after an objection: what came in of it is the initiator's again.

    What did not come in yet is not asked any more. Raises ``DomainError`` ``ceiling_reached`` or
    ``fund_money_short`` when the money was given to others meanwhile.
    """
    held = hold(session, application_id)
    if moved_before(session, key, cents):
        return
    undo_clawback(session, held, cents=cents, key=key)
    record(session, held, "match.clawback_undone", actor, cents=cents)


def claimed_back(session: Session, held: LockedMatch) -> int:
    """What was claimed back of a match and did not come in yet (eurocents)."""
    return max(0, balance(session, clawback_receivable(held.match.application_id)))


def undo_clawback(session: Session, held: LockedMatch, *, cents: int, key: str) -> None:
    """The same on rows that are held, without a line in the trail."""
    if cents > held.left_cents:
        raise DomainError("ceiling_reached", left_cents=held.left_cents)
    claimed, source = clawback_receivable(held.match.application_id), _source(held)
    unpaid = min(cents, claimed_back(session, held))
    paid = cents - unpaid
    if held.match.prepaid and paid and guarded_balance(session, source) < paid:
        raise DomainError("fund_money_short", left_cents=guarded_balance(session, source))
    owed_to = fund_reserved(held.match.application_id) if held.match.prepaid else source
    shift(session, held, kind="claw_back_undone", key=key, cents=cents)
    post(
        session,
        kind="match_clawback_undone",
        key=f"pot:{key}",
        entries=[
            debit(owed_to, unpaid),
            credit(claimed, unpaid),
            debit(source, paid),
            credit(payable(held.campaign.id), paid),
        ],
        campaign_id=held.campaign.id,
    )
    if paid and not held.match.prepaid:
        # The municipality may have been paid with it meanwhile: it is looked at again.
        held.match.status = MATCH_TRANSITIONS.after(MatchStatus(held.match.status), "raise").value


def receive_clawback(
    session: Session, *, application_id: UUID, cents: int, reference: str, actor: Actor
) -> None:
    """Book that an initiator paid back (part of) what was claimed.

    Raises ``DomainError`` at the field: no amount or reference, more than is claimed, or a
    reference that was booked before.
    """
    reference = checked_reference(cents, reference)
    held = hold(session, application_id)
    claimed = clawback_receivable(application_id)
    open_cents = balance(session, claimed)
    if cents > open_cents:
        raise DomainError("receipt_too_high", field="amount", maximum_cents=open_cents)
    key = f"clawback:{application_id}:{reference}"
    if posting_by_key(session, key) is not None:
        raise DomainError("receipt_known", field="reference")
    entries = [debit(BANK, cents), credit(claimed, cents)]
    if held.match.prepaid:
        entries += [
            debit(fund_reserved(application_id), cents),
            credit(fund_free(held.match.fund_id), cents),
        ]
    campaign_id = held.campaign.id
    post(session, kind="clawback_received", key=key, entries=entries, campaign_id=campaign_id)
    record(session, held, "match.clawback_received", actor, cents=cents, reference=reference)
