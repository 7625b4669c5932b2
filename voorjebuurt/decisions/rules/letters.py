"""Every kind of letter that is sent, and who sends it: so that none is forgotten by post. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class LetterKind(StrEnum):
    """What a letter is; ``paper_confirmation`` says that a paper was registered, ``payment_notice``
    is the formal notice to who owes money (Awb 4:112), ``last_term`` gives one to account (4:44);
    ``other_…`` tells an applicant of an objection of somebody else.
    """

    INTENTION = "intention"
    DECISION = "decision"
    RULING = "ruling"
    PENALTY = "penalty"
    OBJECTION_RECEIPT = "objection_receipt"
    OBJECTION_QUESTION = "objection_question"
    OBJECTION_INVITATION = "objection_invitation"
    OBJECTION_EXTENSION = "objection_extension"
    OBJECTION_CONSENT = "objection_consent"
    OBJECTION_WITHDRAWAL = "objection_withdrawal"
    PAPER_CONFIRMATION = "paper_confirmation"
    VIEWS_EXTENSION = "views_extension"
    INTENTION_END = "intention_end"
    COMPLETION_QUESTION = "completion_question"
    TERM_EXTENSION = "term_extension"
    PROOF_QUESTION = "proof_question"
    PROOF_EXTENSION = "proof_extension"
    PROOF_FINDING = "proof_finding"
    PAYMENT_NOTICE = "payment_notice"
    LAST_TERM = "last_term"
    OTHER_OBJECTION = "other_objection"
    OTHER_HEARING = "other_hearing"
    OTHER_EXTENSION = "other_extension"
    OTHER_RULING = "other_ruling"
    OTHER_WITHDRAWAL = "other_withdrawal"


_COURSE = "decisions.case_letters.service"


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
    LetterKind.OBJECTION_WITHDRAWAL: "decisions.objections.proceedings.notices",
    LetterKind.PAPER_CONFIRMATION: "decisions.paper.confirmations",
    LetterKind.VIEWS_EXTENSION: _COURSE,
    LetterKind.INTENTION_END: _COURSE,
    LetterKind.COMPLETION_QUESTION: _COURSE,
    LetterKind.TERM_EXTENSION: _COURSE,
    LetterKind.PROOF_QUESTION: _COURSE,
    LetterKind.PROOF_EXTENSION: _COURSE,
    LetterKind.PROOF_FINDING: _COURSE,
    LetterKind.PAYMENT_NOTICE: _COURSE,
    LetterKind.LAST_TERM: _COURSE,
    LetterKind.OTHER_OBJECTION: _COURSE,
    LetterKind.OTHER_HEARING: _COURSE,
    LetterKind.OTHER_EXTENSION: _COURSE,
    LetterKind.OTHER_RULING: _COURSE,
    LetterKind.OTHER_WITHDRAWAL: _COURSE,
}
"""The module that makes the letter as it is sent. ``tests/house/test_posted_kinds.py`` holds this
to every module that makes one: a new letter has no way out but through here."""


def notice_of(step: str) -> LetterKind | None:
    """The letter about a step of an objection (or its ``receipt``), if there is one."""
    try:
        return LetterKind(f"objection_{step}")
    except ValueError:
        return None
