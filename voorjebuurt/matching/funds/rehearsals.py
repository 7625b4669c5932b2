"""A draft and its rehearsals: it counts as rehearsed when exactly its rules were.

Rehearsals belong to a municipality and to rules, by their hash; they know no funds. So a draft
finds its own when its rules are saved, and a rehearsal finds the drafts when it is done.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.matching.funds.lifecycle import locked_fund, move_fund
from voorjebuurt.matching.funds.states import EDITABLE, VERSIONED, FundStatus
from voorjebuurt.matching.models import Fund, FundVersion, Rehearsal
from voorjebuurt.rulebook.values import jsontext


def attach_rehearsal(session: Session, *, fund: Fund, actor: Actor) -> None:
    """Let a locked fund's draft rules find the last rehearsal that was made of them, if any."""
    rehearsal_id = last_rehearsal(
        session, ruleset_sha256=draft_sha256(fund), municipality_id=fund.municipality_id
    )
    if rehearsal_id is None:
        return
    fund.rehearsal_id = rehearsal_id
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


def last_rehearsal(session: Session, *, ruleset_sha256: str, municipality_id: UUID) -> UUID | None:
    """The id of the last rehearsal that was done of exactly these rules by or for this town."""
    statement = (
        select(Rehearsal.id)
        .where(
            Rehearsal.ruleset_sha256 == ruleset_sha256,
            Rehearsal.municipality_id == municipality_id,
            Rehearsal.status == "done",
        )
        .order_by(Rehearsal.asked_at.desc(), Rehearsal.id.desc())
        .limit(1)
    )
    return session.scalar(statement)


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


class OwnRehearsal(NamedTuple):
    """A rehearsal of rules that a fund has, or had: its draft's or those of a version."""

    id: UUID
    ruleset_sha256: str
    status: str
    progress: int
    asked_at: datetime
    finished_at: datetime | None


def rehearsals_of(session: Session, fund: Fund) -> Sequence[OwnRehearsal]:
    """Every rehearsal of a fund's rules, the latest first."""
    of_versions = select(FundVersion.ruleset_sha256).where(FundVersion.fund_id == fund.id)
    statement = (
        select(*(getattr(Rehearsal, name) for name in OwnRehearsal._fields))
        .where(
            Rehearsal.municipality_id == fund.municipality_id,
            or_(
                Rehearsal.ruleset_sha256 == draft_sha256(fund),
                Rehearsal.ruleset_sha256.in_(of_versions),
            ),
        )
        .order_by(Rehearsal.asked_at.desc(), Rehearsal.id.desc())
    )
    return [OwnRehearsal._make(row) for row in session.execute(statement)]


def draft_sha256(fund: Fund) -> str:
    """The hash of the draft rules, as a version of them will have it."""
    return jsontext.sha256(jsontext.parse(fund.draft_rules))
