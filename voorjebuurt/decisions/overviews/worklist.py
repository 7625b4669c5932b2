"""What waits for an officer, the most urgent first."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.decisions.cases.absences import absent_officers
from voorjebuurt.decisions.cases.stake_queries import campaigns_with_stake
from voorjebuurt.decisions.overviews.desks import Desk, is_second_look, may_do, may_end_standstill
from voorjebuurt.decisions.overviews.waiting import all_work
from voorjebuurt.decisions.overviews.works import Work
from voorjebuurt.decisions.rules.rates import RateTable
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.people.appointments.authority import appointers
from voorjebuurt.people.appointments.powers import mandate_kinds
from voorjebuurt.people.queries import mandate_limit
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


def desk_of(session: Session, *, officer_id: UUID, municipality_id: UUID) -> Desk:
    """An officer's desk in a municipality today; with no mandate for who is no officer there."""
    limit = mandate_limit(session, officer_id, municipality_id)
    stands_in_for = absent_officers(session, officer_id, municipality_id)
    return Desk(
        officer_id=officer_id,
        municipality_id=municipality_id,
        mandate_cents=limit or 0,
        stands_in_for=stands_in_for,
        stakes=campaigns_with_stake(session, officer_id),
        kinds=mandate_kinds(session, officer_id, municipality_id),
        teams=shared_teams(session, stands_in_for | {officer_id}, municipality_id),
        may_appoint=officer_id in appointers(session, municipality_id),
        is_officer=limit is not None,
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
    officer can approve: of others, within the mandate. What none of the officers may do stands on
    the list of all who can see to it that somebody may.
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
        if (may_do(work, desk) or may_end_standstill(work, desk))
        and (not mine or desk.has(work) or is_second_look(work) or work.is_stuck)
        and (not kinds or work.kind in kinds)
    ]
    return sorted(todo, key=lambda work: (work.due_on, work.kind, work.number))


def own_work(works: Sequence[Work], desk: Desk) -> list[Work]:
    """What this officer is asked to do themselves: cases of their own, and what a second officer
    decides, whoever handles the case. Also what none of the officers may do.
    """
    return sorted(
        [
            work
            for work in narrowed(works, desk, mine=True)
            if work.kind in _CASES or is_second_look(work) or work.is_stuck
        ],
        key=lambda work: (work.due_on, work.number),
    )
