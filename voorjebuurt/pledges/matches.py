"""What funds keep ready for campaigns, as pledges know it: sums and states, no rules."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import jobs
from voorjebuurt.pledges.models import CampaignMatch, MatchClaim
from voorjebuurt.pledges.plan_match import plan_budget, shown_sums
from voorjebuurt.pledges.rules import DECIDED_MATCH, PROMISED_MATCH, MatchStatus


class MatchRow(NamedTuple):
    """What one fund does for a campaign (eurocents)."""

    application_id: UUID
    fund_id: UUID
    fund_name: str
    live: bool
    prepaid: bool
    status: str
    match_cents: int


class MatchTotal(NamedTuple):
    """What funds add to a campaign now (eurocents), net of what must come back.

    Of it officers awarded ``award_cents``, and of that they determined ``settled_cents``.
    """

    match_cents: int = 0
    award_cents: int = 0
    settled_cents: int = 0


_not_released = CampaignMatch.status != MatchStatus.RELEASED


def matches_of(session: Session, campaign_id: UUID) -> Sequence[MatchRow]:
    """The funds that help a campaign, or were asked to; none that was released."""
    columns = (getattr(CampaignMatch, name) for name in MatchRow._fields)
    statement = select(*columns).where(CampaignMatch.campaign_id == campaign_id, _not_released)
    by_age = statement.order_by(CampaignMatch.opened_at, CampaignMatch.application_id)
    return [MatchRow._make(row) for row in session.execute(by_age)]


SHOWN_MATCH = or_(
    and_(CampaignMatch.live, _not_released), CampaignMatch.status.in_(sorted(DECIDED_MATCH))
)
"""Match that everybody may see: what officers awarded, and what live funds kept before there was an
award, from the time when they did.

What is set apart at the proposal of a round is nobody's business until it is decided.
"""


AWARD_MATCH = CampaignMatch.status.in_(sorted(DECIDED_MATCH))
"""Match that two officers awarded; the rest of what is shown is reserved only."""
SETTLED_MATCH = and_(AWARD_MATCH, CampaignMatch.settled_cents.is_not(None))
"""Match of which they decided as well what the campaign may keep of it."""


def match_totals(
    session: Session, campaign_ids: Sequence[UUID], *, crowd: Mapping[UUID, int] | None = None
) -> Mapping[UUID, MatchTotal]:
    """The match that everybody may see, in eurocents; every id is in the answer.

    With what neighbours gave (``crowd``, eurocents): while donors choose about a smaller plan, what
    that needs of it.
    """
    totals = dict.fromkeys(campaign_ids, MatchTotal())
    if campaign_ids:
        cents = func.sum(CampaignMatch.net_cents)
        award = func.coalesce(cents.filter(AWARD_MATCH), 0)
        final = func.coalesce(cents.filter(SETTLED_MATCH), 0)
        statement = (
            select(
                CampaignMatch.campaign_id,
                plan_budget(CampaignMatch.campaign_id, correlate=CampaignMatch),
                cents,
                award,
                final,
            )
            .where(CampaignMatch.campaign_id.in_(campaign_ids), SHOWN_MATCH)
            .group_by(CampaignMatch.campaign_id)
        )
        for campaign_id, plan_cents, *sums in session.execute(statement):
            parts = [int(part) for part in sums]
            if crowd is not None:
                crowd_cents = crowd[campaign_id]
                parts = shown_sums(parts, crowd_cents=crowd_cents, plan_cents=plan_cents)
            totals[campaign_id] = MatchTotal(*parts)
    return totals


def live_match_total(session: Session, campaign_id: UUID) -> MatchTotal:
    """The match that counts for a campaign's minimum: under an award that was announced.

    Of a fund with a closing date, only what was awarded before the campaign's last day was over.
    """
    statement = (
        select(func.coalesce(func.sum(CampaignMatch.match_cents), 0))
        .join(Campaign, Campaign.id == CampaignMatch.campaign_id)
        .where(
            CampaignMatch.campaign_id == campaign_id,
            AWARD_MATCH,
            or_(CampaignMatch.live, CampaignMatch.granted_at < Campaign.closes_at),
        )
    )
    cents = int(session.scalar(statement) or 0)
    return MatchTotal(cents, cents)


def live_match_cents(session: Session, campaign_id: UUID) -> int:
    """The same as one sum, in eurocents."""
    return live_match_total(session, campaign_id).match_cents


def match_claims_wait(session: Session, campaign_id: UUID) -> bool:
    """Whether a live fund that follows a campaign has gifts of it that it did not deal with."""
    statement = select(
        exists().where(
            CampaignMatch.campaign_id == campaign_id,
            CampaignMatch.live,
            CampaignMatch.started,
            CampaignMatch.status == MatchStatus.AWARDED,
            MatchClaim.campaign_id == campaign_id,
            MatchClaim.seq > CampaignMatch.mark_seq,
        )
    )
    return bool(session.scalar(statement))


def end_matches(session: Session, campaign_id: UUID) -> None:
    """Queue what becomes of a campaign's matches now that it is over, if it has any."""
    application_ids = select(CampaignMatch.application_id).where(
        CampaignMatch.campaign_id == campaign_id, CampaignMatch.status.in_(sorted(PROMISED_MATCH))
    )
    if session.scalars(application_ids.limit(1)).first() is not None:
        jobs.defer(session, "matching.campaign_ended", campaign_id=str(campaign_id))
