"""Roles and what they may do. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

from voorjebuurt.kernel.mail_addresses import normal_address


class Role(StrEnum):
    """What a person may be, beside a resident, which everybody is.

    ``auditor``: of the platform's books; ``inspector``: the auditor of one municipality, who reads
    what its officers read and does nothing (Gemeentewet 183 and 213).
    """

    COACH = "coach"
    OFFICER = "officer"
    STAFF = "staff"
    AUDITOR = "auditor"
    INSPECTOR = "inspector"


class MandateKind(StrEnum):
    """What an officer's mandate can be for (Awb 10:5: a general one is for all of it).

    ``award``: award and refusal; ``determination``; ``recovery``: withdrawing, lowering and
    claiming back; ``objection``: deciding on objections (Awb 10:3); ``penalty``: for being late;
    ``fund``: publishing a fund's rules.
    """

    AWARD = "award"
    DETERMINATION = "determination"
    RECOVERY = "recovery"
    OBJECTION = "objection"
    PENALTY = "penalty"
    FUND = "fund"


IN_PLACE = frozenset({Role.OFFICER, Role.INSPECTOR})
"""Roles that somebody has in one municipality."""
TWO_PEOPLE = frozenset({Role.OFFICER, Role.STAFF, Role.AUDITOR, Role.INSPECTOR})
"""Roles that touch money or decisions, or judge those: proposed by one and confirmed by another.

Not that of a coach, who reads plans and moves nothing: what a coach approves gets no money but by
donors, and is paid out by two members of staff.
"""
ROLE_PROPOSAL_DAYS = 14
"""A role that nobody confirmed for so long is not given any more."""
ROLE_GIVER_DAYS = 30
"""For so long nobody releases or approves what was proposed by who gave them their role."""


PASSWORD_MIN_LENGTH = 12
PASSWORD_MAX_LENGTH = 200
NAME_MAX_LENGTH = 80
LINK_MINUTES = 30
DRAFT_LINK_DAYS = 7
"""How long the link in the mail about a draft works."""
ADDRESS_CHANGE_DAYS = 3
DEVICE_MAX_LENGTH = 80
PASSKEY_LABEL_MAX_LENGTH = 60
FACTOR_FRESH = timedelta(minutes=10)
"""For so long a code of the second step is enough for what moves money, gives a role or decides."""
WRONG_CODES = 5
"""After so many wrong codes a sign-in ends."""
WRONG_CODES_A_DAY = 30
"""So many may be wrong in a day, over all sign-ins of a person: three of a million codes are right
at a time, so that guessing every day for a year has a chance of one in thirty.
"""
NEWCOMER = timedelta(days=1)
"""Whose address was confirmed longer ago has been here before."""
USE_NOTED_EVERY = timedelta(minutes=1)
DESK_IDLE, DESK_LONGEST = timedelta(hours=1), timedelta(hours=12)
"""How long a sign-in of who holds a role lasts unused, and at most (ASVS 5, 7.3)."""
RESIDENT_IDLE, RESIDENT_LONGEST = timedelta(days=14), timedelta(days=90)


def normal_email(email: str) -> str:
    """One spelling per address: in lower case, its domain as mail servers take it."""
    return normal_address(email)


def is_over(
    *, opened_at: datetime, last_used_at: datetime, holds_role: bool, moment: datetime
) -> bool:
    """Whether a sign-in lasted too long, or was left alone too long, for who it is of."""
    idle, longest = (DESK_IDLE, DESK_LONGEST) if holds_role else (RESIDENT_IDLE, RESIDENT_LONGEST)
    return moment - last_used_at > idle or moment - opened_at > longest


def is_fresh(factor_at: datetime | None, moment: datetime) -> bool:
    """Whether the second step was passed so lately that it needs not be asked again."""
    return factor_at is not None and moment - factor_at <= FACTOR_FRESH
