"""Which awards depend on a budget, and until when their condition can be invoked (Awb 4:34)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import cast, exists, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session, aliased

from voorjebuurt.decisions.budgets.models import AdoptedBudget
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.rules.kinds import GRANTS, DecisionKind, DecisionStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.legal_days import last_day
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import Application, Fund

INVOKE_WEEKS = 4
"""So many weeks after the budget was adopted or approved the condition lapses (4:34, third)."""


def adopted_budgets(session: Session, municipality_id: UUID) -> Sequence[AdoptedBudget]:
    """The budgets of a municipality that were noted, the latest year first."""
    statement = select(AdoptedBudget).where(AdoptedBudget.municipality_id == municipality_id)
    return session.scalars(statement.order_by(AdoptedBudget.year.desc())).all()


def invoke_by(adopted_on: date) -> date:
    """The last day to invoke the condition."""
    return last_day(adopted_on, weeks=INVOKE_WEEKS)


def conditions_to_invoke(session: Session, municipality_id: UUID) -> dict[UUID, date]:
    """By application that was awarded on a budget with too little in it: the last day to invoke
    the condition. Not once that day has passed, or the award was lowered since.
    """
    days: dict[UUID, date] = {}
    for budget in adopted_budgets(session, municipality_id):
        until = invoke_by(budget.adopted_on)
        if budget.enough or clock.today() > until:
            continue
        days |= dict.fromkeys(_awarded_on(session, budget), until)
    return days


def _awarded_on(session: Session, budget: AdoptedBudget) -> Sequence[UUID]:
    """Awards whose letter made the condition: the snapshot keeps the year that it named."""
    change = aliased(Decision)
    lower = exists().where(
        change.application_id == Application.id,
        change.kind == DecisionKind.AWARD_CHANGE,
        change.status == DecisionStatus.SENT,
        func.date(func.timezone("Europe/Amsterdam", change.sent_at)) >= budget.adopted_on,
    )
    year = cast(Decision.snapshot, JSONB)["words"]["budget_year"].astext
    statement = (
        select(Application.id)
        .join(Decision, Decision.application_id == Application.id)
        .join(Fund, Fund.id == Application.fund_id)
        .where(
            Application.municipality_id == budget.municipality_id,
            Application.status.in_([ApplicationStatus.AWARDED, ApplicationStatus.ACCOUNTED]),
            Fund.prepaid.is_(False),
            Decision.kind.in_([kind.value for kind in GRANTS]),
            Decision.status == DecisionStatus.SENT,
            year == str(budget.year),
            ~lower,
        )
        .distinct()
    )
    return session.scalars(statement).all()
