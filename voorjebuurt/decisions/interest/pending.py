"""Interest that waits for a decision: enough to be due, and never laid down."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.interest.facts import facts_now
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.rules.kinds import OPEN, DecisionKind, DecisionStatus
from voorjebuurt.decisions.rules.rates import InterestOrder, RateTable
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.legal_days import last_day
from voorjebuurt.matching.models import Application

WEEKS = 8
"""The reasonable term for a decision (Awb 4:13)."""


class PendingInterest(NamedTuple):
    """By when it is to be laid down, and how much it is so far (eurocents)."""

    due_on: date
    cents: int


def last_day_to_lay_down(table: RateTable) -> date:
    """The last day that is over and of which the percentage was looked up."""
    return min(clock.today() - timedelta(days=1), table.known_until)


def pending_interest(
    session: Session, municipality_id: UUID, table: RateTable
) -> Mapping[UUID, PendingInterest]:
    """By application of a municipality: eight weeks after the first day of the default.

    Not while a decision on the case is under way.
    """
    is_under_way = (
        select(Decision.id)
        .where(
            Decision.application_id == Application.id,
            Decision.status.in_([status.value for status in OPEN]),
        )
        .correlate(Application)
        .exists()
    )
    is_claimed = (
        select(Decision.id)
        .where(
            Decision.application_id == Application.id,
            Decision.kind == DecisionKind.CLAWBACK,
            Decision.status == DecisionStatus.SENT,
        )
        .correlate(Application)
        .exists()
    )
    statement = select(Application.id).where(
        Application.municipality_id == municipality_id, is_claimed, ~is_under_way
    )
    order = InterestOrder(last_day_to_lay_down(table), table)
    pending = {}
    for application_id in session.scalars(statement):
        facts = facts_now(session, application_id, order)
        if facts.due_cents and not facts.before_cents:
            first = min(line.first for line in facts.lines)
            due_on = last_day(first, weeks=WEEKS)
            pending[application_id] = PendingInterest(due_on, facts.due_cents)
    return pending
