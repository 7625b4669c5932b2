"""What people typed never stands in a log, an alert or an error, whatever goes wrong."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from tests.support.factories.people import PersonFactory
from tests.support.fixtures_site import Committing
from tests.support.jobs import run_and_report
from voorjebuurt.audit.models import Alert
from voorjebuurt.kernel import logs
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import TASKS, Runtime, Task, defer
from voorjebuurt.settings import Settings

ADDRESS, NAME = "truus.geheim@voorbeeld.example", "Truus Geheim"
INSERT = text(
    "INSERT INTO persons (id, email, name, locale, session_version, created_at)"
    " VALUES (:id, :email, :name, 'nl', 1, now())"
)
FAULTS = {
    "a key twice": INSERT,
    "a row that breaks a rule": text(
        "INSERT INTO persons (id, email, name, locale, session_version, created_at)"
        " VALUES (:id, :email, :name, NULL, 1, now())"
    ),
    "a text that is no number": text("SELECT CAST(:email AS integer), :id, :name"),
}
ERRORS = dict(
    zip(FAULTS, ("UniqueViolation", "NotNullViolation", "InvalidTextRepresentation"), strict=True)
)


def fail(session: Session, fault: str) -> None:
    """Make the database refuse a statement with somebody's name and address in it."""
    session.execute(FAULTS[fault], {"id": uuid4(), "email": ADDRESS, "name": NAME})


@pytest.fixture(params=["production", "development"])
def logging(
    request: pytest.FixtureRequest,
    settings: Settings,
    app: Flask,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[None]:
    """The log as it is written there: to stderr, which ``capsys`` took over before."""
    logs.configure(replace(settings, environment=request.param))
    yield
    logs.configure(settings)


@pytest.fixture(autouse=True)
def truus(committing: Committing) -> None:
    with committing():
        PersonFactory(email=ADDRESS, name=NAME)


@pytest.mark.parametrize("fault", FAULTS)
def test_an_error_names_the_fault_and_no_values(fresh_database: Database, fault: str) -> None:
    with pytest.raises(DBAPIError) as refusal, fresh_database.writing() as session:
        fail(session, fault)
    assert type(refusal.value.orig).__name__ == ERRORS[fault]
    error: BaseException | None = refusal.value
    while error is not None:
        for text_of_error in (str(error), repr(error), repr(error.args)):
            assert "geheim" not in text_of_error.lower()
        error = error.__cause__ or error.__context__


def test_which_constraint_it_was_can_still_be_asked(fresh_database: Database) -> None:
    with pytest.raises(IntegrityError) as refusal, fresh_database.writing() as session:
        fail(session, "a key twice")
    assert "persons_email" in refusal.value.orig.diag.constraint_name  # type: ignore[union-attr]
    assert "duplicate key value violates" in str(refusal.value)


@pytest.mark.usefixtures("logging")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_page_that_fails_logs_none(
    app: Flask,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    fresh_database: Database,
    capsys: pytest.CaptureFixture[str],
    fault: str,
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def break_down(**_: object) -> None:
        with fresh_database.writing() as session:
            fail(session, fault)

    monkeypatch.setitem(app.view_functions, "auth.show_sign_in", break_down)
    answer = client.post("/inloggen", data={"email": ADDRESS, "name": NAME})

    log = capsys.readouterr().err
    assert answer.status_code == 500
    assert "defect" in log
    assert "break_down" in log, "the traceback is there"
    assert "geheim" not in (log + answer.text).lower()


@pytest.mark.usefixtures("logging")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_job_that_fails_logs_none_and_alerts_without(
    fresh_database: Database,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fault: str,
) -> None:
    def break_down(runtime: Runtime) -> None:
        with runtime.database.writing() as session:
            fail(session, fault)

    name = "people.fail"
    monkeypatch.setitem(TASKS, name, Task(name, break_down, cron=None, max_attempts=1))
    with fresh_database.writing() as session:
        defer(session, name)
    run_and_report(fresh_database, settings)

    log = capsys.readouterr().err
    with fresh_database.reading() as session:
        (detail,) = session.scalars(select(Alert.detail)).all()
    assert "job_failed" in log
    assert "geheim" not in (log + str(detail)).lower()
