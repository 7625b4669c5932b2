"""Alerts about payments: once for each piece of news, however often it is fetched."""

from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.giving import attempt, pledge, tell
from voorjebuurt.audit.queries import open_alerts
from voorjebuurt.audit.service import resolve_alert


def test_news_that_is_fetched_again_does_not_open_a_closed_alert(session: Session) -> None:
    payment = attempt(session, pledge(session, CampaignFactory(status="live")))
    staff = actor_of(PersonFactory(), "staff")
    for cents, expected in ((100, 1), (100, 0), (200, 1)):
        tell(session, payment, "open", amount_cents=cents)
        alerts = open_alerts(session)
        assert len(alerts) == expected
        for alert in alerts:
            resolve_alert(session, alert_id=alert.id, resolution="Gebeld.", actor=staff)
            session.flush()
