"""A draft and its rehearsals: it counts as rehearsed when exactly its rules were.

Rehearsals belong to a municipality and to rules, by their hash; they know no funds. So a draft
finds its own when its rules are saved, and a rehearsal finds the drafts when it is done.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.matching.fund_lifecycle import locked_fund, move_fund
from voorjebuurt.matching.fund_rules import EDITABLE, VERSIONED, FundStatus
from voorjebuurt.matching.models import Fund, Rehearsal
from voorjebuurt.matching.rules import jsontext


def attach_rehearsal(session: Session, *, fund: Fund, actor: Actor) -> None:
    """Let a locked fund's draft rules find the last rehearsal that was made of them, if any."""
    found = session.scalar(
        select(Rehearsal.id)
        .where(
            Rehearsal.municipality_id == fund.municipality_id,
            Rehearsal.ruleset_sha256 == draft_sha256(fund),
            Rehearsal.status == "done",
        )
        .order_by(Rehearsal.finished_at.desc(), Rehearsal.id.desc())
        .limit(1)
    )
    if found is None:
        return
    fund.rehearsal_id = found
    if fund.status == FundStatus.DRAFT:
        move_fund(session, fund=fund, action="rehearse", actor=actor)


def note_rehearsal(session: Session, *, rehearsal_id: UUID) -> None:
    """A rehearsal is done: tell every draft that has exactly its rules. Safe to repeat."""
    rehearsal = session.get_one(Rehearsal, rehearsal_id)
    if rehearsal.status != "done":
        return
    for fund_id in _drafts_of(session, rehearsal):
        fund = locked_fund(session, fund_id)
        if draft_sha256(fund) == rehearsal.ruleset_sha256:
            attach_rehearsal(session, fund=fund, actor=SYSTEM)


def _drafts_of(session: Session, rehearsal: Rehearsal) -> Sequence[UUID]:
    statement = (
        select(Fund.id)
        .where(
            Fund.municipality_id == rehearsal.municipality_id,
            Fund.status.in_(EDITABLE | VERSIONED),
        )
        .order_by(Fund.id)
    )
    return session.scalars(statement).all()


def draft_sha256(fund: Fund) -> str:
    """The hash of the draft rules, as a version of them will have it."""
    return jsontext.sha256(jsontext.parse(fund.draft_rules))
