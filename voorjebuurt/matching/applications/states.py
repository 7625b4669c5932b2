"""States of an application for match money, and what may follow what. Pure."""

from enum import StrEnum

from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel.transitions import Transitions


class ApplicationStatus(StrEnum):
    """Where an application stands.

    ``incomplete``: the applicant was asked to complete it, and the clock stands still.
    ``admitted``: all of the checklist is met. ``proposed``: a decision on it waits for a second
    officer, or to be sent. ``revoked``: awarded and withdrawn afterwards by the municipality;
    ``withdrawn``: by the applicant, before a decision. ``expired``: awarded on the condition that
    the campaign succeeds, and it did not; nobody decides on that, and nothing is asked any more.
    """

    RECEIVED = "received"
    INCOMPLETE = "incomplete"
    ADMITTED = "admitted"
    PROPOSED = "proposed"
    AWARDED = "awarded"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    ACCOUNTED = "accounted"
    DETERMINED = "determined"
    EXPIRED = "expired"


S = ApplicationStatus
UNDECIDED = frozenset({S.RECEIVED, S.INCOMPLETE, S.ADMITTED, S.PROPOSED})
"""The term for deciding runs, or stands still."""
ENDED = frozenset({S.WITHDRAWN, S.REFUSED, S.REVOKED, S.EXPIRED})
"""The campaign may apply again; nothing of the fund is for it."""
CHANGEABLE = frozenset({S.RECEIVED, S.INCOMPLETE})
"""The applicant may still change what was said."""
ASSESSABLE = frozenset({S.RECEIVED, S.INCOMPLETE, S.ADMITTED})
"""Officers may still change what a decision will rest on."""

APPLICATION_TRANSITIONS: Transitions[ApplicationStatus] = Transitions(
    {
        "ask_completion": ({S.RECEIVED}, S.INCOMPLETE),
        "complete": ({S.INCOMPLETE}, S.RECEIVED),
        "lapse": ({S.INCOMPLETE}, S.RECEIVED),
        "admit": ({S.RECEIVED}, S.ADMITTED),
        "propose": ({S.ADMITTED}, S.PROPOSED),
        # Who did not meet the checklist, or did not complete in time, is refused unadmitted.
        "propose_refusal": ({S.RECEIVED, S.ADMITTED}, S.PROPOSED),
        "return": ({S.PROPOSED}, S.ADMITTED),
        "return_unadmitted": ({S.PROPOSED}, S.RECEIVED),
        "award": ({S.PROPOSED}, S.AWARDED),
        "refuse": ({S.PROPOSED}, S.REFUSED),
        "withdraw": (UNDECIDED, S.WITHDRAWN),
        "account": ({S.AWARDED, S.ACCOUNTED}, S.ACCOUNTED),
        # Without an account: at once with the award, or ex officio after a term (Awb 4:47).
        "determine": ({S.AWARDED, S.ACCOUNTED}, S.DETERMINED),
        "revoke": ({S.AWARDED, S.ACCOUNTED}, S.REVOKED),
        "expire": ({S.AWARDED, S.ACCOUNTED, S.DETERMINED}, S.EXPIRED),
        # After an objection that was upheld: a new decision is due.
        "reopen": (
            {S.REFUSED, S.AWARDED, S.ACCOUNTED, S.DETERMINED, S.REVOKED, S.EXPIRED},
            S.ADMITTED,
        ),
        "reopen_unadmitted": ({S.REFUSED}, S.RECEIVED),
        "reopen_account": ({S.DETERMINED}, S.ACCOUNTED),
    }
)

APPLYING = frozenset({CampaignStatus.LIVE})
"""Campaigns that may apply to a live fund: gifts still come in, and are matched."""
APPLYING_CLOSED = APPLYING | {
    CampaignStatus.CLOSING,
    CampaignStatus.NEAR_MISS,
    CampaignStatus.SUCCEEDED,
}
"""Campaigns that may apply to a fund that is divided afterwards: also what ended and was won."""

MAX_LENGTHS = {
    "reach": 3_000,
    "de_minimis": 1_500,
    "evidence": 2_000,
    "reason": 3_000,
    "missing": 3_000,
    "note": 3_000,
    "excuse": 1_500,
    "story": 6_000,
    "answer": 6_000,
    "weighing": 6_000,
    "exception_reason": 1_500,
    "cause": 3_000,
    "asked": 3_000,
    "finding_text": 3_000,
}
"""Characters that fit in each text of an application and its assessment."""
