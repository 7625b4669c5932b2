"""The states of a question about a fund, and how much fits. Pure."""

from enum import StrEnum

from voorjebuurt.kernel.transitions import Transitions

ANSWER_WEEKS = 2
"""By then an officer answers, counted from the day on which the address was confirmed."""


class QuestionStatus(StrEnum):
    """``sent`` waits for its address to be confirmed; ``open`` for an officer."""

    SENT = "sent"
    OPEN = "open"
    ANSWERED = "answered"
    DECLINED = "declined"


class QuestionOutcome(StrEnum):
    """What an officer does: answer for everybody, answer its asker alone, or say why not."""

    PUBLISH = "publish"
    REPLY = "reply"
    DECLINE = "decline"


S = QuestionStatus
QUESTION_TRANSITIONS: Transitions[QuestionStatus] = Transitions(
    {
        "confirm": ({S.SENT}, S.OPEN),
        "answer": ({S.OPEN}, S.ANSWERED),
        "decline": ({S.OPEN}, S.DECLINED),
    }
)
