"""Screens of residents who run a campaign.

Importing this package registers every module's routes; each is named in ``__all__``.
"""

from voorjebuurt.web.resident import (
    accounting,
    application,
    applying,
    attachments,
    board,
    budget,
    campaigns,
    check,
    idea,
    near_miss,
    payees,
    place,
    rulings,
    story,
    views,
)
from voorjebuurt.web.resident.blueprint import blueprint

__all__ = [
    "accounting",
    "application",
    "applying",
    "attachments",
    "blueprint",
    "board",
    "budget",
    "campaigns",
    "check",
    "idea",
    "near_miss",
    "payees",
    "place",
    "rulings",
    "story",
    "views",
]
