"""A lower amount for an award that was announced, before it is determined (Awb 4:48, 4:50)."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import bump_version
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import TransitionError
from voorjebuurt.ledger.queries import guarded_balance
from voorjebuurt.ledger.rules import payable
from voorjebuurt.matching.pots.corrections import lower
from voorjebuurt.matching.pots.rows import (
    MatchRows,
    hold,
    match_subject,
    next_key,
    reserve,
    was_moved,
)
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import OWED_MATCH, MatchStatus


def change_award(
    session: Session, *, application_id: UUID, cents: int, key: str, actor: Actor
) -> None:
    """Lower an announced award to ``cents``; what is above it already is let go.

    Of a live fund that follows gifts it is the maximum. What is owed is lowered as long as it was
    not paid out; what was paid stays in the ledger until it is claimed back, and is shown no more.
    Raises ``TransitionError`` for a match that is neither awarded nor owed, ``ValueError`` for an
    amount that is none.
    """
    if cents <= 0:
        raise ValueError(f"an award is positive: {cents}")
    rows = hold(session, application_id)
    if was_moved(session, key):
        return
    before = rows.match.match_cents
    if rows.match.status == MatchStatus.AWARDED:
        _let_go(session, rows, cents, key)
    elif rows.match.status in OWED_MATCH:
        _lower_owed(session, rows, cents, key)
        rows.match.fixed_cents = cents
    else:
        raise TransitionError("wrong_state", state=rows.match.status, action="change_award")
    rows.match.maximum_cents = max(cents, rows.match.match_cents)
    bump_version(rows.campaign)
    audit.record(
        session,
        actor=actor,
        action=Action.MATCH_LOWERED,
        subject=match_subject(rows),
        detail={"cents": rows.match.match_cents - before, "maximum_cents": cents},
    )


def _let_go(session: Session, rows: MatchRows, cents: int, key: str) -> None:
    more = rows.match.match_cents - cents
    if more > 0:
        reserve(session, rows, kind="lower", key=key, cents=-more)


def _lower_owed(session: Session, rows: MatchRows, cents: int, key: str) -> None:
    """Less is owed; what is payable again after a payout came from neighbours, and stays."""
    less = rows.match.match_cents - cents
    if less <= 0 or rows.campaign.status == CampaignStatus.PAID_OUT:
        return
    if guarded_balance(session, payable(rows.campaign.id)) >= less:
        lower(session, rows, cents=cents, key=key)


def lower_what_came_back(session: Session, *, campaign_id: UUID, actor: Actor) -> None:
    """All that was paid out is here again: what officers lowered meanwhile is not owed any more.

    Else it would be paid a second time. Nothing is claimed back of what nobody has.
    """
    statement = select(CampaignMatch.application_id).where(
        CampaignMatch.campaign_id == campaign_id, CampaignMatch.status.in_(sorted(OWED_MATCH))
    )
    application_ids = session.scalars(statement.order_by(CampaignMatch.application_id)).all()
    # All pots before any balance of the ledger, in one order for everybody.
    for rows in [hold(session, application_id) for application_id in application_ids]:
        above_cents = rows.match.match_cents - rows.match.net_cents
        above_cents = min(above_cents, guarded_balance(session, payable(campaign_id)))
        if above_cents <= 0:
            continue
        cents = rows.match.match_cents - above_cents
        is_changed = rows.match.fixed_cents == cents
        lower(
            session, rows, cents=cents, key=next_key(session, "returned", rows.match.application_id)
        )
        if is_changed and cents:
            rows.match.maximum_cents = cents
        audit.record(
            session,
            actor=actor,
            action=Action.MATCH_LOWERED,
            subject=match_subject(rows),
            detail={"cents": -above_cents},
        )
