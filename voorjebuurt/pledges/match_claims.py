"""Claims for match money: what counts of a gift, told to whoever matches, in one transaction.

A gift has at most one claim that stands. Whatever happens to it (a refund that we ordered or a
colleague made in the provider's dashboard, a chargeback of all or of a part, one that was
reversed), the standing claim is taken back whole, and what counts from then on is claimed anew.
So a gift of which the bank took a part counts for the rest.
"""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import REFUNDING
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.pledges.models import CampaignMatch, MatchClaim, Pledge
from voorjebuurt.pledges.rules import DECIDED_MATCH, MatchStatus


def follow_gift(session: Session, *, pledge: Pledge, campaign: Campaign, counts_cents: int) -> None:
    """Write what changed in what counts of a gift (eurocents, 0 when it went back).

    The rows of pledge and campaign must be locked. Nothing is written for a campaign that pays
    everybody back: its match is released as a whole.
    """
    if campaign.status in REFUNDING:
        return
    standing = current_match_claim(session, pledge.id)
    if standing is not None:
        if standing.amount_cents == counts_cents and standing.matchable is pledge.matchable:
            return
        back = _taken_back(standing)
        session.add(back)
        session.flush()  # A sequence gives the order: first taken back, then claimed anew.
        if counts_cents < standing.amount_cents:
            _tell_who_decided(session, back)
    if counts_cents:
        session.add(_new_claim(pledge, campaign, counts_cents))
    elif standing is None:
        return
    session.flush()
    wake_funds(session, campaign.id)


def current_match_claim(session: Session, pledge_id: UUID) -> MatchClaim | None:
    """The claim of a gift that was not taken back, if there is one."""
    last = session.scalars(
        select(MatchClaim)
        .where(MatchClaim.pledge_id == pledge_id)
        .order_by(MatchClaim.seq.desc())
        .limit(1)
    ).one_or_none()
    return last if last is not None and last.kind == "gift" else None


def _new_claim(pledge: Pledge, campaign: Campaign, cents: int) -> MatchClaim:
    return MatchClaim(
        campaign_id=campaign.id,
        municipality_id=campaign.municipality_id,
        pledge_id=pledge.id,
        kind="gift",
        amount_cents=cents,
        donor_key=pledge.donor_key or f"pledge:{pledge.id}",
        area_code=pledge.local_code,
        matchable=pledge.matchable,
        written_at=clock.now(),
    )


def _taken_back(claim: MatchClaim) -> MatchClaim:
    return MatchClaim(
        campaign_id=claim.campaign_id,
        municipality_id=claim.municipality_id,
        pledge_id=claim.pledge_id,
        kind="refund",
        amount_cents=claim.amount_cents,
        donor_key=claim.donor_key,
        area_code=claim.area_code,
        matchable=claim.matchable,
        written_at=clock.now(),
    )


def _tell_who_decided(session: Session, back: MatchClaim) -> None:
    """Alert an officer of a gift that went back after a fund with a closing date has decided.

    (Live funds find it among the claims.)
    """
    closed_matches = select(CampaignMatch).where(
        CampaignMatch.campaign_id == back.campaign_id,
        ~CampaignMatch.live,
        CampaignMatch.status.in_(sorted(DECIDED_MATCH)),
    )
    for match in session.scalars(closed_matches):
        if back.matchable:
            audit.raise_alert(
                session,
                key=f"match_after_decision:{back.id}:{match.application_id}",
                kind=AlertKind.MATCH_AFTER_DECISION,
                detail={
                    "application_id": str(match.application_id),
                    "campaign_id": str(back.campaign_id),
                    "pledge_id": str(back.pledge_id),
                    "amount_cents": back.amount_cents,
                    "match_cents": match.match_cents,
                },
            )


def wake_funds(session: Session, campaign_id: UUID) -> None:
    """Queue the allocators of the live funds that follow a campaign.

    Each claim has a job of its own: one that waits already may start before this commits, and
    would not see it. A job that finds nothing left to do is cheap.
    """
    following = select(CampaignMatch.fund_id).where(
        CampaignMatch.campaign_id == campaign_id,
        CampaignMatch.live,
        CampaignMatch.started,
        CampaignMatch.status != MatchStatus.RELEASED,
    )
    for fund_id in sorted(session.scalars(following)):
        jobs.defer(session, "matching.allocate", fund_id=str(fund_id))
