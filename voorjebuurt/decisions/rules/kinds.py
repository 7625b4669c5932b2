"""The seven kinds of decision: which may follow what, for how much, and what is at stake. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from voorjebuurt.kernel.transitions import Transitions
from voorjebuurt.matching.application_rules import ApplicationStatus


class DecisionKind(StrEnum):
    """Award and refusal (Awb 4:29 and on), determination (4:42), and what takes money back."""

    AWARD = "award"
    PARTIAL_AWARD = "partial_award"
    REFUSAL = "refusal"
    WITHDRAWAL = "withdrawal"
    DETERMINATION = "determination"
    LOWER_DETERMINATION = "lower_determination"
    CLAWBACK = "clawback"


class DecisionStatus(StrEnum):
    """``approved``: by a second officer; it can be recalled until it is ``sent``."""

    PROPOSED = "proposed"
    DISMISSED = "dismissed"
    APPROVED = "approved"
    RECALLED = "recalled"
    SENT = "sent"


K, D, A = DecisionKind, DecisionStatus, ApplicationStatus
OPEN = frozenset({D.PROPOSED, D.APPROVED})
FIRST = frozenset({K.AWARD, K.PARTIAL_AWARD, K.REFUSAL})
"""Decisions on the application itself: the application waits as ``proposed``."""
GRANTS = frozenset({K.AWARD, K.PARTIAL_AWARD})
WITH_GROUNDS = frozenset(
    {K.REFUSAL, K.PARTIAL_AWARD, K.WITHDRAWAL, K.LOWER_DETERMINATION, K.CLAWBACK}
)
"""Decisions that name a listed ground and give a reason."""

DECISION_TRANSITIONS: Transitions[DecisionStatus] = Transitions(
    {
        "approve": ({D.PROPOSED}, D.APPROVED),
        "dismiss": ({D.PROPOSED}, D.DISMISSED),
        "recall": ({D.APPROVED}, D.RECALLED),
        "send": ({D.APPROVED}, D.SENT),
    }
)

FROM_STATES: dict[DecisionKind, frozenset[ApplicationStatus]] = {
    K.AWARD: frozenset({A.ADMITTED}),
    K.PARTIAL_AWARD: frozenset({A.ADMITTED}),
    K.REFUSAL: frozenset({A.RECEIVED, A.ADMITTED}),
    K.WITHDRAWAL: frozenset({A.AWARDED, A.ACCOUNTED}),
    K.DETERMINATION: frozenset({A.ACCOUNTED}),
    K.LOWER_DETERMINATION: frozenset({A.ACCOUNTED}),
    K.CLAWBACK: frozenset({A.DETERMINED, A.REVOKED}),
}
"""In which state of an application each kind may be proposed."""

ON_SENDING: dict[DecisionKind, str | None] = {
    K.AWARD: "award",
    K.PARTIAL_AWARD: "award",
    K.REFUSAL: "refuse",
    K.WITHDRAWAL: "revoke",
    K.DETERMINATION: "determine",
    K.LOWER_DETERMINATION: "determine",
    K.CLAWBACK: None,
}
"""What a decision does to its application when it is sent; claiming back changes no state."""


@dataclass(frozen=True)
class Sums:
    """What is known of the money of an application, in eurocents.

    ``claim``: computed by the rules; ``awarded``: by the last decision that was sent; ``paid``: of
    it, so far; ``entitled``: what the applicant may keep by the last decision; ``claimed_back``:
    asked back so far.
    """

    claim: int
    awarded: int
    paid: int
    entitled: int
    claimed_back: int

    @property
    def overpaid(self) -> int:
        """What was paid and may not be kept, and was not claimed back yet."""
        return max(0, self.paid - self.entitled - self.claimed_back)


def amount_fault(kind: DecisionKind, amount_cents: int, sums: Sums) -> str | None:
    """The code of what is wrong with an amount in this kind of decision, if anything."""
    bounds = {
        K.AWARD: (max(1, sums.claim), sums.claim),
        K.PARTIAL_AWARD: (1, sums.claim - 1),
        K.REFUSAL: (0, 0),
        K.WITHDRAWAL: (0, 0),
        K.DETERMINATION: (sums.awarded, sums.awarded),
        K.LOWER_DETERMINATION: (0, sums.awarded - 1),
        K.CLAWBACK: (1, sums.overpaid),
    }
    low, high = bounds[kind]
    if low <= amount_cents <= high:
        return None
    return f"{kind.value}_amount_wrong"


def before_of(kind: DecisionKind, sums: Sums) -> int:
    """What stood before the decision (eurocents): nothing, the award, or what was paid."""
    if kind in FIRST:
        return 0
    return sums.paid - sums.claimed_back if kind is K.CLAWBACK else sums.awarded


def at_stake(kind: DecisionKind, *, amount: int, before: int, claim: int) -> int:
    """The amount that an officer's mandate must reach (eurocents): the largest decided about.

    Whoever refuses or lowers decides about the whole of it, not about what is left.
    """
    if kind is K.CLAWBACK:
        return amount
    return max(amount, before, claim if kind in FIRST else 0)
