"""What funds did with one gift: how much, by which version of the rules, or why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.matching.models import Application, Fund, FundVersion, MatchStep
from voorjebuurt.pledges.models import CampaignMatch, MatchClaim, Pledge
from voorjebuurt.pledges.rules import DECIDED_MATCH, MatchRung, MatchStatus, match_rung

_OPEN_CAMPAIGNS = (CampaignStatus.LIVE, CampaignStatus.CLOSING)


class GiftMatchState(StrEnum):
    """What there is to tell about one fund and one gift.

    ``assigning``: in a moment. ``waiting``: no award was announced yet.
    ``later``: the fund divides after its closing date. ``granted``: divided, for the campaign as a
    whole. ``released``: nothing goes to the campaign after all.
    """

    ASSIGNING = "assigning"
    WAITING = "waiting"
    MATCHED = "matched"
    UNMATCHED = "unmatched"
    LATER = "later"
    GRANTED = "granted"
    RELEASED = "released"


@dataclass(frozen=True)
class GiftMatch:
    """What one fund did with a gift (eurocents); ``reason`` by language.

    ``reserve_cents`` is what was reserved beside the gift. ``campaign_cents`` is what the campaign
    as a whole has of the fund now, by ``rung``; ``conditional``: if the campaign succeeds.
    """

    fund_name: str
    fund_slug: str
    version: int
    state: GiftMatchState
    reserve_cents: int
    campaign_cents: int
    rung: MatchRung
    conditional: bool
    divided_after: datetime | None
    reason: dict[str, str]


def gift_matches(session: Session, token: str) -> list[GiftMatch]:
    """What each fund of its campaign did with the gift behind an unguessable link."""
    statement = (
        select(Pledge.id, CampaignMatch, Fund, FundVersion.number, Campaign.status)
        .join(CampaignMatch, CampaignMatch.campaign_id == Pledge.campaign_id)
        .join(Campaign, Campaign.id == Pledge.campaign_id)
        .join(Fund, Fund.id == CampaignMatch.fund_id)
        .join(Application, Application.id == CampaignMatch.application_id)
        .join(FundVersion, FundVersion.id == Application.version_id)
        .where(Pledge.token == token)
        .order_by(CampaignMatch.opened_at, CampaignMatch.application_id)
    )
    results = [
        _of_fund(session, pledge_id, match, fund, number, campaign_status)
        for pledge_id, match, fund, number, campaign_status in session.execute(statement)
    ]
    return [result for result in results if result is not None]


def kept_beside(session: Session, pledge_ids: Sequence[UUID]) -> dict[UUID, int]:
    """What live funds keep or granted beside each of these gifts together (eurocents).

    As the gift's own page says it, fund by fund; a gift with nothing beside it is not there.
    """
    statement = (
        select(MatchClaim.pledge_id, func.sum(MatchStep.match_cents))
        .join(MatchStep, MatchStep.claim_id == MatchClaim.id)
        .join(CampaignMatch, CampaignMatch.application_id == MatchStep.application_id)
        .where(
            MatchClaim.pledge_id.in_(pledge_ids),
            CampaignMatch.live,
            CampaignMatch.status != MatchStatus.RELEASED,
        )
        .group_by(MatchClaim.pledge_id)
    )
    sums = {pledge_id: int(cents) for pledge_id, cents in session.execute(statement)}
    return {pledge_id: cents for pledge_id, cents in sums.items() if cents}


def _of_fund(
    session: Session,
    pledge_id: UUID,
    match: CampaignMatch,
    fund: Fund,
    version: int,
    campaign_status: str,
) -> GiftMatch | None:
    cents, reason, waits = _steps(session, pledge_id, match)
    is_decided = match.status in DECIDED_MATCH
    state = GiftMatchState.MATCHED if cents else GiftMatchState.UNMATCHED
    if match.status == MatchStatus.RELEASED:
        if not cents:
            return None
        state = GiftMatchState.RELEASED
    elif not match.live:
        state = GiftMatchState.GRANTED if is_decided else GiftMatchState.LATER
        cents = 0
    elif not match.started:
        if campaign_status not in _OPEN_CAMPAIGNS:
            return None
        state = GiftMatchState.WAITING
    elif waits:
        state = GiftMatchState.ASSIGNING
    elif reason is None:
        return None
    return GiftMatch(
        fund_name=fund.name,
        fund_slug=fund.slug,
        version=version,
        state=state,
        reserve_cents=cents,
        campaign_cents=match.net_cents,
        rung=match_rung(match.status, match.settled_cents),
        conditional=match.status == MatchStatus.AWARDED,
        divided_after=fund.closes_at,
        reason=reason or {},
    )


def _steps(
    session: Session, pledge_id: UUID, match: CampaignMatch
) -> tuple[int, dict[str, str] | None, bool]:
    """A gift's match in eurocents, the last step's reason, and whether claims are waiting."""
    of_match = and_(
        MatchStep.claim_id == MatchClaim.id, MatchStep.application_id == match.application_id
    )
    rows = session.execute(
        select(MatchClaim.seq, MatchStep.match_cents, MatchStep.reason)
        .outerjoin(MatchStep, of_match)
        .where(MatchClaim.pledge_id == pledge_id)
        .order_by(MatchClaim.seq)
    ).all()
    rows_with_step = [row for row in rows if row.match_cents is not None]
    reason = dict(rows_with_step[-1].reason) if rows_with_step else None
    return (
        sum(row.match_cents for row in rows_with_step),
        reason,
        any(row.seq > match.mark_seq for row in rows),
    )
