"""The officer's desk: waiting work, stand-ins, reports, the town's campaigns."""

from voorjebuurt.web.officer.desk import (
    calendars,
    campaigns,
    delegations,
    destinations,
    filters,
    handing_out,
    mail_choices,
    questions,
    reports,
    trail,
    work,
)

__all__ = [
    "calendars",
    "campaigns",
    "delegations",
    "destinations",
    "filters",
    "handing_out",
    "mail_choices",
    "questions",
    "reports",
    "trail",
    "work",
]
