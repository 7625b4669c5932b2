"""Which mails to an applicant have legal effect, and by which letter paper tells the same. Pure.

Who did not agree to electronic letters (Awb 2:14) can't be bound by a mail. So each mail to an
applicant names the letter that goes by post, or why it needs none.
"""

from collections.abc import Mapping

from voorjebuurt.decisions.rules.letters import LetterKind

_K = LetterKind
ON_PAPER: Mapping[str, LetterKind] = {
    "clawback_notice": _K.PAYMENT_NOTICE,
    "completion_asked": _K.COMPLETION_QUESTION,
    "decision_answers_objection": _K.DECISION,
    "decision_sent": _K.DECISION,
    "intention_dropped": _K.INTENTION_END,
    "last_term_set": _K.LAST_TERM,
    "objection_decided": _K.RULING,
    "objection_extended": _K.OBJECTION_EXTENSION,
    "objection_invitation": _K.OBJECTION_INVITATION,
    "objection_question": _K.OBJECTION_QUESTION,
    "objection_received": _K.OBJECTION_RECEIPT,
    "objection_withdrawn": _K.OBJECTION_WITHDRAWAL,
    "penalty_determined": _K.PENALTY,
    "proof_asked": _K.PROOF_QUESTION,
    "proof_closed": _K.PROOF_FINDING,
    "proof_extended": _K.PROOF_EXTENSION,
    "term_extended": _K.TERM_EXTENSION,
    "views_asked": _K.INTENTION,
    "views_extended": _K.VIEWS_EXTENSION,
}
"""By mail: the letter that goes to who wants paper."""
OF_OTHERS: Mapping[str, LetterKind] = {
    "objection_by_other": _K.OTHER_OBJECTION,
    "objection_decided": _K.OTHER_RULING,
    "objection_extended": _K.OTHER_EXTENSION,
    "objection_invitation": _K.OTHER_HEARING,
    "objection_withdrawn": _K.OTHER_WITHDRAWAL,
}
"""The same for an applicant who reads of an objection of somebody else."""

_ON_PAPER_TOO = "what came on paper is confirmed on paper (``paper_confirmation``); this is online"
_IN_A_LETTER = "says again what a letter said"
_COURT = "the court writes to the parties itself"
MAIL_ONLY: Mapping[str, str] = {
    "accounting_asked": "the award names the duty and its term",
    "accounting_received": _ON_PAPER_TOO,
    "appeal_judged": _COURT,
    "appeal_registered": _COURT,
    "application_admitted": "nothing is decided and no term changes",
    "application_changed": _ON_PAPER_TOO,
    "application_received": _ON_PAPER_TOO,
    "application_withdrawn": _ON_PAPER_TOO,
    "clawback_paid": "news of a payment of the reader's own",
    "clawback_payment_reversed": "mends news of a payment; the debt is as the decision says",
    "clawback_reminder": _IN_A_LETTER,
    "clawback_returned": "news of a payment; it takes a debt off",
    "completion_received": _ON_PAPER_TOO,
    "completion_reminder": _IN_A_LETTER,
    "plan_request_received": "confirms what came in; the decision on it comes on paper",
    "default_registered": "confirms a notice of default; its term runs by law (Awb 4:17)",
    "last_term_reminder": _IN_A_LETTER,
    "match_amount_fixed": "works out what the award said; the determination tells the amount",
    "objection_completed": "confirms what the reader sent",
    "proof_received": "confirms what the reader sent",
    "proof_reminder": _IN_A_LETTER,
    "round_divided": "a computation; the decision on it is a letter",
    "views_received": "confirms what the reader sent",
    "views_reminder": _IN_A_LETTER,
}
"""By mail: why no letter says the same."""
