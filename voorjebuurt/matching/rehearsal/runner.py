"""The rehearsal itself, as a job: look up the facts, decide by both rules, keep what came of it."""

from collections.abc import Callable, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import update

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.matching.funds.rehearsals import note_rehearsal
from voorjebuurt.matching.models import Rehearsal
from voorjebuurt.matching.rehearsal.comparison import Beside
from voorjebuurt.matching.rehearsal.computing import (
    Computing,
    ComputingRefusedError,
    TooLongError,
    compute,
    fault_rows,
)
from voorjebuurt.matching.rehearsal.context import beside_of, files_behind
from voorjebuurt.matching.rehearsal.inputs import parse_all
from voorjebuurt.matching.rehearsal.past_campaigns import past_facts
from voorjebuurt.matching.rehearsal.requests import rehearsal_subject
from voorjebuurt.matching.rehearsal.states import (
    REHEARSAL_TRANSITIONS,
    Failure,
    RehearsalStatus,
    Source,
)
from voorjebuurt.rulebook.parsing.faults import RefusedError

_STARTED, _GATHERED, _DECIDED = 5, 15, 90


class _Order(NamedTuple):
    """What a rehearsal was asked to do."""

    municipality_id: UUID | None
    rules: str
    against: str | None
    past: bool
    facts: str | None


class _Material(NamedTuple):
    """The facts, with what is known beside them. ``files`` are the official files behind them."""

    text: str
    sha256: str | None
    applications: int
    beside: Beside
    files: list[dict[str, object]]


def run_rehearsal(runtime: Runtime, rehearsal_id: UUID) -> None:
    """Run a rehearsal that waits or broke off; does nothing when it is over. Safe to repeat."""
    database = runtime.database
    order = _start(database, rehearsal_id)
    if order is None:
        return
    try:
        _run(runtime, rehearsal_id, order)
    except RefusedError as error:
        _fail(database, rehearsal_id, Failure.REFUSED, fault_rows(error.faults))
    except ComputingRefusedError as error:
        _fail(database, rehearsal_id, Failure.REFUSED, error.rows)
    except TooLongError:
        _fail(database, rehearsal_id, Failure.TIME)
    except Exception:
        # Whoever waits for it must be told; the job's own error is for the log.
        _fail(database, rehearsal_id, Failure.BROKEN)
        raise


def _run(runtime: Runtime, rehearsal_id: UUID, order: _Order) -> None:
    database = runtime.database
    progress = _progress(database, rehearsal_id)
    material = _gather(runtime, order)
    if not material.applications:
        _fail(database, rehearsal_id, Failure.NO_CAMPAIGNS)
        return
    progress(_GATHERED)
    texts = {"rules": order.rules, "facts": material.text}
    if order.against is not None:
        texts["against"] = order.against
    rules = runtime.settings.matching
    step = (_DECIDED - _GATHERED) / 100
    outcome = compute(
        Computing(texts, rules.indicators, material.beside),
        seconds=rules.rehearsal_seconds,
        progress=lambda percent: progress(_GATHERED + int(percent * step)),
    )
    _finish(database, rehearsal_id, material, outcome)


def _gather(runtime: Runtime, order: _Order) -> _Material:
    settings = runtime.settings
    indicators = settings.matching.indicators
    with runtime.database.snapshot() as session:
        text, sha256 = order.facts or "", None
        if order.past and order.municipality_id is not None:
            past = past_facts(
                session,
                municipality_id=order.municipality_id,
                indicators=indicators,
                secret=settings.donor_key,
            )
            text, sha256 = past.text, past.sha256
        facts = parse_all({"facts": text})["facts"]
        return _Material(
            text,
            sha256,
            len(facts["applications"]),
            beside_of(session, facts, past=order.past),
            files_behind(session, facts, indicators) if order.past else [],
        )


def _start(database: Database, rehearsal_id: UUID) -> _Order | None:
    with database.writing() as session:
        rehearsal = session.get_one(Rehearsal, rehearsal_id, with_for_update=True)
        if rehearsal.status in (RehearsalStatus.DONE, RehearsalStatus.FAILED):
            return None
        _move(rehearsal, "start")
        rehearsal.progress = _STARTED
        return _Order(
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
    database: Database, rehearsal_id: UUID, material: _Material, outcome: dict[str, object]
) -> None:
    with database.writing() as session:
        rehearsal = session.get_one(Rehearsal, rehearsal_id, with_for_update=True)
        _move(rehearsal, "finish")
        if material.sha256 is not None:
            rehearsal.facts, rehearsal.facts_sha256 = material.text, material.sha256
        rehearsal.outcome = {**outcome, "files": material.files}
        rehearsal.progress, rehearsal.finished_at = 100, clock.now()
        audit.record(
            session,
            actor=SYSTEM,
            action=Action.REHEARSAL_DONE,
            subject=rehearsal_subject(rehearsal),
        )
        session.flush()
        note_rehearsal(session, rehearsal_id=rehearsal_id)


def _fail(
    database: Database,
    rehearsal_id: UUID,
    failure: Failure,
    faults: Sequence[dict[str, str]] = (),
) -> None:
    with database.writing() as session:
        rehearsal = session.get_one(Rehearsal, rehearsal_id, with_for_update=True)
        _move(rehearsal, "fail")
        rehearsal.failure, rehearsal.finished_at = failure.value, clock.now()
        rehearsal.faults = list(faults)
        audit.record(
            session,
            actor=SYSTEM,
            action=Action.REHEARSAL_FAILED,
            subject=rehearsal_subject(rehearsal),
            reason=failure.value,
        )


def _move(rehearsal: Rehearsal, action: str) -> None:
    state = RehearsalStatus(rehearsal.status)
    rehearsal.status = REHEARSAL_TRANSITIONS.after(state, action).value
