"""Work that waits while none of the officers of the municipality may do it.

A mandate ends by its last day, a colleague leaves, or everybody had a part in the decision before:
then it is on the list of nobody who may do it, and its term passes unseen.
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.decisions.cases.stake_queries import campaigns_with_stake
from voorjebuurt.decisions.overviews.desks import Desk, may_do
from voorjebuurt.decisions.overviews.works import Work
from voorjebuurt.people.appointments.powers import mandate_kinds
from voorjebuurt.people.queries import officers


def with_standstills(session: Session, works: Sequence[Work], municipality_id: UUID) -> list[Work]:
    """The same work, with what none of the officers may do now marked as stuck."""
    if not works:
        return []
    desks = [
        Desk(
            officer_id=officer.id,
            municipality_id=municipality_id,
            mandate_cents=officer.mandate_cents,
            stands_in_for=frozenset(),
            stakes=campaigns_with_stake(session, officer.id),
            kinds=mandate_kinds(session, officer.id, municipality_id),
        )
        for officer in officers(session, municipality_id)
    ]
    return [
        work if any(may_do(work, desk) for desk in desks) else replace(work, is_stuck=True)
        for work in works
    ]
