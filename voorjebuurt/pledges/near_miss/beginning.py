"""The beginning of a near miss: at the last day, or when a success is taken back."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.lifecycle import move_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignKind, comes_near
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.pledges.near_miss import mails
from voorjebuurt.pledges.near_miss.models import NearMiss, NearMissLine
from voorjebuurt.pledges.near_miss.rules import NearMissCause, NearMissOutcome, NearMissState
from voorjebuurt.settings import NearMissSettings


def nearly_missed(
    session: Session,
    *,
    campaign: Campaign,
    crowd_cents: int,
    match_cents: int,
    terms: NearMissSettings,
) -> bool:
    """Give a campaign that closes below its minimum a second chance, if it comes near enough.

    Its row must be locked. Money and match stay where they are.
    """
    is_near = comes_near(
        CampaignKind(campaign.kind),
        crowd_cents=crowd_cents,
        match_cents=match_cents,
        minimum_cents=campaign.minimum_cents or 0,
        percent=terms.percent,
    )
    if is_near:
        move_campaign(session, campaign=campaign, action="nearly_miss", actor=SYSTEM)
        begin_near_miss(
            session,
            campaign=campaign,
            cause=NearMissCause.DEADLINE,
            crowd_cents=crowd_cents,
            match_cents=match_cents,
            terms=terms,
        )
    return is_near


def begin_near_miss(
    session: Session,
    *,
    campaign: Campaign,
    cause: NearMissCause,
    crowd_cents: int,
    match_cents: int,
    terms: NearMissSettings,
    near_miss_id: UUID | None = None,
) -> NearMiss:
    """Write down a near miss of a campaign that just became one, and tell its initiator.

    ``near_miss_id`` is given by who booked for it already.

    Terms end with a day in Amsterdam, as a campaign does.
    """
    near_miss = NearMiss(
        id=near_miss_id or new_id(),
        campaign_id=campaign.id,
        municipality_id=campaign.municipality_id,
        cause=cause.value,
        state=NearMissState.PLANNING.value,
        begun_at=clock.now(),
        plan_due_at=clock.end_of_day(clock.today() + timedelta(days=terms.plan_days - 1)),
        review_due_at=clock.end_of_day(clock.today() + timedelta(days=terms.review_days - 1)),
        ends_at=clock.end_of_day(clock.today() + timedelta(days=terms.days - 1)),
        begun_crowd_cents=crowd_cents,
        begun_match_cents=match_cents,
        old_minimum_cents=campaign.minimum_cents or 0,
        lines=[
            NearMissLine(position=position, label=label, old_cents=cents, new_cents=cents)
            for position, label, cents in _budget(session, campaign)
        ],
    )
    session.add(near_miss)
    session.flush()
    mails.begun(session, campaign=campaign, near_miss=near_miss)
    return near_miss


def _budget(session: Session, campaign: Campaign) -> Sequence[tuple[int, str, int]]:
    """The lines that are to be done, with their cents: what a plan changed before stays changed."""
    statement = (
        select(NearMiss)
        .where(NearMiss.campaign_id == campaign.id, NearMiss.outcome == NearMissOutcome.SUCCESS)
        .order_by(NearMiss.decided_at.desc())
        .limit(1)
    )
    before = session.scalars(statement).first()
    if before is None:
        return [(line.position, line.label, line.amount_cents) for line in campaign.budget]
    return [(line.position, line.label, line.new_cents) for line in before.lines if line.new_cents]
