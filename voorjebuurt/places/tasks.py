"""Imports as background jobs, and tidying up after those that broke off."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.places import wishes
from voorjebuurt.places.files.faults import FileFaultError
from voorjebuurt.places.import_queries import import_by_id, stale_imports
from voorjebuurt.places.imports import note_progress, refuse_import, start_import, take_file
from voorjebuurt.places.uploads import uploaded_file, uploaded_files


@task("places.run_import", max_attempts=3)
def run_import(runtime: Runtime, *, import_id: str) -> None:
    """Import an uploaded file, and forget the file: its SHA-256 is kept."""
    key = UUID(import_id)
    path = uploaded_file(runtime.settings, key)
    with runtime.database.reading() as session:
        row = import_by_id(session, key)
    if row is not None and row.under_way:
        perform_import(runtime, import_id=key, path=path)
    path.unlink(missing_ok=True)


@task("places.sweep_imports", cron="20 4 * * *")
def sweep_imports(runtime: Runtime) -> None:
    """Give up imports that broke off, and throw away their files, after the settings' term."""
    before = clock.now() - timedelta(days=runtime.settings.retention.import_days)
    with runtime.database.writing() as session:
        for import_id in stale_imports(session, before=before):
            refuse_import(session, import_id=import_id, fault=FileFaultError("broke_off"))
    for path in uploaded_files(runtime.settings):
        if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
            path.unlink(missing_ok=True)


@task("places.tell_openings", cron="35 * * * *")
def tell_openings(runtime: Runtime) -> None:
    """Tell who waited for a municipality that it is there; forget who waited long enough."""
    term = timedelta(days=runtime.settings.retention.place_wish_days)
    with runtime.database.writing() as session:
        wishes.tell_openings(session)
        wishes.forget_unconfirmed(session)
        wishes.forget_old(session, before=clock.now() - term)


def perform_import(
    runtime: Runtime,
    *,
    import_id: UUID,
    path: Path,
    say: Callable[[int], None] | None = None,
) -> None:
    """Take a file whole, or note why not; ``say`` is told the percentage that was read.

    The progress is written beside the import's own transaction, for all to see.
    """

    def noted(percent: int) -> None:
        with runtime.database.writing() as session:
            note_progress(session, import_id=import_id, percent=percent)
        if say is not None:
            say(percent)

    with runtime.database.writing() as session:
        start_import(session, import_id=import_id)
    try:
        with path.open("rb") as stream, runtime.database.writing() as session:
            take_file(
                session,
                import_id=import_id,
                stream=stream,
                limits=runtime.settings.places,
                say=noted,
            )
    except FileNotFoundError:
        _refuse(runtime, import_id, FileFaultError("broke_off"))
    except FileFaultError as fault:
        _refuse(runtime, import_id, fault)


def _refuse(runtime: Runtime, import_id: UUID, fault: FileFaultError) -> None:
    with runtime.database.writing() as session:
        refuse_import(session, import_id=import_id, fault=fault)
