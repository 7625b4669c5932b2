"""What a coach may change of a plan, and what becomes of it. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

from voorjebuurt.campaigns.rules import CampaignStatus

EDIT_PARTS = ("title", "summary", "for_whom", "story", "worse_off", "leftovers", "needs")
"""Words only: what is asked, for what and by when stays with who promises it."""
IN_TALK = frozenset({CampaignStatus.SUBMITTED, CampaignStatus.RETURNED})
"""The coach has read the plan, and nobody gave because of it."""


class EditAnswer(StrEnum):
    """An initiator keeps the coach's words or puts back their own; a coach writes others, or none.

    ``REPLACEMENT`` also when the initiator wrote something else meanwhile.
    """

    ACCEPTANCE = "acceptance"
    RESTORATION = "restoration"
    REPLACEMENT = "replacement"
    WITHDRAWAL = "withdrawal"


class TalkKind(StrEnum):
    """What is said in the conversation of a plan.

    A coach's ``QUESTION`` waits for who runs the plan, their ``ANSWER`` (or what they say of their
    own accord) for the coach. ``ADVICE`` waits for nobody; a ``NOD`` tells that a coach read it
    all and has nothing to add. The rest are decisions.
    """

    QUESTION = "question"
    ANSWER = "answer"
    ADVICE = "advice"
    NOD = "nod"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"


class Turn(StrEnum):
    """For whom a conversation waits."""

    INITIATOR = "initiator"
    COACH = "coach"
    NOBODY = "nobody"


MAILED_AT_ONCE = frozenset({TalkKind.QUESTION, TalkKind.ANSWER, TalkKind.ADVICE})
"""What is said rather than decided: whose mails are bounded."""
MAIL_GAP = timedelta(minutes=15)
"""One mail about a conversation to one person in so much time."""
QUIET_DAYS = 90
"""So long after the end of a campaign, and after the last word, nobody can add to it."""
S = CampaignStatus
WITHOUT_TALK = frozenset({S.DRAFT, S.WITHDRAWN})
"""A plan that no coach has read, or that was taken back."""
OVER = frozenset({S.REJECTED, S.FAILED, S.CANCELLED, S.PAID_OUT})


def turn_of(status: CampaignStatus, *, last_kind: str | None, open_edits: int) -> Turn:
    """For whom a conversation waits; ``last_kind``: of what was said last, but for advice."""
    if status in WITHOUT_TALK:
        return Turn.NOBODY
    if (status in IN_TALK and open_edits) or status is S.RETURNED:
        return Turn.INITIATOR
    if last_kind == TalkKind.QUESTION:
        return Turn.INITIATOR
    if status is S.SUBMITTED or last_kind == TalkKind.ANSWER:
        return Turn.COACH
    return Turn.NOBODY


def takes_words(status: CampaignStatus, *, ended_at: datetime, now: datetime) -> bool:
    """Whether something can be said; ``ended_at``: the later of its end and of the last word."""
    if status in WITHOUT_TALK:
        return False
    return status not in OVER or now < ended_at + timedelta(days=QUIET_DAYS)
