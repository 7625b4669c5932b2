"""Marks on the way of a campaign: half of the goal, the minimum, the goal. Each is told once.

What live funds reserve counts, as it does at the end. Whoever changes the money of a campaign
that runs calls ``note_marks`` with its row locked, after all that it books.
"""

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignKind, CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.ledger.queries import guarded_balance
from voorjebuurt.ledger.rules import held
from voorjebuurt.pledges import mails
from voorjebuurt.pledges.donor_news import tell_donors
from voorjebuurt.pledges.matches import live_match_total
from voorjebuurt.pledges.models import CampaignMark
from voorjebuurt.pledges.rules import Mark


class _Bar(NamedTuple):
    """What a mark takes (eurocents)."""

    cents: int
    mark: Mark


def note_marks(session: Session, campaign: Campaign) -> None:
    """Write down the marks that a campaign has come to, and tell of the highest new one."""
    bars = _bars(campaign)
    old = _old_marks(session, campaign.id)
    if campaign.status != CampaignStatus.LIVE or len(old) == len(bars):
        return
    crowd_cents = guarded_balance(session, held(campaign.id))
    match = live_match_total(session, campaign.id)
    total_cents = crowd_cents + match.match_cents
    all_marks = [bar.mark for bar in bars if total_cents >= bar.cents]
    new = [mark for mark in all_marks if mark not in old]
    if not new:
        return
    session.add_all(
        CampaignMark(campaign_id=campaign.id, mark=mark.value, reached_at=clock.now())
        for mark in new
    )
    amounts: dict[str, Any] = {
        "raised_cents": crowd_cents,
        "reserve_cents": match.match_cents - match.award_cents,
        "award_cents": match.award_cents,
        "total_cents": total_cents,
        "deadline_on": campaign.deadline_on.isoformat() if campaign.deadline_on else None,
    }
    if new[-1] == all_marks[-1]:
        mails.mark_reached(session, campaign=campaign, mark=all_marks[-1], **amounts)
    if Mark.MINIMUM in new:
        tell_donors(session, campaign_id=campaign.id, template="minimum_reached_donor", **amounts)


def _bars(campaign: Campaign) -> list[_Bar]:
    """The marks of a campaign, the lowest first. Where what comes is kept, no minimum is shown."""
    goal_cents = campaign.goal_cents or 0
    bars = [_Bar((goal_cents + 1) // 2, Mark.HALF)]
    if campaign.kind == CampaignKind.ALL_OR_NOTHING:
        bars.append(_Bar(campaign.minimum_cents or goal_cents, Mark.MINIMUM))
    # Sorting keeps the order of equals: the goal says more than the minimum, and that than half.
    return [*sorted(bars, key=lambda bar: bar.cents), _Bar(goal_cents, Mark.GOAL)]


def _old_marks(session: Session, campaign_id: UUID) -> frozenset[str]:
    statement = select(CampaignMark.mark).where(CampaignMark.campaign_id == campaign_id)
    return frozenset(session.scalars(statement))
