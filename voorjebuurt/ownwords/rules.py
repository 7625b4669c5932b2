"""Who can decide in a letter, which letters have free parts, and the courts. Pure."""

from enum import StrEnum


class Body(StrEnum):
    """In whose name a letter decides (Awb 10:10, 10:13, 10:19)."""

    COLLEGE = "college"
    DELEGATED = "delegated"
    BOARD = "board"


class LetterFamily(StrEnum):
    """Kinds of letter that have free parts of their own."""

    AWARD = "award"
    REFUSAL = "refusal"
    DETERMINATION = "determination"
    WITHDRAWAL = "withdrawal"
    CLAWBACK = "clawback"
    RULING = "ruling"
    NOTICE = "notice"
    PENALTY = "penalty"


class WordingStatus(StrEnum):
    """Where a version is: only the latest that was approved counts."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    DROPPED = "dropped"


OPEN = frozenset({WordingStatus.DRAFT, WordingStatus.PROPOSED})
COURTS = (
    "Amsterdam",
    "Den Haag",
    "Gelderland",
    "Limburg",
    "Midden-Nederland",
    "Noord-Holland",
    "Noord-Nederland",
    "Oost-Brabant",
    "Overijssel",
    "Rotterdam",
    "Zeeland-West-Brabant",
)
"""The district courts (Wet op de rechterlijke indeling, article 1)."""
PLACES = ("opening", "explanation", "ending")
"""Where the free parts of a letter are: before the decision, after its reasons, and at the end."""
MAX_LENGTHS = {
    "body_name": 120,
    "delegation": 300,
    "organisation": 80,
    "sender": 300,
    "return_address": 120,
    "contact_name": 80,
    "contact_phone": 30,
    "contact_email": 120,
    "signer_name": 80,
    "signer_function": 80,
    "objection_address": 300,
    "scheme_reference": 200,
    "ceiling_reference": 200,
    "opening": 400,
    "explanation": 1500,
    "ending": 400,
    "remark": 500,
}
"""Characters of each text."""
MAX_LINES = {"sender": 6, "objection_address": 6}
