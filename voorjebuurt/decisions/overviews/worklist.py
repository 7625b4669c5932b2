"""What waits for an officer, the most urgent first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import assert_never
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.decisions.cases.absences import absent_officers
from voorjebuurt.decisions.cases.stake_queries import campaigns_with_stake
from voorjebuurt.decisions.overviews.waiting import Work, all_work
from voorjebuurt.decisions.rules.mandates import mandate_for
from voorjebuurt.decisions.rules.penalties import PenaltyTask
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.people.appointments.powers import mandate_kinds
from voorjebuurt.people.queries import mandate_limit
from voorjebuurt.people.rules import MandateKind

_CASES = frozenset({WorkKind.DECIDE, WorkKind.DETERMINE, WorkKind.PENALTY, WorkKind.VIEWS})
_SECOND = frozenset({WorkKind.APPROVE, WorkKind.OBJECT})
"""Decided by somebody else than who handles the case."""


@dataclass(frozen=True)
class Desk:
    """Whose desk it is: an officer's own cases, and those of whom they stand in for."""

    officer_id: UUID
    municipality_id: UUID
    mandate_cents: int
    stands_in_for: frozenset[UUID]
    stakes: frozenset[UUID]
    kinds: frozenset[MandateKind] = frozenset(MandateKind)

    @property
    def everybody(self) -> frozenset[UUID]:
        """The officer and who they stand in for."""
        return self.stands_in_for | {self.officer_id}


def desk_of(session: Session, *, officer_id: UUID, municipality_id: UUID) -> Desk:
    """An officer's desk in a municipality today; with no mandate for who is no officer there."""
    return Desk(
        officer_id=officer_id,
        municipality_id=municipality_id,
        mandate_cents=mandate_limit(session, officer_id, municipality_id) or 0,
        stands_in_for=absent_officers(session, officer_id, municipality_id),
        stakes=campaigns_with_stake(session, officer_id),
        kinds=mandate_kinds(session, officer_id, municipality_id),
    )


def work_list(
    session: Session, desk: Desk, *, mine: bool = False, kinds: Collection[WorkKind] = ()
) -> list[Work]:
    """Everything that waits and that this officer may do, by the day on which it is due.

    ``mine`` leaves out what colleagues handle who are there; work that nobody handles is
    everybody's. Proposals are those that this officer can approve: of others, within the mandate.
    """
    return narrowed(all_work(session, desk.municipality_id), desk, mine=mine, kinds=kinds)


def narrowed(
    works: Sequence[Work], desk: Desk, *, mine: bool = False, kinds: Collection[WorkKind] = ()
) -> list[Work]:
    """As ``work_list``, of all work that waits in the municipality."""
    todo = [
        work
        for work in works
        if _may_do(work, desk)
        and (not mine or work.assigned_to is None or work.assigned_to in desk.everybody)
        and (not kinds or work.kind in kinds)
    ]
    return sorted(todo, key=lambda work: (work.due_on, work.kind, work.number))


def own_work(works: Sequence[Work], desk: Desk) -> list[Work]:
    """What this officer is asked to do themselves: cases of their own, and what a second officer
    decides, whoever handles the case.
    """
    cases = narrowed(works, desk, mine=True, kinds=_CASES)
    return sorted(
        [*cases, *narrowed(works, desk, kinds=_SECOND)], key=lambda work: (work.due_on, work.number)
    )


def _may_do(work: Work, desk: Desk) -> bool:
    if work.campaign_id in desk.stakes:
        return False
    match work.kind:
        case WorkKind.APPROVE:
            is_for = mandate_for(work.detail) in desk.kinds
            is_enough = work.stake_cents <= desk.mandate_cents
            return work.proposed_by != desk.officer_id and is_for and is_enough
        case WorkKind.OBJECT:
            is_for = MandateKind.OBJECTION in desk.kinds
            is_enough = work.stake_cents <= desk.mandate_cents
            return desk.officer_id not in work.decided_by and is_for and is_enough
        case WorkKind.PENALTY:
            return _may_do_penalty(work, desk)
        case (
            WorkKind.DECIDE
            | WorkKind.COMPLETE
            | WorkKind.RECALL
            | WorkKind.ACCOUNT
            | WorkKind.DETERMINE
            | WorkKind.ALERT
            | WorkKind.POST
            | WorkKind.VIEWS
        ):
            return True
        case _:
            assert_never(work.kind)


def _may_do_penalty(work: Work, desk: Desk) -> bool:
    """Setting a penalty needs the mandate for that, and approving it another officer (Awb 4:18)."""
    step = PenaltyTask(work.detail)
    if step not in (PenaltyTask.DETERMINE, PenaltyTask.APPROVE):
        return True
    is_own = step is PenaltyTask.APPROVE and work.proposed_by == desk.officer_id
    is_enough = work.stake_cents <= desk.mandate_cents
    return MandateKind.PENALTY in desk.kinds and is_enough and not is_own
