"""Imports of official files: asked for, taken whole in one transaction, or refused.

Imports go one after another: two that register the same neighbourhoods at once would stand in
each other's way. The row of a running import is not locked, so that its progress can be noted
from beside its transaction.
"""

from collections.abc import Callable
from datetime import datetime
from os import SEEK_END
from typing import Any, BinaryIO
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.places.files.faults import FileFaultError
from voorjebuurt.places.files.opening import open_file
from voorjebuurt.places.import_contents import Intake
from voorjebuurt.places.import_queries import covered
from voorjebuurt.places.models import Municipality, PlaceImport
from voorjebuurt.places.rules import IMPORTS, ImportKind, ImportStatus
from voorjebuurt.settings import PlaceSettings

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(8675309002)")
_EARLIEST = 2000
_LONGEST = 300
_NEARLY = 95
"""The percentage at which reading ends; the rest is writing it all down."""

Say = Callable[[int], None]
"""Told the percentage that was read."""


def ask_import(
    session: Session,
    *,
    kind: ImportKind,
    vintage: int,
    source: str,
    filename: str,
    sha256: str,
    only: str | None = None,
    actor: Actor,
) -> PlaceImport:
    """Write down that a file is to be imported; ``only`` is the code of one municipality.

    Raises ``DomainError`` ``imported_before`` when the same file counts already.
    """
    if not _EARLIEST <= vintage <= clock.today().year + 1:
        raise DomainError("vintage_unlikely", field="vintage", earliest=_EARLIEST)
    if not source.strip():
        raise DomainError("source_missing", field="source")
    if only is not None and only not in _municipalities(session):
        raise DomainError("municipality_unknown", field="municipality", municipality=only)
    place_import = PlaceImport(
        kind=kind.value,
        vintage=vintage,
        source=source.strip()[:_LONGEST],
        filename=filename[-_LONGEST:],
        sha256=sha256,
        scope=only or "",
        status=ImportStatus.WAITING.value,
        asked_at=clock.now(),
        asked_by=actor.person_id,
    )
    scope, before = _scope(session, place_import)
    if before and not scope:
        raise DomainError("imported_before", field="file", at=max(before.values()))
    session.add(place_import)
    session.flush()
    _record(session, place_import, "asked", actor)
    return place_import


def start_import(session: Session, *, import_id: UUID) -> PlaceImport:
    """Mark an import as running; also again, after a run that broke off."""
    place_import = _locked_import(session, import_id)
    place_import.status = IMPORTS.after(ImportStatus(place_import.status), "start").value
    return place_import


def take_file(
    session: Session,
    *,
    import_id: UUID,
    stream: BinaryIO,
    limits: PlaceSettings,
    say: Say | None = None,
) -> PlaceImport:
    """Take a whole file (seekable) into the database, in the caller's transaction.

    Raises ``FileFaultError`` for a file that can't be right, or that was imported before; the
    caller's transaction must then end without a commit.
    """
    session.execute(_ONE_AT_A_TIME)
    running = session.get_one(PlaceImport, import_id, populate_existing=True)
    finish_status = IMPORTS.after(ImportStatus(running.status), "finish")
    file = open_file(stream, limits)
    if file.kind != running.kind:
        raise FileFaultError("other_kind", found=file.kind.value, expected=running.kind)
    scope, before = _scope(session, running)
    if before and not scope:
        raise FileFaultError("already_imported", day=max(before.values()).date().isoformat())
    intake = Intake(session, running, scope=scope, before=before.keys(), look=_looking(stream, say))
    report = intake.take(file)
    running.scope = " ".join(sorted(scope))
    running.report, running.status, running.progress = report, finish_status.value, 100
    running.finished_at = clock.now()
    session.flush()
    _record(session, running, "done", SYSTEM, taken=report["taken"])
    return running


def refuse_import(session: Session, *, import_id: UUID, fault: FileFaultError) -> PlaceImport:
    """Note why a file was not taken."""
    place_import = _locked_import(session, import_id)
    place_import.status = IMPORTS.after(ImportStatus(place_import.status), "refuse").value
    place_import.report, place_import.finished_at = {"fault": fault.as_json()}, clock.now()
    _record(session, place_import, "refused", SYSTEM, fault=fault.code)
    return place_import


def note_progress(session: Session, *, import_id: UUID, percent: int) -> None:
    """Tell whoever looks how far a running import is."""
    running = PlaceImport.status == ImportStatus.RUNNING.value
    session.execute(
        update(PlaceImport).where(PlaceImport.id == import_id, running).values(progress=percent)
    )


def roll_back_import(
    session: Session, *, import_id: UUID, reason: str, actor: Actor
) -> PlaceImport:
    """Let what an import brought count no more: figures, outlines, addresses, neighbourhoods.

    Nothing is thrown away: campaigns keep the neighbourhood that they chose, and decisions keep
    the figures that they were made with.
    """
    if not reason.strip():
        raise DomainError("reason_needed", field="reason")
    session.execute(_ONE_AT_A_TIME)
    place_import = _locked_import(session, import_id)
    IMPORTS.after(ImportStatus(place_import.status), "roll_back")
    if place_import.rolled_back_at is not None:
        raise DomainError("import_rolled_back_already")
    place_import.rolled_back_at, place_import.rolled_back_by = clock.now(), actor.person_id
    place_import.rollback_reason = reason.strip()
    _record(session, place_import, "rolled_back", actor, reason=place_import.rollback_reason)
    return place_import


def _looking(stream: BinaryIO, say: Say | None) -> Callable[[], None]:
    """Tells each new percentage of the stream that was read, once."""
    at = stream.tell()
    size, last = stream.seek(0, SEEK_END), 0
    stream.seek(at)

    def look() -> None:
        nonlocal last
        percent = min(_NEARLY, stream.tell() * _NEARLY // max(size, 1))
        if say is not None and percent > last:
            last = percent
            say(percent)

    return look


def _scope(
    session: Session, place_import: PlaceImport
) -> tuple[dict[str, UUID], dict[str, datetime]]:
    """The municipalities to read a file for, and those for which it counts already."""
    municipalities = _municipalities(session)
    codes = {place_import.scope} if place_import.scope else municipalities.keys()
    before = covered(session, place_import)
    return {code: municipalities[code] for code in codes - before.keys()}, before


def _municipalities(session: Session) -> dict[str, UUID]:
    return {row.code: row.id for row in session.execute(select(Municipality.code, Municipality.id))}


def _locked_import(session: Session, import_id: UUID) -> PlaceImport:
    place_import = session.get(PlaceImport, import_id, with_for_update=True, populate_existing=True)
    if place_import is None:
        raise NotFoundError("import_not_found")
    return place_import


def _record(
    session: Session,
    place_import: PlaceImport,
    deed: str,
    actor: Actor,
    reason: str | None = None,
    **detail: Any,
) -> None:
    audit.record(
        session,
        actor=actor,
        action=f"place_import.{deed}",
        subject_kind="place_import",
        subject_id=place_import.id,
        reason=reason,
        detail={
            "kind": place_import.kind,
            "vintage": place_import.vintage,
            "sha256": place_import.sha256,
            **detail,
        },
    )
