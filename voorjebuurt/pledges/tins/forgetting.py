"""Names of who gave in cash are kept for the list of what goes back, and no longer than that."""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.pledges.tins.models import CashGift
from voorjebuurt.pledges.tins.rules import CashState

KEPT = timedelta(days=365)
_SETTLED = (CashState.BANK.value, CashState.HOME.value, CashState.VOID.value)


def forget_names(session: Session) -> None:
    """Forget the names of cash that counted or went home, a year after its campaign's end.

    Cash that somebody must still get back keeps its name.
    """
    over = select(Campaign.id).where(Campaign.decided_at < clock.now() - KEPT)
    session.execute(
        update(CashGift)
        .where(CashGift.name != "", CashGift.state.in_(_SETTLED), CashGift.campaign_id.in_(over))
        .values(name="")
    )
