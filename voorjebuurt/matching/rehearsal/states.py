"""A rehearsal's states, and why one fails. Pure."""

from enum import StrEnum

from voorjebuurt.kernel.transitions import Transitions


class RehearsalStatus(StrEnum):
    """``done`` has an outcome, ``failed`` says why there is none."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


S = RehearsalStatus

REHEARSAL_TRANSITIONS: Transitions[RehearsalStatus] = Transitions(
    {
        # Running already: its worker was killed, and another takes over.
        "start": ({S.WAITING, S.RUNNING}, S.RUNNING),
        "finish": ({S.RUNNING}, S.DONE),
        "fail": ({S.RUNNING}, S.FAILED),
    }
)


class Source(StrEnum):
    """Where the facts come from: the municipality's past campaigns, or a file."""

    PAST = "past"
    FILE = "file"


class Failure(StrEnum):
    """Why there is no outcome; ``time``: computing took longer than it may."""

    REFUSED = "refused"
    TIME = "time"
    NO_CAMPAIGNS = "no_campaigns"
    BROKEN = "broken"
