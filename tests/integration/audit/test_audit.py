"""The audit trail tells deeds; an alert is raised and resolved once."""

from datetime import timedelta
from typing import cast

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.factories.people import PersonFactory
from voorjebuurt.audit import queries, service
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.audit.queries import EventFilter
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.ids import new_id


def test_a_deed_tells_who_what_and_why(session: Session) -> None:
    person, subject = PersonFactory(), new_id()
    service.record(
        session,
        actor=Actor("person", person.id),
        action=Action.CAMPAIGN_CANCELLED,
        subject=Subject(SubjectKind.CAMPAIGN, subject, detail={"number": 7}),
        reason="the square was sold",
        detail={"from": "live"},
    )
    session.flush()
    (event,) = queries.trail(session, SubjectKind.CAMPAIGN, subject)
    assert (event.actor_kind, event.actor_id) == ("person", person.id)
    assert (event.action, event.reason) == ("campaign.cancelled", "the square was sold")
    assert event.detail == {"number": 7, "from": "live"}


def test_an_alert_is_raised_once_and_resolved_once(session: Session) -> None:
    staff = Actor("person", PersonFactory().id)
    assert service.raise_alert(session, key="x:1", kind=AlertKind.JOB_FAILED, detail={}) is True
    assert service.raise_alert(session, key="x:1", kind=AlertKind.JOB_FAILED, detail={}) is False
    (alert,) = queries.open_alerts(session)
    service.resolve_alert(session, alert_id=alert.id, resolution="phoned", actor=staff)
    session.flush()
    assert queries.open_alerts(session) == []
    with pytest.raises(DomainError, match="alert_already_resolved"):
        service.resolve_alert(session, alert_id=alert.id, resolution="again", actor=staff)


def test_what_happens_again_after_its_alert_was_closed_opens_another(session: Session) -> None:
    staff = Actor("person", PersonFactory().id)
    for turn in ("first", "second"):
        assert service.raise_alert(session, key="x:1", kind=AlertKind.JOB_FAILED, detail={})
        assert not service.raise_alert(session, key="x:1", kind=AlertKind.JOB_FAILED, detail={})
        (alert,) = queries.open_alerts(session)
        service.resolve_alert(session, alert_id=alert.id, resolution=turn, actor=staff)
        session.flush()
    assert len(queries.resolved_alerts(session, limit=9)) == 2


def test_what_happens_again_while_its_alert_is_open_leaves_a_trace(session: Session) -> None:
    moment = clock.now()
    for number in range(13):
        with clock.at(moment + timedelta(hours=number)):
            detail = {"error": f"fault {number}"}
            service.raise_alert(session, key="x:1", kind=AlertKind.JOB_FAILED, detail=detail)
    (alert,) = queries.open_alerts(session)
    assert (alert.times, alert.last_at) == (13, moment + timedelta(hours=12))
    assert (alert.raised_at, alert.detail) == (moment, {"error": "fault 0"})
    details = [again["detail"]["error"] for again in alert.recurrences]
    assert details == [f"fault {number}" for number in range(3, 13)], "the latest ten"


def test_the_same_occurrence_heard_of_again_happened_once(session: Session) -> None:
    for occurrence in ("€ 12", "€ 12", "€ 13"):
        service.raise_alert(
            session,
            key="payment:1",
            kind=AlertKind.PAYMENT_AMOUNT,
            detail={"received": occurrence},
            occurrence=occurrence,
        )
    (alert,) = queries.open_alerts(session)
    assert alert.times == 2
    assert [again["detail"] for again in alert.recurrences] == [{"received": "€ 13"}]


def test_what_is_only_heard_of_again_stays_closed(session: Session) -> None:
    staff = Actor("person", PersonFactory().id)

    def hear(occurrence: str) -> bool:
        return service.raise_alert(
            session,
            key="payment:1",
            kind=AlertKind.PAYMENT_AMOUNT,
            detail={},
            occurrence=occurrence,
        )

    assert hear("€ 12")
    (alert,) = queries.open_alerts(session)
    service.resolve_alert(session, alert_id=alert.id, resolution="paid back", actor=staff)
    session.flush()
    assert not hear("€ 12")
    assert hear("€ 13")


def test_a_bare_text_is_not_written(session: Session) -> None:
    subject = Subject(SubjectKind.CAMPAIGN, new_id())
    with pytest.raises(AttributeError):
        service.record(
            session, actor=SYSTEM, action=cast(Action, "campaign.cancelled"), subject=subject
        )


def test_a_filter_finds_rows_of_before_the_grammar(session: Session) -> None:
    subject = Subject(SubjectKind.APPLICATION, new_id())
    for text in ("decision.propose", "decision.send", "application.propose"):
        session.add(
            AuditEvent(
                at=clock.now(),
                actor_kind="system",
                action=text,
                subject_kind=subject.kind.value,
                subject_id=subject.id,
            )
        )
        session.flush()
    service.record(session, actor=SYSTEM, action=Action.DECISION_PROPOSED, subject=subject)
    session.flush()

    def texts(filters: EventFilter) -> list[str]:
        return sorted(event.action for event in queries.find_events(session, filters, limit=9))

    assert texts(EventFilter(topic="decision")) == [
        "decision.propose",
        "decision.proposed",
        "decision.send",
    ]
    assert texts(EventFilter(topic="application")) == ["application.propose"]
    assert texts(EventFilter(topic="payment")) == []
    proposals = select(AuditEvent.action).where(queries.is_one_of([Action.DECISION_PROPOSED]))
    assert sorted(session.scalars(proposals)) == ["decision.propose", "decision.proposed"]
