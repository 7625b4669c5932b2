"""What officers can be mailed about, and how often unless they choose otherwise. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from voorjebuurt.mail.cadences import Cadence


class OfficerMailKind(StrEnum):
    """A kind of mail: a new application, one that was completed, a change of an award that was
    asked for, a colleague's proposal, an objection, views or proof of an applicant, or a term
    that ends.
    """

    APPLICATION = "application"
    COMPLETION = "completion"
    PLAN = "plan"
    PROPOSAL = "proposal"
    OBJECTION = "objection"
    VIEWS = "views"
    TERM = "term"


USUAL_CADENCES: Mapping[OfficerMailKind, Cadence] = {
    OfficerMailKind.APPLICATION: Cadence.DAILY,
    OfficerMailKind.COMPLETION: Cadence.DAILY,
    OfficerMailKind.PLAN: Cadence.DAILY,
    OfficerMailKind.PROPOSAL: Cadence.AT_ONCE,
    OfficerMailKind.OBJECTION: Cadence.DAILY,
    OfficerMailKind.VIEWS: Cadence.DAILY,
    OfficerMailKind.TERM: Cadence.AT_ONCE,
}
"""Of who did not choose."""


def at_once(choices: Mapping[str, Cadence]) -> frozenset[OfficerMailKind]:
    """The kinds of which an officer wants to hear at once. Terms then come on their own days."""
    kinds = {kind for kind, value in cadences(choices).items() if value is Cadence.AT_ONCE}
    return frozenset(kinds - {OfficerMailKind.TERM})


def cadences(choices: Mapping[str, Cadence]) -> dict[OfficerMailKind, Cadence]:
    """How often each kind comes, after what an officer chose of them."""
    return {kind: choices.get(kind, usual) for kind, usual in USUAL_CADENCES.items()}
