"""Match of a success that is taken back: owed no more, and promised as before."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import bump_version
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.ledger.keys import promised_again_key
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.rules import credit, debit, fund_reserved, municipal_receivable, payable
from voorjebuurt.ledger.service import post
from voorjebuurt.matching.pots.rows import MatchRows, hold, match_subject, next_key, reserve
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import MATCH_TRANSITIONS, OWED_MATCH, MatchStatus

_AGAIN = frozenset({*OWED_MATCH, MatchStatus.FIXED})


def promise_again(session: Session, *, campaign_id: UUID, near_miss_id: UUID, actor: Actor) -> None:
    """Take match back from what is payable, and let it follow the donors' choices again.

    What two officers awarded stays awarded, and is owed anew when the campaign succeeds after all.
    What a live fund only keeps ready grows and shrinks with the gifts once more.
    """
    statement = select(CampaignMatch.application_id).where(
        CampaignMatch.campaign_id == campaign_id, CampaignMatch.status.in_(sorted(_AGAIN))
    )
    application_ids = session.scalars(statement.order_by(CampaignMatch.application_id)).all()
    # All pots before any balance of the ledger, in one order for everybody.
    for rows in [hold(session, application_id) for application_id in application_ids]:
        if rows.match.status in OWED_MATCH:
            decided_cents = _decided_cents(rows.match)
            _take_back(session, rows, near_miss_id)
            rows.match.committed_at = rows.match.fixed_cents = rows.match.paid_on = None
            _become(rows, "promise_again")
            if decided_cents is not None:
                _keep_below(session, rows, decided_cents)
        else:
            _become(rows, "unfix")
        audit.record(
            session, actor=actor, action=Action.MATCH_PROMISED_AGAIN, subject=match_subject(rows)
        )


def _take_back(session: Session, rows: MatchRows, near_miss_id: UUID) -> None:
    match = rows.match
    if not match.match_cents:
        return
    owed_to = (
        fund_reserved(match.application_id)
        if match.prepaid
        else municipal_receivable(match.fund_id)
    )
    post(
        session,
        kind=BookingKind.MATCH_PROMISED_AGAIN,
        key=promised_again_key(match.application_id, near_miss_id),
        entries=[
            debit(payable(match.campaign_id), match.match_cents),
            credit(owed_to, match.match_cents),
        ],
        campaign_id=match.campaign_id,
    )


def _decided_cents(match: CampaignMatch) -> int | None:
    """What officers lowered a match to (eurocents), as far as they did.

    An award that was lowered after it was paid out is below what the ledger still has of it; else
    ``fixed_cents`` is what the rule came to.
    """
    fixed_cents = match.fixed_cents
    is_lowered = fixed_cents is not None and fixed_cents < match.match_cents
    bounds = (match.settled_cents, fixed_cents if is_lowered else None)
    return min((cents for cents in bounds if cents is not None), default=None)


def _keep_below(session: Session, rows: MatchRows, cents: int) -> None:
    """What officers decided is the most from now on, whatever gifts would add by the rule.

    What is kept above it is let go: it was paid out when they lowered it, and has come back since.
    Of nothing there is no award to promise.
    """
    match = rows.match
    above_cents = match.match_cents - cents
    if above_cents > 0:
        key = next_key(session, "lower", match.application_id)
        reserve(session, rows, kind="lower" if cents else "release", key=key, cents=-above_cents)
    if cents == 0:
        _become(rows, "release")
    elif match.maximum_cents is not None:
        match.maximum_cents = min(match.maximum_cents, cents)


def _become(rows: MatchRows, action: str) -> None:
    rows.match.status = MATCH_TRANSITIONS.after(MatchStatus(rows.match.status), action).value
    bump_version(rows.campaign)
