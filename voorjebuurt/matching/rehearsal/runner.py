"""The rehearsal itself, as a job: look up the facts, decide by both rules, keep what came of it."""

from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.catalogues import languages
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.matching.funds.rehearsals import note_rehearsal
from voorjebuurt.matching.models import Rehearsal
from voorjebuurt.matching.rehearsal import report
from voorjebuurt.matching.rehearsal.comparison import Beside, rehearse
from voorjebuurt.matching.rehearsal.context import beside_of, files_behind
from voorjebuurt.matching.rehearsal.inputs import parse_all, read_all
from voorjebuurt.matching.rehearsal.past_campaigns import past_facts
from voorjebuurt.matching.rehearsal.states import (
    REHEARSAL_TRANSITIONS,
    Failure,
    RehearsalStatus,
    Source,
)
from voorjebuurt.rulebook.parsing.faults import Fault, RefusedError

_STARTED, _GATHERED, _READ, _DECIDED = 5, 15, 30, 90


class _Asked(NamedTuple):
    """What a rehearsal was asked to do."""

    municipality_id: UUID | None
    rules: str
    against: str | None
    past: bool
    facts: str | None


class _Gathered(NamedTuple):
    """The facts, with what is known beside them. ``files`` are the official files behind them."""

    text: str
    sha256: str | None
    applications: int
    beside: Beside
    files: list[dict[str, object]]


def run_rehearsal(runtime: Runtime, rehearsal_id: UUID) -> None:
    """Run one that waits, or whose worker was killed; nothing when it is over. Safe to repeat."""
    database = runtime.database
    asked = _start(database, rehearsal_id)
    if asked is None:
        return
    try:
        _run(runtime, rehearsal_id, asked)
    except RefusedError as refused:
        _fail(database, rehearsal_id, Failure.REFUSED, refused.faults)
    except Exception:
        # Whoever waits for it must be told; the job's own error is for the log.
        _fail(database, rehearsal_id, Failure.BROKEN)
        raise


def _run(runtime: Runtime, rehearsal_id: UUID, asked: _Asked) -> None:
    database = runtime.database
    progress = _progress(database, rehearsal_id)
    gathered = _gather(runtime, asked)
    if not gathered.applications:
        _fail(database, rehearsal_id, Failure.NO_CAMPAIGNS)
        return
    progress(_GATHERED)
    given = {"rules": asked.rules, "facts": gathered.text}
    if asked.against is not None:
        given["against"] = asked.against
    parsed = parse_all(given)
    indicators = runtime.settings.matching.indicators
    read = read_all(parsed["rules"], parsed.get("against"), parsed["facts"], indicators=indicators)
    progress(_READ)
    step = (_DECIDED - _READ) / 100
    found = rehearse(
        *read, beside=gathered.beside, progress=lambda done: progress(_READ + int(done * step))
    )
    _finish(database, rehearsal_id, gathered, report.as_json(found))


def _gather(runtime: Runtime, asked: _Asked) -> _Gathered:
    settings = runtime.settings
    indicators = settings.matching.indicators
    with runtime.database.snapshot() as session:
        text, sha256 = asked.facts or "", None
        if asked.past and asked.municipality_id is not None:
            found = past_facts(
                session,
                municipality_id=asked.municipality_id,
                indicators=indicators,
                secret=settings.secret_key,
            )
            text, sha256 = found.text, found.sha256
        facts = parse_all({"facts": text})["facts"]
        return _Gathered(
            text,
            sha256,
            len(facts["applications"]),
            beside_of(session, facts, past=asked.past),
            files_behind(session, facts, indicators) if asked.past else [],
        )


def _start(database: Database, rehearsal_id: UUID) -> _Asked | None:
    with database.writing() as session:
        rehearsal = session.get_one(Rehearsal, rehearsal_id, with_for_update=True)
        if rehearsal.status in (RehearsalStatus.DONE, RehearsalStatus.FAILED):
            return None
        _move(rehearsal, "start")
        rehearsal.progress = _STARTED
        return _Asked(
            rehearsal.municipality_id,
            rehearsal.rules,
            rehearsal.against,
            rehearsal.source == Source.PAST,
            rehearsal.facts,
        )


def _progress(database: Database, rehearsal_id: UUID) -> Callable[[int], None]:
    def tell(percent: int) -> None:
        with database.writing() as session:
            session.execute(
                update(Rehearsal)
                .where(
                    Rehearsal.id == rehearsal_id,
                    Rehearsal.status == RehearsalStatus.RUNNING.value,
                )
                .values(progress=percent)
            )

    return tell


def _finish(
    database: Database, rehearsal_id: UUID, gathered: _Gathered, outcome: dict[str, object]
) -> None:
    with database.writing() as session:
        rehearsal = session.get_one(Rehearsal, rehearsal_id, with_for_update=True)
        _move(rehearsal, "finish")
        if gathered.sha256 is not None:
            rehearsal.facts, rehearsal.facts_sha256 = gathered.text, gathered.sha256
        rehearsal.outcome = {**outcome, "files": gathered.files}
        rehearsal.progress, rehearsal.finished_at = 100, clock.now()
        _record(session, rehearsal, "rehearsal.done")
        session.flush()
        note_rehearsal(session, rehearsal_id=rehearsal_id)


def _fail(
    database: Database, rehearsal_id: UUID, failure: Failure, faults: tuple[Fault, ...] = ()
) -> None:
    with database.writing() as session:
        rehearsal = session.get_one(Rehearsal, rehearsal_id, with_for_update=True)
        _move(rehearsal, "fail")
        rehearsal.failure, rehearsal.finished_at = failure.value, clock.now()
        rehearsal.faults = [
            {"path": fault.path, **{language: fault.message(language) for language in languages()}}
            for fault in faults
        ]
        _record(session, rehearsal, "rehearsal.failed")


def _move(rehearsal: Rehearsal, action: str) -> None:
    state = RehearsalStatus(rehearsal.status)
    rehearsal.status = REHEARSAL_TRANSITIONS.after(state, action).value


def _record(session: Session, rehearsal: Rehearsal, action: str) -> None:
    audit.record(
        session,
        actor=SYSTEM,
        action=action,
        subject_kind="rehearsal",
        subject_id=rehearsal.id,
        municipality_id=rehearsal.municipality_id,
        reason=rehearsal.failure or None,
        detail={"rules": rehearsal.ruleset_sha256, "facts": rehearsal.facts_sha256},
    )
