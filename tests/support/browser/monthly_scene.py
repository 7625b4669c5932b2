"""Monthly gifts in every state that their donors can see."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.monthly import begun, chosen, collected, planned
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import Neighbourhood
from voorjebuurt.pledges.monthly import changing
from voorjebuurt.pledges.monthly.models import MonthlyGift
from voorjebuurt.pledges.monthly.rules import MonthlyStatus, next_due


def monthly_values(
    session: Session, buurt: Neighbourhood, initiator: Person, title: str
) -> dict[str, list[dict[str, Any]]]:
    """What to fill into the addresses of their pages: running, next_one, paused, over."""
    campaign = CampaignFactory(
        status="live",
        title=title,
        neighbourhood=buurt,
        initiator=initiator,
        deadline_on=clock.today() + timedelta(days=200),
    )
    number = iter(range(9))

    def one() -> MonthlyGift:
        return begun(session, campaign, email=f"maand{next(number)}@voorbeeld.example")

    def due(monthly: MonthlyGift) -> Any:
        months = [clock.today().replace(day=1)]
        return next_due(
            day=monthly.day, until_on=monthly.until_on, today=clock.today(), months=months
        )

    running, next_one, pause, stop, failing = one(), one(), one(), one(), one()
    planned(session, next_one, due(next_one))
    collected(session, failing, due(failing), "failed")
    changing.pause(session, token=pause.token, actor=GUEST)
    changing.stop(session, token=stop.token, actor=GUEST)
    _, first = chosen(session, campaign, email="maand-eerst@voorbeeld.example")
    assert first.status == MonthlyStatus.FIRST
    session.flush()
    every = [running, next_one, pause, stop, failing, first]
    return {
        "public.show_monthly": [{"token": monthly.token} for monthly in every],
        "public.change_monthly": [{"token": next_one.token}],
        "public.stop_monthly": [{"token": running.token}],
    }
