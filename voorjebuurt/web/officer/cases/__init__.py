"""Screens of officers about applications: the case, its checkits term."""

from voorjebuurt.web.officer.cases import (
    actions,
    admission,
    applications,
    areas,
    assessment,
    attachments,
    checklist,
    page,
    paper_applications,
    papers,
    term,
)

__all__ = [
    "actions",
    "admission",
    "applications",
    "areas",
    "assessment",
    "attachments",
    "checklist",
    "page",
    "paper_applications",
    "papers",
    "term",
]
