"""The names of papers and letters, by code."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

PAPER_KINDS: Mapping[str, LazyString] = {
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
    "paper_confirmation": _l("confirmation of what came on paper"),
}
