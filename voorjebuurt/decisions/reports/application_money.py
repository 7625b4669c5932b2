"""What the money of an application is now: the one place that screens and exports read it from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.rules.kinds import AWARDS, DecisionStatus
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import clawback_receivable
from voorjebuurt.matching.models import PotMove
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import (
    DECIDED_MATCH,
    OWED_MATCH,
    MatchRung,
    MatchStatus,
    match_rung,
)


@dataclass(frozen=True)
class ApplicationMoney:
    """The money of one application (eurocents), and how certain it is.

    ``net_cents`` holds now, by ``rung``. ``award_cents`` is what the last award said, 0 without
    one; of a live fund, that awards a maximum, what its rule makes of it; ``settled_cents`` what a
    determination or withdrawal made of it. Of what was taken off, the initiator has
    ``overpaid_cents`` that may still be claimed back; ``clawback_cents`` were claimed, and of those
    ``due_cents`` have not come in. ``public``: what is set apart at the proposal of a round is for
    officers only before it is decided. ``paid``: it was paid out; ``conditional``: it was awarded,
    if the campaign succeeds; of a live fund up to ``maximum_cents``, until the amount is fixed.
    """

    net_cents: int
    rung: MatchRung
    award_cents: int
    settled_cents: int | None
    overpaid_cents: int
    clawback_cents: int
    due_cents: int
    public: bool
    paid: bool
    conditional: bool = False
    maximum_cents: int | None = None

    @property
    def most_cents(self) -> int:
        """What it is, or may still become under the award of a maximum: what aid is counted by."""
        return max(self.net_cents, self.maximum_cents or 0)

    @property
    def shown_cents(self) -> int:
        """What the applicant may see of it."""
        return self.net_cents if self.public else 0

    @property
    def reduced(self) -> bool:
        """Whether less is left than was awarded."""
        return self.net_cents < self.award_cents


_last_award = (
    select(Decision.amount_cents)
    .where(
        Decision.application_id == CampaignMatch.application_id,
        Decision.status == DecisionStatus.SENT,
        Decision.kind.in_([kind.value for kind in AWARDS]),
    )
    .order_by(Decision.sent_at.desc(), Decision.id.desc())
    .limit(1)
    .scalar_subquery()
)
_clawbacks = (
    select(func.coalesce(-func.sum(PotMove.cents), 0))
    .where(
        PotMove.application_id == CampaignMatch.application_id,
        PotMove.kind.in_(["claw_back", "claw_back_undone"]),
    )
    .scalar_subquery()
)


def money_of(
    session: Session, application_ids: Collection[UUID]
) -> Mapping[UUID, ApplicationMoney]:
    """The money of these applications, by id."""
    statement = (
        select(CampaignMatch, Campaign.status.label("campaign"), _last_award, _clawbacks)
        .join(Campaign, Campaign.id == CampaignMatch.campaign_id)
        .where(CampaignMatch.application_id.in_(application_ids))
    )
    return {row[0].application_id: _money(session, row) for row in session.execute(statement)}


def application_money(session: Session, application_id: UUID) -> ApplicationMoney:
    """The same of one application. Raises ``KeyError`` for one without a match."""
    return money_of(session, [application_id])[application_id]


def _money(session: Session, row: Row[*tuple[Any, ...]]) -> ApplicationMoney:
    match, campaign_status, award_cents, clawback_cents = row
    is_owed = match.status in OWED_MATCH
    due_cents = balance(session, clawback_receivable(match.application_id)) if clawback_cents else 0
    if match.live and match.status == MatchStatus.AWARDED:
        award_cents = match.match_cents
    elif match.fixed_cents is not None:
        award_cents = match.fixed_cents
    return ApplicationMoney(
        net_cents=match.net_cents,
        rung=match_rung(match.status, match.settled_cents),
        award_cents=award_cents or 0,
        settled_cents=match.settled_cents,
        overpaid_cents=match.match_cents - match.net_cents,
        clawback_cents=int(clawback_cents),
        due_cents=due_cents,
        public=match.live or match.status in DECIDED_MATCH,
        paid=is_owed and campaign_status == CampaignStatus.PAID_OUT,
        conditional=match.status == MatchStatus.AWARDED,
        maximum_cents=match.maximum_cents if match.status == MatchStatus.AWARDED else None,
    )
