"""Who of the officers may do which work: by mandate, by stake, and by what they did before."""

from dataclasses import dataclass
from typing import assert_never
from uuid import UUID

from voorjebuurt.decisions.overviews.works import Work
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.decisions.rules.mandates import mandate_for
from voorjebuurt.decisions.rules.penalties import PenaltyTask
from voorjebuurt.decisions.rules.work import SECOND_LOOKS, WorkKind
from voorjebuurt.people.rules import MandateKind


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
    may_appoint: bool = False
    is_officer: bool = True
    """An auditor looks at what waits, and nothing of it is theirs."""

    @property
    def everybody(self) -> frozenset[UUID]:
        """The officer and who they stand in for."""
        return self.stands_in_for | {self.officer_id}

    def has(self, work: Work) -> bool:
        """Whether it is the officer's own, or nobody's that is not for a team of others."""
        if work.assigned_to is not None:
            return work.assigned_to in self.everybody
        return work.team_id is None or work.team_id in self.teams


def is_second_look(work: Work) -> bool:
    """Whether somebody else does it than who handles the case, or wrote what it is about."""
    if work.kind is WorkKind.PENALTY:
        return work.detail == PenaltyTask.APPROVE
    return work.kind in SECOND_LOOKS


def may_end_standstill(work: Work, desk: Desk) -> bool:
    """Whether this officer is told of work that none of the officers may do.

    Each with a mandate, or with the right to appoint, who has no stake in it.
    """
    is_told = desk.may_appoint or bool(desk.kinds)
    return work.is_stuck and is_told and work.campaign_id not in desk.stakes


def may_do(work: Work, desk: Desk) -> bool:
    """Whether the law and the mandate leave it to this officer, whoever handles the case."""
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
