"""The officer's desk: waiting work, stand-ins, reports, the town's campaigns."""

from voorjebuurt.web.officer.desk import (
    campaigns,
    delegations,
    destinations,
    mail_choices,
    questions,
    reports,
    work,
)

__all__ = [
    "campaigns",
    "delegations",
    "destinations",
    "mail_choices",
    "questions",
    "reports",
    "work",
]
