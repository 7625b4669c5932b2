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
]
