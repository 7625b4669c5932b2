"""Screens of officers about funds: drafts, publishing, dividing, rehearsing."""

from voorjebuurt.web.officer.funds import (
    actions,
    arrangements,
    builder,
    division,
    drafts,
    own_addresses,
    page,
    rehearsals,
    team,
)

__all__ = [
    "actions",
    "arrangements",
    "builder",
    "division",
    "drafts",
    "own_addresses",
    "page",
    "rehearsals",
    "team",
]
