"""What is told of match while donors choose about a smaller plan: no more than that plan needs.

What is above its costs is let go when it succeeds and not before (ADR 41), so that what a donor
takes back leaves room for match. Until then every screen tells what donors read where they choose.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Uuid, column, func, select, table
from sqlalchemy.orm import InstrumentedAttribute

from voorjebuurt.campaigns.models import BudgetLine
from voorjebuurt.pledges.rules import fitting_match

_near_misses = table(
    "near_misses", column("campaign_id", Uuid), column("state"), column("budget_cents")
)
"""The room of near misses stands above gifts; its plans are read here by name."""


def plan_budget(
    campaign_id: InstrumentedAttribute[UUID], *, correlate: Any
) -> ScalarSelect[int | None]:
    """SQL for what a smaller plan costs about which donors choose now (eurocents); null else."""
    first: ColumnElement[int] = (
        select(func.sum(BudgetLine.amount_cents))
        .where(BudgetLine.campaign_id == _near_misses.c.campaign_id)
        .scalar_subquery()
    )
    return (
        select(_near_misses.c.budget_cents)
        .where(
            _near_misses.c.campaign_id == campaign_id,
            _near_misses.c.state.in_(["asking", "closing"]),
            _near_misses.c.budget_cents < first,
        )
        .correlate(correlate)
        .scalar_subquery()
    )


def shown_sums(sums: Sequence[int], *, crowd_cents: int, plan_cents: int | None) -> list[int]:
    """Sums of match (eurocents, each part of the one before) as far as the plan needs them."""
    if plan_cents is None:
        return list(sums)
    return [
        fitting_match(budget_cents=plan_cents, crowd_cents=crowd_cents, match_cents=cents)
        for cents in sums
    ]
