"""Numbers of visits are added up once, and nothing of who looked is kept."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.visits.buffer import VisitKey
from voorjebuurt.campaigns.visits.models import DayVisits, VisitBatch
from voorjebuurt.campaigns.visits.queries import visits_of
from voorjebuurt.campaigns.visits.rules import VisitSource
from voorjebuurt.campaigns.visits.service import add_up_visits, forget_visits, write_visits
from voorjebuurt.kernel import clock

MAY = date(2026, 5, 1)
PAGE, SHORT = VisitSource.PAGE, VisitSource.SHORT


@pytest.fixture
def campaign_id() -> UUID:
    return uuid4()


def day_rows(session: Session) -> set[tuple[date, str, int]]:
    rows = session.execute(select(DayVisits.day, DayVisits.source, DayVisits.visits))
    return {(day, source, visits) for day, source, visits in rows}


def test_what_processes_write_is_added_up_once(session: Session, campaign_id: UUID) -> None:
    write_visits(session, {VisitKey(campaign_id, MAY, PAGE): 3})
    write_visits(
        session, {VisitKey(campaign_id, MAY, PAGE): 2, VisitKey(campaign_id, MAY, SHORT): 1}
    )
    assert add_up_visits(session) == 3
    assert add_up_visits(session) == 0
    assert day_rows(session) == {(MAY, "page", 5), (MAY, "short", 1)}
    write_visits(session, {VisitKey(campaign_id, MAY, PAGE): 4})
    assert add_up_visits(session) == 1
    assert (MAY, "page", 9) in day_rows(session)
    assert session.scalar(select(VisitBatch.id)) is None


def test_what_is_not_added_up_yet_counts_too(session: Session, campaign_id: UUID) -> None:
    write_visits(session, {VisitKey(campaign_id, MAY, PAGE): 3})
    add_up_visits(session)
    write_visits(
        session,
        {
            VisitKey(campaign_id, MAY, SHORT): 2,
            VisitKey(campaign_id, MAY + timedelta(days=2), PAGE): 1,
            VisitKey(campaign_id, MAY - timedelta(days=1), PAGE): 7,
            VisitKey(uuid4(), MAY, PAGE): 50,
        },
    )
    visits = visits_of(session, campaign_id, first=MAY, last=MAY + timedelta(days=2))
    assert [number for _, number in visits.days] == [5, 0, 1]
    assert visits.total == 6
    assert list(visits.sources) == [(PAGE, 4), (SHORT, 2)]


def test_old_numbers_are_thrown_away(session: Session, campaign_id: UUID) -> None:
    today = clock.today()
    for days in (0, 730, 731):
        write_visits(session, {VisitKey(campaign_id, today - timedelta(days=days), PAGE): 1})
    add_up_visits(session)
    forget_visits(session, days=730)
    assert {day for day, _, _ in day_rows(session)} == {today, today - timedelta(days=730)}


def test_the_tables_have_no_room_for_a_person(session: Session) -> None:
    columns = {
        table: {column["name"] for column in inspect(session.connection()).get_columns(table)}
        for table in ("visit_batches", "day_visits")
    }
    assert columns["day_visits"] == {"campaign_id", "day", "source", "visits"}
    assert columns["visit_batches"] == columns["day_visits"] | {"id"}


@pytest.mark.parametrize("values", ["'elders', 1", "'page', 0"])
def test_the_database_refuses_what_is_no_number_of_visits(session: Session, values: str) -> None:
    statement = text(
        f"INSERT INTO day_visits (campaign_id, day, source, visits)"
        f" VALUES ('{uuid4()}', '2026-05-01', {values})"
    )
    with pytest.raises(IntegrityError):
        session.execute(statement)
