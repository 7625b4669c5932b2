"""Imports of official files: asked for, taken whole in one transaction, or refused.

Imports go one after another: two that register the same neighbourhoods at once would stand in
each other's way. The row of a running import is not locked, so that its progress can be noted
from beside its transaction.
"""

from collections.abc import Callable
from datetime import datetime
from os import SEEK_END
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
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
    asked = PlaceImport(
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
    scope, before = _scope(session, asked)
    if before and not scope:
        raise DomainError("imported_before", field="file", at=max(before.values()))
    session.add(asked)
    session.flush()
    audit.record(
        session, actor=actor, action=Action.PLACE_IMPORT_ASKED, subject=_import_subject(asked)
    )
    return asked


def start_import(session: Session, *, import_id: UUID) -> PlaceImport:
    """Note that it runs; again, after a run that broke off."""
    asked = _locked(session, import_id)
    asked.status = IMPORTS.after(ImportStatus(asked.status), "start").value
    return asked


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
    done = IMPORTS.after(ImportStatus(running.status), "finish")
    opened = open_file(stream, limits)
    if opened.kind != running.kind:
        raise FileFaultError("other_kind", found=opened.kind.value, expected=running.kind)
    scope, before = _scope(session, running)
    if before and not scope:
        raise FileFaultError("already_imported", day=max(before.values()).date().isoformat())
    intake = Intake(session, running, scope=scope, before=before.keys(), look=_looking(stream, say))
    report = intake.take(opened)
    running.scope = " ".join(sorted(scope))
    running.report, running.status, running.progress = report, done.value, 100
    running.finished_at = clock.now()
    session.flush()
    audit.record(
        session,
        actor=SYSTEM,
        action=Action.PLACE_IMPORT_DONE,
        subject=_import_subject(running),
        detail={"taken": report["taken"]},
    )
    return running


def refuse_import(session: Session, *, import_id: UUID, fault: FileFaultError) -> PlaceImport:
    """Note why a file was not taken."""
    refused = _locked(session, import_id)
    refused.status = IMPORTS.after(ImportStatus(refused.status), "refuse").value
    refused.report, refused.finished_at = {"fault": fault.as_json()}, clock.now()
    audit.record(
        session,
        actor=SYSTEM,
        action=Action.PLACE_IMPORT_REFUSED,
        subject=_import_subject(refused),
        detail={"fault": fault.code},
    )
    return refused


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
    undone = _locked(session, import_id)
    IMPORTS.after(ImportStatus(undone.status), "roll_back")
    if undone.rolled_back_at is not None:
        raise DomainError("import_rolled_back_already")
    undone.rolled_back_at, undone.rolled_back_by = clock.now(), actor.person_id
    undone.rollback_reason = reason.strip()
    audit.record(
        session,
        actor=actor,
        action=Action.PLACE_IMPORT_ROLLED_BACK,
        subject=_import_subject(undone),
        reason=undone.rollback_reason,
    )
    return undone


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


def _scope(session: Session, asked: PlaceImport) -> tuple[dict[str, UUID], dict[str, datetime]]:
    """The municipalities to read a file for, and those for which it counts already."""
    municipalities = _municipalities(session)
    wanted = {asked.scope} if asked.scope else municipalities.keys()
    before = covered(session, asked)
    return {code: municipalities[code] for code in wanted - before.keys()}, before


def _municipalities(session: Session) -> dict[str, UUID]:
    return {row.code: row.id for row in session.execute(select(Municipality.code, Municipality.id))}


def _locked(session: Session, import_id: UUID) -> PlaceImport:
    found = session.get(PlaceImport, import_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFoundError("import_not_found")
    return found


def _import_subject(place_import: PlaceImport) -> Subject:
    """The import, for the audit trail, with what was in its file."""
    return Subject(
        SubjectKind.PLACE_IMPORT,
        place_import.id,
        detail={
            "kind": place_import.kind,
            "vintage": place_import.vintage,
            "sha256": place_import.sha256,
        },
    )
