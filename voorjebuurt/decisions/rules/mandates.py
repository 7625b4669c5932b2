"""Which kind of mandate each decision needs (Awb 10:3 and 10:5). Pure."""

from collections.abc import Mapping

from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.people.rules import MandateKind

MANDATES: Mapping[DecisionKind, MandateKind] = {
    DecisionKind.AWARD: MandateKind.AWARD,
    DecisionKind.PARTIAL_AWARD: MandateKind.AWARD,
    DecisionKind.REFUSAL: MandateKind.AWARD,
    DecisionKind.DETERMINATION: MandateKind.DETERMINATION,
    DecisionKind.LOWER_DETERMINATION: MandateKind.RECOVERY,
    DecisionKind.WITHDRAWAL: MandateKind.RECOVERY,
    DecisionKind.CLAWBACK: MandateKind.RECOVERY,
    DecisionKind.AWARD_CHANGE: MandateKind.RECOVERY,
    DecisionKind.DETERMINATION_CHANGE: MandateKind.RECOVERY,
    DecisionKind.INTEREST: MandateKind.RECOVERY,
    DecisionKind.INTEREST_OWED: MandateKind.PENALTY,
    DecisionKind.PLAN_CHANGE: MandateKind.AWARD,
    DecisionKind.PLAN_REFUSAL: MandateKind.AWARD,
}
"""What takes money away needs the mandate for that; deciding on an objection has its own."""


def mandate_for(kind: str) -> MandateKind:
    """The kind of mandate that a decision of this kind needs."""
    return MANDATES[DecisionKind(kind)]
