"""The audit trail tells deeds; an alert is raised and resolved once."""

import pytest
from sqlalchemy.orm import Session

from tests.support.factories.people import PersonFactory
from voorjebuurt.audit import queries, service
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.ids import new_id


def test_a_deed_tells_who_what_and_why(session: Session) -> None:
    person, subject = PersonFactory(), new_id()
    service.record(
        session,
        actor=Actor("person", person.id),
        action="campaign.cancel",
        subject_kind="campaign",
        subject_id=subject,
        reason="the square was sold",
        detail={"from": "live"},
    )
    session.flush()
    (event,) = queries.trail(session, "campaign", subject)
    assert (event.actor_kind, event.actor_id) == ("person", person.id)
    assert (event.action, event.reason) == ("campaign.cancel", "the square was sold")
    assert event.detail == {"from": "live"}


def test_an_alert_is_raised_once_and_resolved_once(session: Session) -> None:
    staff = Actor("person", PersonFactory().id)
    assert service.raise_alert(session, key="x:1", kind="test", detail={}) is True
    assert service.raise_alert(session, key="x:1", kind="test", detail={}) is False
    (alert,) = queries.open_alerts(session)
    service.resolve_alert(session, alert_id=alert.id, resolution="phoned", actor=staff)
    session.flush()
    assert queries.open_alerts(session) == []
    with pytest.raises(DomainError, match="alert_already_resolved"):
        service.resolve_alert(session, alert_id=alert.id, resolution="again", actor=staff)
