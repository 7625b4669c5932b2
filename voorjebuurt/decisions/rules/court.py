"""What a court can say about a decision on an objection (Awb 8:70, 8:72). Pure."""

from enum import StrEnum


class JudgmentOutcome(StrEnum):
    """``annulment``: the municipality decides again; ``effects``: annulled, but what it does stays
    (8:72, third paragraph, under a); ``retraction``: who appealed took it back.
    """

    UNFOUNDED = "unfounded"
    INADMISSIBLE = "inadmissible"
    ANNULMENT = "annulment"
    EFFECTS = "effects"
    RETRACTION = "retraction"
