"""The names of papers and letters, by code."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

PAPER_KINDS: Mapping[str, LazyString] = {
    "accounting": _l("an account on paper"),
    "application": _l("an application on paper"),
    "completion": _l("a completion on paper"),
    "withdrawal": _l("a withdrawal on paper"),
}

LETTER_KINDS: Mapping[str, LazyString] = {
    "intention": _l("intention"),
    "decision": _l("decision"),
    "ruling": _l("decision on an objection"),
    "penalty": _l("decision about a penalty"),
    "objection_receipt": _l("confirmation of an objection"),
    "objection_question": _l("question about an objection"),
    "objection_invitation": _l("invitation to a hearing"),
    "objection_extension": _l("more time for an objection"),
    "objection_consent": _l("agreed time for an objection"),
    "objection_withdrawal": _l("confirmation that an objection was withdrawn"),
    "paper_confirmation": _l("confirmation of what came on paper"),
    "views_extension": _l("more time to give views"),
    "intention_end": _l("end of an intention"),
    "completion_question": _l("question to complete an application"),
    "term_extension": _l("more time to decide"),
    "proof_question": _l("question to show what was done"),
    "proof_extension": _l("more time to show what was done"),
    "proof_finding": _l("finding about what was done"),
    "last_term": _l("last term to account for the money"),
    "payment_notice": _l("formal notice to pay back"),
    "other_objection": _l("news of somebody else’s objection"),
    "other_hearing": _l("invitation to the hearing about somebody else’s objection"),
    "other_extension": _l("more time for somebody else’s objection"),
    "other_ruling": _l("news of the decision on somebody else’s objection"),
    "other_withdrawal": _l("news that somebody else’s objection was withdrawn"),
}
