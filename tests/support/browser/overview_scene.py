"""A campaign with visits and others like it that made it, for the pages of who runs it."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from tests.support.browser.long_words import LONG_NAME, LONG_WORD, MILLIONS, Values
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.pledges import PledgeFactory
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.visits.buffer import VisitKey
from voorjebuurt.campaigns.visits.rules import VisitSource
from voorjebuurt.campaigns.visits.service import write_visits
from voorjebuurt.kernel import clock
from voorjebuurt.pledges.comparison.rules import FEWEST
from voorjebuurt.pledges.comparison.service import renew_comparison


def overview_values(session: Session, campaigns: dict[Any, Campaign]) -> dict[str, list[Values]]:
    """Gifts with long words, visits from everywhere, and what half of the others had."""
    by_state = {str(state): campaign for state, campaign in campaigns.items()}
    live = by_state["live"]
    live.opened_at = clock.now() - timedelta(days=20)
    PledgeFactory(campaign=live, name=LONG_NAME, message=LONG_WORD, amount_cents=MILLIONS)
    PledgeFactory(campaign=live, status="refunded", refund_reason="donor")
    for _ in range(FEWEST):
        CampaignFactory(
            status="succeeded",
            opened_at=clock.now() - timedelta(days=50),
            deadline_on=clock.today() - timedelta(days=2),
            decided_at=clock.now(),
            goal_cents=live.goal_cents,
            minimum_cents=live.minimum_cents,
        )
    renew_comparison(session)
    today = clock.today()
    keys = {
        VisitKey(live.id, today - timedelta(days=days), source): 10_000 // (days + 1)
        for days in range(14)
        for source in VisitSource
    }
    write_visits(session, keys)
    public = [{"campaign_id": by_state[s].id} for s in ("live", "near_miss", "succeeded", "failed")]
    return {"resident.list_gifts": public, "resident.show_money": public}
