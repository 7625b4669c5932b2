"""Screens of municipal officers.

Importing this package registers every module's routes; each is named in ``__all__``.
"""

from voorjebuurt.web.officer import (
    applications,
    areas,
    assessment,
    campaigns,
    case,
    case_clock,
    case_deeds,
    checklist,
    decisions,
    delegations,
    fund_deeds,
    fund_division,
    fund_page,
    fund_rules,
    funds,
    handling,
    letters,
    objections,
    proposals,
    rehearsals,
    reports,
    rounds,
    work,
)
from voorjebuurt.web.officer.blueprint import blueprint

__all__ = [
    "applications",
    "areas",
    "assessment",
    "blueprint",
    "campaigns",
    "case",
    "case_clock",
    "case_deeds",
    "checklist",
    "decisions",
    "delegations",
    "fund_deeds",
    "fund_division",
    "fund_page",
    "fund_rules",
    "funds",
    "handling",
    "letters",
    "objections",
    "proposals",
    "rehearsals",
    "reports",
    "rounds",
    "work",
]
