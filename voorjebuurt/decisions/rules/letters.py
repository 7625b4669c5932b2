"""Every kind of letter that is sent, and who sends it: so that none is forgotten by post. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class LetterKind(StrEnum):
    """What a letter is; ``paper_confirmation`` says that a paper was registered."""

    INTENTION = "intention"
    DECISION = "decision"
    RULING = "ruling"
    PENALTY = "penalty"
    OBJECTION_RECEIPT = "objection_receipt"
    OBJECTION_QUESTION = "objection_question"
    OBJECTION_INVITATION = "objection_invitation"
    OBJECTION_EXTENSION = "objection_extension"
    OBJECTION_CONSENT = "objection_consent"
    PAPER_CONFIRMATION = "paper_confirmation"


SENDERS: Mapping[LetterKind, str] = {
    LetterKind.INTENTION: "decisions.rulings.intentions",
    LetterKind.DECISION: "decisions.rulings.sending",
    LetterKind.RULING: "decisions.objections.rulings.sending",
    LetterKind.PENALTY: "decisions.objections.court.penalties",
    LetterKind.OBJECTION_RECEIPT: "decisions.objections.proceedings.notices",
    LetterKind.OBJECTION_QUESTION: "decisions.objections.proceedings.notices",
    LetterKind.OBJECTION_INVITATION: "decisions.objections.proceedings.notices",
    LetterKind.OBJECTION_EXTENSION: "decisions.objections.proceedings.notices",
    LetterKind.OBJECTION_CONSENT: "decisions.objections.proceedings.notices",
    LetterKind.PAPER_CONFIRMATION: "decisions.paper.confirmations",
}
"""The module that makes the letter as it is sent. ``tests/house/test_posted_kinds.py`` holds this
to every module that makes one: a new letter has no way out but through here."""


def notice_of(step: str) -> LetterKind | None:
    """The letter about a step of an objection (or its ``receipt``), if there is one."""
    try:
        return LetterKind(f"objection_{step}")
    except ValueError:
        return None
