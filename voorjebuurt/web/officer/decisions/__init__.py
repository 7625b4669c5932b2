"""Screens of officers about decisions, their letters, objections, the court, and penalties."""

from voorjebuurt.web.officer.decisions import (
    courts,
    intentions,
    interest_proposals,
    letters,
    objections,
    owed_interest,
    page,
    penalties,
    plan_changes,
    posting,
    proposals,
    rounds,
    rulings,
    small_cases,
)

__all__ = [
    "courts",
    "intentions",
    "interest_proposals",
    "letters",
    "objections",
    "owed_interest",
    "page",
    "penalties",
    "plan_changes",
    "posting",
    "proposals",
    "rounds",
    "rulings",
    "small_cases",
]
