"""What waits for an officer, the most urgent first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import assert_never
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.decisions.cases.absences import absent_officers
from voorjebuurt.decisions.cases.stake_queries import campaigns_with_stake
from voorjebuurt.decisions.overviews.waiting import all_work
from voorjebuurt.decisions.overviews.works import Work
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.decisions.rules.mandates import mandate_for
from voorjebuurt.decisions.rules.penalties import PenaltyTask
from voorjebuurt.decisions.rules.rates import RateTable
from voorjebuurt.decisions.rules.work import SECOND_LOOKS, WorkKind
from voorjebuurt.people.appointments.powers import mandate_kinds
from voorjebuurt.people.queries import mandate_limit
from voorjebuurt.people.rules import MandateKind
from voorjebuurt.people.teams.queries import shared_teams

_CASES = frozenset(
    {
        WorkKind.BUDGET,
        WorkKind.DECIDE,
        WorkKind.DETERMINE,
        WorkKind.INTEREST,
        WorkKind.INTEREST_OWED,
        WorkKind.PENALTY,
        WorkKind.PLAN,
        WorkKind.PROOF,
        WorkKind.VIEWS,
    }
)


@dataclass(frozen=True)
class Desk:
    """Whose desk it is: an officer's own cases, and those of whom they stand in for."""

    officer_id: UUID
    municipality_id: UUID
    mandate_cents: int
    stands_in_for: frozenset[UUID]
    stakes: frozenset[UUID]
    kinds: frozenset[MandateKind] = frozenset(MandateKind)
    teams: frozenset[UUID] = frozenset()
    """Whose cases without a handler are for this desk."""

    @property
    def everybody(self) -> frozenset[UUID]:
        """The officer and who they stand in for."""
        return self.stands_in_for | {self.officer_id}

    def has(self, work: Work) -> bool:
        """Whether it is the officer's own, or nobody's that is not for a team of others."""
        if work.assigned_to is not None:
            return work.assigned_to in self.everybody
        return work.team_id is None or work.team_id in self.teams


def desk_of(session: Session, *, officer_id: UUID, municipality_id: UUID) -> Desk:
    """An officer's desk in a municipality today; with no mandate for who is no officer there."""
    stands_in_for = absent_officers(session, officer_id, municipality_id)
    return Desk(
        officer_id=officer_id,
        municipality_id=municipality_id,
        mandate_cents=mandate_limit(session, officer_id, municipality_id) or 0,
        stands_in_for=stands_in_for,
        stakes=campaigns_with_stake(session, officer_id),
        kinds=mandate_kinds(session, officer_id, municipality_id),
        teams=shared_teams(session, stands_in_for | {officer_id}, municipality_id),
    )


def work_list(
    session: Session,
    desk: Desk,
    *,
    mine: bool = False,
    kinds: Collection[WorkKind] = (),
    table: RateTable | None = None,
) -> list[Work]:
    """Everything that waits and that this officer may do, by the day on which it is due.

    ``mine`` leaves out what colleagues handle who are there, and what waits for a team that this
    officer is not in; other work that nobody handles is everybody's, and so is what waits for a
    second officer, whoever handles the case. Proposals are those that this
    officer can approve: of others, within the mandate.
    ``table``: see ``all_work``.
    """
    works = all_work(session, desk.municipality_id, table=table)
    return narrowed(works, desk, mine=mine, kinds=kinds)


def narrowed(
    works: Sequence[Work], desk: Desk, *, mine: bool = False, kinds: Collection[WorkKind] = ()
) -> list[Work]:
    """As ``work_list``, of all work that waits in the municipality."""
    todo = [
        work
        for work in works
        if _may_do(work, desk)
        and (not mine or desk.has(work) or is_second_look(work))
        and (not kinds or work.kind in kinds)
    ]
    return sorted(todo, key=lambda work: (work.due_on, work.kind, work.number))


def own_work(works: Sequence[Work], desk: Desk) -> list[Work]:
    """What this officer is asked to do themselves: cases of their own, and what a second officer
    decides, whoever handles the case.
    """
    return sorted(
        [
            work
            for work in narrowed(works, desk, mine=True)
            if work.kind in _CASES or is_second_look(work)
        ],
        key=lambda work: (work.due_on, work.number),
    )


def is_second_look(work: Work) -> bool:
    """Whether somebody else does it than who handles the case, or wrote what it is about."""
    if work.kind is WorkKind.PENALTY:
        return work.detail == PenaltyTask.APPROVE
    return work.kind in SECOND_LOOKS


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
        case WorkKind.INTEREST:
            return mandate_for(DecisionKind.INTEREST) in desk.kinds
        case WorkKind.INTEREST_OWED:
            return mandate_for(DecisionKind.INTEREST_OWED) in desk.kinds
        case WorkKind.WORDING | WorkKind.COLLEAGUE | WorkKind.PUBLISH:
            return work.doers is None or desk.officer_id in work.doers
        case (
            WorkKind.DECIDE
            | WorkKind.COMPLETE
            | WorkKind.RECALL
            | WorkKind.ACCOUNT
            | WorkKind.DETERMINE
            | WorkKind.ALERT
            | WorkKind.POST
            | WorkKind.VIEWS
            | WorkKind.PROOF
            | WorkKind.PLAN
            | WorkKind.BUDGET
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
