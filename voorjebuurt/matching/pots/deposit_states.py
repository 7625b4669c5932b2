"""States of money that came in for a fund, as staff read it on the bank statement. Pure."""

from enum import StrEnum

from voorjebuurt.kernel.transitions import Transitions


class DepositKind(StrEnum):
    """What the money is: paid beforehand, paid of what was committed, or paid back."""

    PREPAYMENT = "prepayment"
    ARREARS = "arrears"
    CLAWBACK = "clawback"


class DepositStatus(StrEnum):
    """``entered`` by one, nothing is booked; ``booked`` by another; ``disputed``: booked, and one
    asks to take it back; ``reversed``: another did.
    """

    ENTERED = "entered"
    BOOKED = "booked"
    DISMISSED = "dismissed"
    DISPUTED = "disputed"
    REVERSED = "reversed"


S = DepositStatus
WAITING = frozenset({S.ENTERED, S.DISPUTED})
"""A second pair of eyes is due."""
VALID = frozenset({S.ENTERED, S.BOOKED, S.DISPUTED})
"""Its reference on the bank statement is taken."""

DEPOSIT_TRANSITIONS: Transitions[DepositStatus] = Transitions(
    {
        "book": ({S.ENTERED}, S.BOOKED),
        "dismiss": ({S.ENTERED}, S.DISMISSED),
        "dispute": ({S.BOOKED}, S.DISPUTED),
        "uphold": ({S.DISPUTED}, S.BOOKED),
        "reverse": ({S.DISPUTED}, S.REVERSED),
    }
)
