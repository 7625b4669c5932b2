"""How many run a campaign together, and how an invitation goes. Pure."""

from enum import StrEnum

from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel.transitions import Transitions

MOST_MEMBERS = 6
"""At once, with who is invited; the database holds those who came to it as well."""
INVITATION_DAYS = 14
MOST_INVITATIONS_A_DAY = 10

S = CampaignStatus
OVER = frozenset({S.REJECTED, S.WITHDRAWN, S.FAILED, S.CANCELLED, S.PAID_OUT})
"""There is nothing left to do for who runs it."""


class InvitationState(StrEnum):
    """Only an offer is open; it ends by itself as well."""

    OFFER = "offer"
    ACCEPTANCE = "acceptance"
    REFUSAL = "refusal"
    WITHDRAWAL = "withdrawal"


INVITATION_TRANSITIONS: Transitions[InvitationState] = Transitions(
    {
        "accept": ({InvitationState.OFFER}, InvitationState.ACCEPTANCE),
        "refuse": ({InvitationState.OFFER}, InvitationState.REFUSAL),
        "withdraw": ({InvitationState.OFFER}, InvitationState.WITHDRAWAL),
    }
)


def needs_somebody(status: CampaignStatus) -> bool:
    """Whether a campaign that nobody runs any more asks for somebody who does."""
    return status not in OVER


def is_room(members: int, invitations: int) -> bool:
    """Whether one more may be invited."""
    return members + invitations < MOST_MEMBERS
