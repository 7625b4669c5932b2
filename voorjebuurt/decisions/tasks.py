"""Timed work on cases: sending decisions, ending terms, and reminding people of what is due."""

from uuid import UUID

import structlog

from voorjebuurt.audit import service as audit
from voorjebuurt.decisions.clock import incomplete_applications, lapse_completion
from voorjebuurt.decisions.sending import due_decisions, send_decision
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.jobs import Runtime, task

_log = structlog.get_logger()


@task("decisions.send")
def send(runtime: Runtime, decision_id: str) -> None:
    """Send one approved decision whose time to be recalled is over."""
    _send(runtime, UUID(decision_id))


@task("decisions.send_due", cron="*/5 * * * *")
def send_due(runtime: Runtime) -> None:
    """Send what is due and was not sent by its own job."""
    with runtime.database.reading() as session:
        due = due_decisions(session)
    for decision_id in due:
        _send(runtime, decision_id)


def _send(runtime: Runtime, decision_id: UUID) -> None:
    """Send a decision; one that can't be carried out becomes somebody's task, once."""
    try:
        with runtime.database.writing() as session:
            sent = send_decision(session, decision_id=decision_id)
    except DomainError as error:
        _log.warning("decision_not_sent", decision_id=str(decision_id), code=error.code)
        with runtime.database.writing() as session:
            audit.raise_alert(
                session,
                key=f"decision_not_sent:{decision_id}",
                kind="decision_not_sent",
                detail={"decision_id": str(decision_id), "code": error.code},
            )
        return
    if sent:
        _log.info("decision_sent", decision_id=str(decision_id))


@task("decisions.lapse_completions", cron="7 * * * *")
def lapse_completions(runtime: Runtime) -> None:
    """Let the clock run again where the term to complete an application ended unused."""
    with runtime.database.reading() as session:
        waiting = incomplete_applications(session)
    for application_id in waiting:
        with runtime.database.writing() as session:
            lapse_completion(session, application_id=application_id)
