"""Screens of municipal officers.

Importing this package registers every module's routes; each is named in ``__all__``.
"""

from voorjebuurt.web.officer import (
    campaigns,
    fund_deeds,
    fund_page,
    fund_rules,
    funds,
    rehearsals,
    work,
)
from voorjebuurt.web.officer.blueprint import blueprint

__all__ = [
    "blueprint",
    "campaigns",
    "fund_deeds",
    "fund_page",
    "fund_rules",
    "funds",
    "rehearsals",
    "work",
]
