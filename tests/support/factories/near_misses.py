"""Near misses in any state, of campaigns made by their own factory."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.pledges.near_miss.models import NearMiss, NearMissLine


def near_miss(session: Session, campaign: Campaign, *, state: str, coach_id: UUID) -> NearMiss:
    """One that began two days ago; from ``review`` on with a plan that leaves out a line."""
    begun_at = clock.now() - timedelta(days=2)
    lines = [(line.position, line.label, line.amount_cents) for line in campaign.budget]
    is_planned = state != "planning"
    is_asked = state in ("asking", "closing")
    kept_cents = sum(cents for _, _, cents in lines[:1])
    minimum_cents = campaign.minimum_cents or 1
    row = NearMiss(
        campaign_id=campaign.id,
        municipality_id=campaign.municipality_id,
        cause="deadline",
        state=state,
        begun_at=begun_at,
        plan_due_at=begun_at + timedelta(days=5),
        review_due_at=begun_at + timedelta(days=9),
        ends_at=begun_at + timedelta(days=14),
        begun_crowd_cents=minimum_cents * 9 // 10,
        begun_match_cents=0,
        old_minimum_cents=minimum_cents,
        left_out="Zonder nieuwe aarde." if is_planned else "",
        budget_cents=kept_cents if is_planned else None,
        minimum_cents=min(kept_cents, minimum_cents) if is_planned else None,
        asks_rest=is_planned,
        sent_at=begun_at if is_planned else None,
        sent_by=campaign.initiator_id if is_planned else None,
        reviewed_at=begun_at if is_asked else None,
        reviewed_by=coach_id if is_asked else None,
        asked_at=begun_at if is_asked else None,
        lines=[
            NearMissLine(
                position=position,
                label=label,
                old_cents=cents,
                new_cents=0 if is_planned and number else cents,
            )
            for number, (position, label, cents) in enumerate(lines)
        ],
    )
    session.add(row)
    session.flush()
    return row
