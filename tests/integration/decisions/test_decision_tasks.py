"""The timetable of cases: decisions go out, terms end, and what can't go out is somebody's task."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from tests.support.factories.base import building_in
from tests.support.factories.towns import Town, town, town_divided
from tests.support.giving import alerts
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.decisions import tasks
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.terms.questions import ask_completion
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.matching.models import Application
from voorjebuurt.matching.pots.service import release_match
from voorjebuurt.settings import Settings
from voorjebuurt.worker.run_waiting import run_waiting_jobs

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
LATER = datetime(2099, 6, 1, 10, 0, tzinfo=UTC)
"""After the present of any machine: the queue itself asks the database what time it is."""
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def runtime(fresh_database: Database, settings: Settings) -> Runtime:
    return Runtime(fresh_database, settings)


@pytest.fixture
def approval(fresh_database: Database) -> tuple[Town, UUID]:
    """A decision that was approved, and its case."""
    with clock.at(LATER), fresh_database.writing() as session, building_in(session):
        case = town_divided(session)
        decision_id = case.propose(session, "award", 50_000)
        approve(session, decision_id=decision_id, recall_minutes=30, actor=case.piet)
    return case, decision_id


def status(database: Database, decision_id: UUID) -> str:
    with database.reading() as session:
        return session.get_one(Decision, decision_id).status


def test_a_decision_goes_out_by_its_own_job(
    runtime: Runtime, approval: tuple[Town, UUID], fresh_database: Database
) -> None:
    _, decision_id = approval
    with clock.at(LATER):
        run_waiting_jobs(runtime)
    assert status(fresh_database, decision_id) == "approved"
    with clock.at(LATER + HALF_AN_HOUR):
        assert all(job.error is None for job in run_waiting_jobs(runtime))
    assert status(fresh_database, decision_id) == "sent"


def test_a_sweep_sends_what_a_lost_job_left(
    runtime: Runtime, approval: tuple[Town, UUID], fresh_database: Database
) -> None:
    _, decision_id = approval
    with clock.at(LATER + HALF_AN_HOUR):
        tasks.send_due(runtime)
        tasks.send_due(runtime)
    assert status(fresh_database, decision_id) == "sent"


def test_what_can_not_go_out_becomes_a_task_once(
    runtime: Runtime, approval: tuple[Town, UUID], fresh_database: Database
) -> None:
    """The campaign failed after the approval: its match was let go."""
    case, decision_id = approval
    with fresh_database.writing() as session:
        locked_campaign(session, case.campaign.id)
        release_match(session, application_id=case.application.id, actor=SYSTEM)
    with clock.at(LATER + HALF_AN_HOUR):
        tasks.send_due(runtime)
        tasks.send_due(runtime)
    assert status(fresh_database, decision_id) == "approved"
    with fresh_database.reading() as session:
        assert alerts(session).count("decision_not_sent") == 1


def test_terms_to_complete_lapse_and_people_are_reminded(
    runtime: Runtime, fresh_database: Database
) -> None:
    with clock.at(NOW), fresh_database.writing() as session, building_in(session):
        case = town(session)
        ask_completion(
            session,
            application_id=case.application.id,
            missing="De begroting",
            until=date(2026, 6, 15),
            actor=case.olga,
        )
    with clock.at(datetime(2026, 6, 13, 6, tzinfo=UTC)):
        tasks.remind_applicants(runtime)
        tasks.lapse_completions(runtime)
    with clock.at(datetime(2026, 6, 16, 6, tzinfo=UTC)):
        tasks.lapse_completions(runtime)
    with clock.at(datetime(2026, 8, 3, 6, tzinfo=UTC)):
        tasks.remind_officers(runtime)
    with fresh_database.reading() as session:
        assert session.get_one(Application, case.application.id).status == "received"
        templates = {mail.template for mail in session.query(MailMessage)}
    assert {"completion_asked", "completion_reminder", "officer_reminder"} <= templates
