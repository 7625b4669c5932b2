"""What a row of the audit trail is about. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class SubjectKind(StrEnum):
    """The kinds of thing that have a trail of their own."""

    ABUSE_REPORT = "abuse_report"
    ALERT = "alert"
    APPLICATION = "application"
    BANK_FILE = "bank_file"
    CAMPAIGN = "campaign"
    DELEGATION = "delegation"
    FUND = "fund"
    MAIL = "mail"
    MUNICIPALITY = "municipality"
    OWN_WORDS = "own_words"
    PAYMENT = "payment"
    PERSON = "person"
    PLACE_IMPORT = "place_import"
    PLEDGE = "pledge"
    REHEARSAL = "rehearsal"
    SIGN_IN_LINK = "sign_in_link"
    TEAM = "team"


@dataclass(frozen=True)
class Subject:
    """The thing in whose trail an event is written, and the municipality that it belongs to.

    ``detail`` is what every event about it repeats, such as its number; it must be JSON.
    """

    kind: SubjectKind
    id: UUID
    municipality_id: UUID | None = None
    detail: Mapping[str, object] = field(default_factory=dict)
