"""What less match money means for a campaign, told before anybody decides it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignKind, CampaignStatus
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import payable
from voorjebuurt.pledges.closing import raised
from voorjebuurt.pledges.matches import live_match_cents
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import OWED_MATCH, MatchStatus

LOSSES = frozenset(
    {
        DecisionKind.AWARD_CHANGE,
        DecisionKind.WITHDRAWAL,
        DecisionKind.LOWER_DETERMINATION,
        DecisionKind.DETERMINATION_CHANGE,
    }
)
"""Decisions that leave a campaign less than it had."""


@dataclass(frozen=True)
class Consequences:
    """What a campaign has, and what losing match money does to it (eurocents).

    ``match_cents`` is what this fund keeps ready or owes now; ``at_least_cents`` of it must stay,
    or the campaign falls below its minimum: None where it has none to lose. ``won``: it succeeded,
    so that its donors choose again then; ``left``: money of it was paid out, so that nothing goes
    back by itself. ``follows``: the amount still follows from the gifts, as in a live fund.
    """

    match_cents: int
    at_least_cents: int | None
    won: bool
    left: bool
    follows: bool

    def kept_of(self, amount_cents: int) -> int:
        """What the campaign has of this fund's match after a decision about ``amount_cents``."""
        return min(self.match_cents, amount_cents)

    def loss_of(self, amount_cents: int) -> int:
        """What the campaign loses of it: let go now, or to be claimed back once it was paid out."""
        return self.match_cents - self.kept_of(amount_cents)

    def falls_short(self, amount_cents: int) -> bool:
        """Whether the campaign falls below its minimum with what it keeps."""
        return self.at_least_cents is not None and self.kept_of(amount_cents) < self.at_least_cents


def consequences_of(session: Session, application_id: UUID) -> Consequences:
    """See ``Consequences``; reads and changes nothing."""
    match = session.get_one(CampaignMatch, application_id)
    campaign = session.get_one(Campaign, match.campaign_id)
    is_owed = match.status in OWED_MATCH
    has_left = campaign.status == CampaignStatus.PAID_OUT or (
        is_owed and balance(session, payable(campaign.id)) < match.match_cents
    )
    return Consequences(
        match_cents=match.net_cents,
        at_least_cents=None if has_left else _at_least(session, campaign, match),
        won=campaign.status == CampaignStatus.SUCCEEDED,
        left=has_left,
        follows=match.live and match.status == MatchStatus.AWARDED,
    )


def _at_least(session: Session, campaign: Campaign, match: CampaignMatch) -> int | None:
    """How much of this match the minimum needs; None where the minimum does not rest on it."""
    if campaign.kind != CampaignKind.ALL_OR_NOTHING or campaign.minimum_cents is None:
        return None
    together_cents = raised(session, campaign.id) + live_match_cents(session, campaign.id)
    if together_cents < campaign.minimum_cents:
        return None
    needed_cents = campaign.minimum_cents - (together_cents - match.match_cents)
    return needed_cents if needed_cents > 0 else None
