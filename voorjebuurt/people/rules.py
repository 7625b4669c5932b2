"""Roles and what they may do. Pure."""

from enum import StrEnum

from voorjebuurt.kernel.mail_addresses import normal_address


class Role(StrEnum):
    """What a person may be, beside a resident, which everybody is."""

    COACH = "coach"
    OFFICER = "officer"
    STAFF = "staff"
    AUDITOR = "auditor"


PASSWORD_MIN_LENGTH = 12
PASSWORD_MAX_LENGTH = 200
NAME_MAX_LENGTH = 80
LINK_MINUTES = 30
DRAFT_LINK_DAYS = 7
"""How long the link in the mail about a draft works."""
ADDRESS_CHANGE_DAYS = 3


def normal_email(email: str) -> str:
    """One spelling per address: in lower case, its domain as mail servers take it."""
    return normal_address(email)
