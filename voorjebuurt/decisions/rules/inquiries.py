"""Asking for proof in a case of which nothing is accounted for (Awb 4:37, 4:46, 4:47). Pure.

The award announces it: in a sample that is drawn by lot, or for a cause. Who is asked answers with
words and files; an officer closes it with a finding. The determination waits until then.
"""

from datetime import date
from enum import StrEnum

from voorjebuurt.matching.applications.states import ApplicationStatus

INQUIRY_DAYS = (14, 91)
"""The shortest and the longest term that an applicant gets to answer."""
REMINDER_DAYS = 3
"""So many days before the last one the applicant is reminded."""
INQUIRED = frozenset({ApplicationStatus.AWARDED, ApplicationStatus.ACCOUNTED})
"""The states of an application in which proof can be asked for and is waited for."""


class InquiryGround(StrEnum):
    """Why proof is asked for: the lot fell on the case, or there is a cause that is stated."""

    SAMPLE = "sample"
    CAUSE = "cause"


class InquiryStatus(StrEnum):
    """How an inquiry stands. ``silence``: its term ended without an answer."""

    OPEN = "open"
    SILENCE = "silence"
    ANSWER = "answer"
    END = "end"


class Finding(StrEnum):
    """What an officer found: ``proof`` that the plan was carried out, a ``gap`` in it, ``silence``
    of the applicant, or that it was a ``mistake`` to ask.
    """

    PROOF = "proof"
    GAP = "gap"
    SILENCE = "silence"
    MISTAKE = "mistake"


class InquiryChannel(StrEnum):
    """How an answer came in."""

    ONLINE = "online"
    LETTER = "letter"
    DESK = "desk"


class InquiryTask(StrEnum):
    """What waits for an officer: to ask whom the lot fell on, or to look at an answer or none."""

    QUESTION = "question"
    OPEN = "open"
    SILENCE = "silence"
    ANSWER = "answer"


LOWER = frozenset({Finding.GAP, Finding.SILENCE})
"""After these the amount can be determined lower, when views were asked (Awb 4:46, 4:8)."""


def status_of(*, channel: str, until: date, is_closed: bool, today: date) -> InquiryStatus:
    """How an inquiry stands on a day."""
    if is_closed:
        return InquiryStatus.END
    if channel:
        return InquiryStatus.ANSWER
    return InquiryStatus.SILENCE if today > until else InquiryStatus.OPEN


def findings_for(status: InquiryStatus) -> tuple[Finding, ...]:
    """What can be found now: nobody is found silent before their term is over."""
    return {
        InquiryStatus.OPEN: (Finding.MISTAKE,),
        InquiryStatus.SILENCE: (Finding.SILENCE, Finding.MISTAKE),
        InquiryStatus.ANSWER: (Finding.PROOF, Finding.GAP, Finding.MISTAKE),
        InquiryStatus.END: (),
    }[status]
