"""Screens of officers about funds: drafts, publishing, dividing, rehearsing."""

from voorjebuurt.web.officer.funds import (
    actions,
    builder,
    division,
    drafts,
    own_addresses,
    page,
    rehearsals,
)

__all__ = ["actions", "builder", "division", "drafts", "own_addresses", "page", "rehearsals"]
