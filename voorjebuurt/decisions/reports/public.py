"""What everybody may read of a fund's decisions: about campaigns, never about a person."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import PUBLIC
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.proof.revocations import Revocation, revocations
from voorjebuurt.decisions.reports.queries import is_maximum
from voorjebuurt.decisions.rules.kinds import GRANTS
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import Application, FundVersion
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import UNDECIDED_MATCH


class PublicDecision(NamedTuple):
    """A decision that was sent (eurocents). ``slug`` is that of a campaign with a public page.

    ``net_cents`` is what holds now of an award; None for what is no award, and while the campaign
    is decided on again. ``expired``: it ended because the campaign did not succeed. ``is_maximum``:
    the amount is what a live fund gives at most. ``revocation``: what took the decision away since.
    """

    sent_at: datetime
    kind: str
    claim_cents: int
    amount_cents: int
    grounds: list[str]
    campaign: str
    slug: str | None
    version: int
    net_cents: int | None
    expired: bool
    is_maximum: bool
    revocation: Revocation | None = None


_decisions_sent = (
    select(
        Decision.id,
        Decision.application_id,
        Decision.sent_at,
        Decision.kind,
        Decision.claim_cents,
        Decision.amount_cents,
        Decision.grounds,
        Campaign.title,
        Campaign.slug,
        FundVersion.number,
        Campaign.status,
        Application.status.label("application_status"),
        CampaignMatch.status.label("match_status"),
        CampaignMatch.net_cents.label("net_cents"),
        is_maximum.label("is_maximum"),
    )
    .join(Application, Application.id == Decision.application_id)
    .join(FundVersion, FundVersion.id == Application.version_id)
    .join(Campaign, Campaign.id == Application.campaign_id)
    .join(CampaignMatch, CampaignMatch.application_id == Application.id)
    .where(Decision.status == "sent")
    .order_by(Decision.sent_at.desc(), Decision.id.desc())
)


def decisions_of_fund(session: Session, fund_id: UUID) -> Sequence[PublicDecision]:
    """Every decision that was sent, the latest first."""
    public = {status.value for status in PUBLIC}
    rows = session.execute(_decisions_sent.where(Decision.fund_id == fund_id)).all()
    revocation_by_id = revocations(session, {row.application_id for row in rows})
    return [
        PublicDecision(
            sent_at=row.sent_at,
            kind=row.kind,
            claim_cents=row.claim_cents,
            amount_cents=row.amount_cents,
            grounds=row.grounds,
            campaign=row.title,
            slug=row.slug if row.status in public else None,
            version=row.number,
            net_cents=(
                None
                if row.id in revocation_by_id
                else _net(row.kind, row.match_status, row.net_cents)
            ),
            expired=row.application_status == ApplicationStatus.EXPIRED,
            is_maximum=row.is_maximum,
            revocation=revocation_by_id.get(row.id),
        )
        for row in rows
    ]


def _net(kind: str, match_status: str, net_cents: int) -> int | None:
    is_final = match_status not in UNDECIDED_MATCH
    return net_cents if kind in GRANTS and is_final else None
