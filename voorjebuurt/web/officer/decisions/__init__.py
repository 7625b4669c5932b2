"""Screens of officers about decisions, their letters, objections, the court, and penalties."""

from voorjebuurt.web.officer.decisions import (
    courts,
    intentions,
    letters,
    objections,
    page,
    posting,
    proposals,
    rounds,
    rulings,
    small_cases,
)

__all__ = [
    "courts",
    "intentions",
    "letters",
    "objections",
    "page",
    "posting",
    "proposals",
    "rounds",
    "rulings",
    "small_cases",
]
