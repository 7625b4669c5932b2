"""Match money that goes back after it was owed: lowered and claimed back."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import bump_version
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, TransitionError
from voorjebuurt.ledger.keys import pot_key
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.queries import balance, guarded_balance
from voorjebuurt.ledger.rules import (
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
    MatchRows,
    hold,
    match_subject,
    moved_before,
    note_return,
    shift,
    was_moved,
)
from voorjebuurt.pledges.rules import MATCH_TRANSITIONS, OWED_MATCH, MatchStatus


def lower_match(
    session: Session, *, application_id: UUID, cents: int, key: str, actor: Actor
) -> None:
    """Lower an owed match to ``cents``, before it was paid out.

    Raises ``DomainError`` ``match_paid_out`` when the money has left: then it is claimed back;
    ``TransitionError`` when it is not owed, ``ValueError`` for more than there was.
    """
    rows = hold(session, application_id)
    change = cents - rows.match.match_cents
    if change == 0 or was_moved(session, key):
        return
    if rows.match.status not in OWED_MATCH:
        raise TransitionError("wrong_state", state=rows.match.status, action="lower")
    lower(session, rows, cents=cents, key=key)
    audit.record(
        session,
        actor=actor,
        action=Action.MATCH_LOWERED,
        subject=match_subject(rows),
        detail={"cents": change},
    )


def lower(session: Session, rows: MatchRows, *, cents: int, key: str) -> None:
    """As ``lower_match``, on locked rows and without an audit event."""
    less = rows.match.match_cents - cents
    if less <= 0 or cents < 0:
        raise ValueError(f"lowering from {rows.match.match_cents} to {cents} cents")
    payable_account = payable(rows.campaign.id)
    if guarded_balance(session, payable_account) < less:
        raise DomainError("match_paid_out", left_cents=guarded_balance(session, payable_account))
    shift(session, rows, kind="lower", key=key, cents=-less)
    post(
        session,
        kind=BookingKind.MATCH_LOWERED,
        key=pot_key(key),
        entries=[debit(payable_account, less), credit(_source(rows), less)],
        campaign_id=rows.campaign.id,
    )
    if cents == 0:
        after = MATCH_TRANSITIONS.after(MatchStatus(rows.match.status), "lower_to_nothing")
        rows.match.status = after.value


def _source(rows: MatchRows) -> AccountName:
    """Where money goes back to: free again in a prepaid fund, else less to be had."""
    fund_id = rows.match.fund_id
    return fund_free(fund_id) if rows.match.prepaid else municipal_receivable(fund_id)


def settle_match(session: Session, *, application_id: UUID, cents: int | None) -> None:
    """Keep what the last decision lets the campaign keep of a match; None: all of its award.

    What is shown follows at once, also where money that was paid out must still come back.
    """
    rows = hold(session, application_id)
    rows.match.settled_cents = cents
    bump_version(rows.campaign)


def claw_back(
    session: Session, *, application_id: UUID, cents: int, key: str, actor: Actor
) -> None:
    """Claim ``cents`` of paid-out match back from the initiator.

    A prepaid fund keeps them reserved until they come in, so that nobody is promised money that
    is not there; in arrears the municipality owes us that much less.
    Raises ``DomainError`` ``clawback_too_high`` above what was granted, ``TransitionError`` for
    a match that is not owed.
    """
    rows = hold(session, application_id)
    if moved_before(session, key, -cents):
        return
    if rows.match.status not in OWED_MATCH:
        raise TransitionError("wrong_state", state=rows.match.status, action="claw_back")
    if not 0 < cents <= rows.match.match_cents:
        raise DomainError("clawback_too_high", maximum_cents=rows.match.match_cents)
    match, before_cents = rows.match, rows.match.match_cents
    shift(session, rows, kind="claw_back", key=key, cents=-cents)
    if match.fixed_cents and match.fixed_cents < before_cents:
        # The award was lowered after it was paid out: its maximum follows what is left of that.
        match.maximum_cents = max(match.fixed_cents, match.match_cents)
    owed_to = fund_reserved(application_id) if rows.match.prepaid else _source(rows)
    post(
        session,
        kind=BookingKind.MATCH_CLAWED_BACK,
        key=pot_key(key),
        entries=[debit(clawback_receivable(application_id), cents), credit(owed_to, cents)],
        campaign_id=rows.campaign.id,
    )
    audit.record(
        session,
        actor=actor,
        action=Action.MATCH_CLAWED_BACK,
        subject=match_subject(rows),
        detail={"cents": -cents},
    )


def undo_claw_back(
    session: Session,
    *,
    application_id: UUID,
    cents: int,
    key: str,
    actor: Actor,
    claimed_again_cents: int = 0,
) -> None:
    """Take a claim back after an objection: what came in of it is the initiator's again.

    What did not come in yet is not asked any more. ``claimed_again_cents``: of the claim that comes
    in its place; so much of what came in was not too much. Raises ``DomainError``
    ``ceiling_reached`` or ``fund_money_short`` when the money was given to others meanwhile.
    """
    rows = hold(session, application_id)
    if moved_before(session, key, cents):
        return
    returned_cents = undo_clawback(session, rows, cents=cents, key=key)
    if returned_cents:
        excess_cents = max(0, returned_cents - claimed_again_cents)
        note_return(session, rows, key=key, cents=returned_cents, excess_cents=excess_cents)
    audit.record(
        session,
        actor=actor,
        action=Action.MATCH_CLAWBACK_UNDONE,
        subject=match_subject(rows),
        detail={"cents": cents},
    )


def claimed_back(session: Session, rows: MatchRows) -> int:
    """What was claimed back of a match and did not come in yet (eurocents)."""
    return max(0, balance(session, clawback_receivable(rows.match.application_id)))


def undo_clawback(session: Session, rows: MatchRows, *, cents: int, key: str) -> int:
    """As ``undo_claw_back``, on locked rows and without an audit event.

    Returns what had come in of it, and is payable again (eurocents).
    """
    if cents > rows.left_cents:
        raise DomainError("ceiling_reached", left_cents=rows.left_cents)
    receivable, source = clawback_receivable(rows.match.application_id), _source(rows)
    open_cents = min(cents, claimed_back(session, rows))
    returned_cents = cents - open_cents
    if rows.match.prepaid and returned_cents and guarded_balance(session, source) < returned_cents:
        raise DomainError("fund_money_short", left_cents=guarded_balance(session, source))
    owed_to = fund_reserved(rows.match.application_id) if rows.match.prepaid else source
    if rows.match.maximum_cents is not None:
        # The database asks for the room before the money moves.
        above_cents = rows.match.match_cents + cents
        rows.match.maximum_cents = max(rows.match.maximum_cents, above_cents)
        session.flush()
    shift(session, rows, kind="claw_back_undone", key=key, cents=cents)
    post(
        session,
        kind=BookingKind.MATCH_CLAWBACK_UNDONE,
        key=pot_key(key),
        entries=[
            debit(owed_to, open_cents),
            credit(receivable, open_cents),
            debit(source, returned_cents),
            credit(payable(rows.campaign.id), returned_cents),
        ],
        campaign_id=rows.campaign.id,
    )
    if returned_cents and not rows.match.prepaid:
        # The municipality may have been paid with it meanwhile: it is looked at again.
        rows.match.status = MATCH_TRANSITIONS.after(MatchStatus(rows.match.status), "raise").value
    return returned_cents
