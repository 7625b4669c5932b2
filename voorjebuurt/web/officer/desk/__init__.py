"""The officer's desk: waiting work, stand-ins, reports, the town's campaigns."""

from voorjebuurt.web.officer.desk import (
    calendars,
    campaigns,
    delegations,
    filters,
    handing_out,
    mail_choices,
    reports,
    trail,
    work,
)

__all__ = [
    "calendars",
    "campaigns",
    "delegations",
    "filters",
    "handing_out",
    "mail_choices",
    "reports",
    "trail",
    "work",
]
