"""The kinds of decision: which may follow what, for how much, and what is at stake. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from voorjebuurt.kernel.transitions import Transitions
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.pledges.rules import OWED_MATCH, PROMISED_MATCH, MatchStatus


class DecisionKind(StrEnum):
    """Award and refusal (Awb 4:29 and on), determination (4:42), and what takes money back.

    ``award_change`` makes an award lower before it is determined (4:48, 4:50);
    ``determination_change`` takes a determination back, in whole or in part (4:49). ``interest``
    lays down the statutory interest on what was claimed back and is paid late (4:99),
    ``interest_owed`` that of the municipality, which paid an award late. ``plan_change`` gives more
    time or other activities that the applicant asked for, ``plan_refusal`` does not; the amount
    stays.
    """

    AWARD = "award"
    PARTIAL_AWARD = "partial_award"
    REFUSAL = "refusal"
    WITHDRAWAL = "withdrawal"
    DETERMINATION = "determination"
    LOWER_DETERMINATION = "lower_determination"
    CLAWBACK = "clawback"
    AWARD_CHANGE = "award_change"
    DETERMINATION_CHANGE = "determination_change"
    INTEREST = "interest"
    INTEREST_OWED = "interest_owed"
    PLAN_CHANGE = "plan_change"
    PLAN_REFUSAL = "plan_refusal"


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
MONEY_BACK = frozenset({K.CLAWBACK, K.INTEREST})
"""Decisions that make the applicant pay."""
PLANS = frozenset({K.PLAN_CHANGE, K.PLAN_REFUSAL})
"""Decisions on a change that the applicant asked for: of terms and activities, not of money."""
BESIDE = MONEY_BACK | PLANS | {K.INTEREST_OWED}
"""Decisions beside the award: they say nothing of how much it is."""
AWARDS = GRANTS | {K.AWARD_CHANGE}
"""Decisions that say what the award is: the last one that was sent counts."""
DETERMINATIONS = frozenset({K.DETERMINATION, K.LOWER_DETERMINATION})
"""Decisions that determine the amount, once the initiator accounted for it (Awb 4:42)."""
ANSWERS: dict[DecisionKind, frozenset[DecisionKind]] = {
    **dict.fromkeys((*FIRST, K.WITHDRAWAL, K.AWARD_CHANGE), FIRST),
    **dict.fromkeys((*DETERMINATIONS, K.DETERMINATION_CHANGE), DETERMINATIONS),
    K.CLAWBACK: frozenset({K.CLAWBACK}),
    K.INTEREST: frozenset(),
    K.INTEREST_OWED: frozenset(),
    K.PLAN_CHANGE: frozenset(),
    K.PLAN_REFUSAL: frozenset(),
}
"""By the kind that was objected to with success: what comes in its place (Awb 7:11).

Nothing does for interest: what stands is computed anew, and laid down by a decision of its own; nor
for a change that was asked for: the request then waits for a new decision.
"""
NEEDS_REPLACEMENT = frozenset(K) - BESIDE
"""Of these something must come in the place; the others can only be dropped."""
WITH_GROUNDS = frozenset(
    {
        K.REFUSAL,
        K.PARTIAL_AWARD,
        K.WITHDRAWAL,
        K.LOWER_DETERMINATION,
        K.CLAWBACK,
        K.AWARD_CHANGE,
        K.DETERMINATION_CHANGE,
    }
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
    K.DETERMINATION: frozenset({A.AWARDED, A.ACCOUNTED}),
    K.LOWER_DETERMINATION: frozenset({A.AWARDED, A.ACCOUNTED}),
    K.CLAWBACK: frozenset({A.AWARDED, A.ACCOUNTED, A.DETERMINED, A.REVOKED}),
    K.AWARD_CHANGE: frozenset({A.AWARDED, A.ACCOUNTED}),
    K.DETERMINATION_CHANGE: frozenset({A.DETERMINED}),
    K.INTEREST: frozenset({A.AWARDED, A.ACCOUNTED, A.DETERMINED, A.REVOKED}),
    K.INTEREST_OWED: frozenset({A.AWARDED, A.ACCOUNTED, A.DETERMINED}),
    K.PLAN_CHANGE: frozenset({A.AWARDED, A.ACCOUNTED}),
    K.PLAN_REFUSAL: frozenset({A.AWARDED, A.ACCOUNTED}),
}
"""In which state of an application each kind may be proposed. What was awarded and not accounted
for is determined only ex officio, when its term has passed (``rules.accounting``).
"""


def from_states(kind: DecisionKind, *, live: bool) -> frozenset[ApplicationStatus]:
    """The same; a live fund's application is admitted by the proposal of its award."""
    return FROM_STATES[kind] | ({A.RECEIVED} if live and kind in GRANTS else frozenset())


ON_SENDING: dict[DecisionKind, str | None] = {
    K.AWARD: "award",
    K.PARTIAL_AWARD: "award",
    K.REFUSAL: "refuse",
    K.WITHDRAWAL: "revoke",
    K.DETERMINATION: "determine",
    K.LOWER_DETERMINATION: "determine",
    K.CLAWBACK: None,
    K.AWARD_CHANGE: None,
    K.DETERMINATION_CHANGE: None,
    K.INTEREST: None,
    K.INTEREST_OWED: None,
    K.PLAN_CHANGE: None,
    K.PLAN_REFUSAL: None,
}
"""What a decision does to its application when it is sent; another amount changes no state."""


@dataclass(frozen=True)
class Sums:
    """What is known of the money of an application, in eurocents.

    ``claim``: computed for it by the rules; ``granted``: what the division of the pot leaves of
    that (or, by filling, makes of it). Of a live fund both are maximums, as no gift is matched yet.
    ``awarded``: by the last award or change of it that was sent, or what the rule made of it when
    the campaign had succeeded; ``entitled``: what the applicant may keep by the last decision;
    ``owed``: what was committed, paid out or not, and was not lowered or claimed back.
    ``interest``: what can be laid down now; ``interest_before``: what was before, and stands;
    ``debt`` and ``debt_before``: the same of the interest that the municipality owes.
    """

    claim: int
    granted: int
    awarded: int = 0
    entitled: int = 0
    owed: int = 0
    interest: int = 0
    interest_before: int = 0
    debt: int = 0
    debt_before: int = 0

    @property
    def overpaid(self) -> int:
        """What went to the applicant and may not be kept, and was not claimed back yet."""
        return max(0, self.owed - self.entitled)


def why_untimely(
    kind: DecisionKind, *, match: MatchStatus, live: bool, is_divided: bool, is_running: bool
) -> str | None:
    """The code of why this kind can't be decided yet, or any more; None when it can.

    ``is_divided``: a division of the pot says what the application gets, or it is decided on alone,
    after an objection. ``is_running``: the campaign's last day is not over. A live fund awards
    before that; what one kept without an award, as they once did, is decided on afterwards.
    While donors choose again after a success that was taken back, there is nothing to determine.
    """
    if kind is K.AWARD_CHANGE and match is MatchStatus.RELEASED:
        return "award_let_go"
    if kind is K.REFUSAL and match in OWED_MATCH:
        return "match_owed_already"
    if kind in DETERMINATIONS and match in PROMISED_MATCH:
        return "success_taken_back"
    if kind not in GRANTS:
        return None
    if match is MatchStatus.RELEASED:
        return "match_released_already"
    if live:
        in_time = is_running or is_divided or match is MatchStatus.FIXED
        return None if in_time else "campaign_over_unawarded"
    return None if is_divided else "round_not_divided"


def settled_by(kind: DecisionKind, amount: int, *, direct: bool = False) -> int | None:
    """What a decision of this kind lets the campaign keep of an award (eurocents).

    None where that is all of it: it is about the award itself. Claiming back has no say in it.
    ``direct``: the award determines the amount at once.
    """
    if kind is K.AWARD_CHANGE:
        return None
    return None if kind in FIRST and not direct else amount


def amount_bounds(kind: DecisionKind, sums: Sums) -> tuple[int, int]:
    """The least and the most that this kind of decision may say (eurocents).

    An award is everything that the rules compute and the division leaves; less than the claim is a
    partial award. Officers may give less than the division says, never more; and after an objection
    never less than what is owed already.
    """
    whole = max(1, sums.claim, sums.granted)
    return {
        K.AWARD: (whole, sums.granted),
        K.PARTIAL_AWARD: (max(1, sums.owed), min(sums.granted, whole - 1)),
        K.REFUSAL: (0, 0),
        K.WITHDRAWAL: (0, 0),
        K.DETERMINATION: (sums.awarded, sums.awarded),
        K.LOWER_DETERMINATION: (0, sums.awarded - 1),
        K.CLAWBACK: (1, sums.overpaid),
        K.AWARD_CHANGE: (1, sums.awarded - 1),
        K.DETERMINATION_CHANGE: (0, sums.entitled - 1),
        K.INTEREST: (max(1, sums.interest), sums.interest),
        K.INTEREST_OWED: (max(1, sums.debt), sums.debt),
        K.PLAN_CHANGE: (max(1, sums.awarded), sums.awarded),
        K.PLAN_REFUSAL: (max(1, sums.awarded), sums.awarded),
    }[kind]


def has_amount(kind: DecisionKind, sums: Sums) -> bool:
    """Whether any amount is right for this kind of decision."""
    lowest, highest = amount_bounds(kind, sums)
    return lowest <= highest


AMOUNT_CODES: dict[DecisionKind, str] = {
    K.AWARD: "award_not_whole",
    K.PARTIAL_AWARD: "partial_award_out_of_range",
    K.REFUSAL: "amount_not_zero",
    K.WITHDRAWAL: "amount_not_zero",
    K.DETERMINATION: "determination_not_awarded",
    K.LOWER_DETERMINATION: "determination_not_lower",
    K.CLAWBACK: "clawback_above_overpaid",
    K.AWARD_CHANGE: "award_change_not_lower",
    K.DETERMINATION_CHANGE: "determination_change_not_lower",
    K.INTEREST: "interest_changed",
    K.INTEREST_OWED: "interest_changed",
    K.PLAN_CHANGE: "award_changed_since",
    K.PLAN_REFUSAL: "award_changed_since",
}
"""The code of the error when an amount is outside these bounds."""


def before_of(kind: DecisionKind, sums: Sums) -> int:
    """What stood before the decision (eurocents): nothing, the award, or what was received."""
    if kind in FIRST:
        return 0
    if kind is K.DETERMINATION_CHANGE:
        return sums.entitled
    if kind is K.INTEREST:
        return sums.interest_before
    if kind is K.INTEREST_OWED:
        return sums.debt_before
    return sums.owed if kind is K.CLAWBACK else sums.awarded


def at_stake(kind: DecisionKind, *, amount: int, before: int, claim: int) -> int:
    """The amount that an officer's mandate must reach (eurocents): the largest decided about.

    Whoever refuses or lowers decides about the whole of it, not about what is left.
    """
    if kind in BESIDE:
        return amount
    return max(amount, before, claim if kind in FIRST else 0)
