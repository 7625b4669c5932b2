"""Imports in the background, and what broke off."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.support.certain import certain
from tests.support.factories.base import building_in
from tests.support.factories.places import MunicipalityFactory
from tests.support.place_files import STATLINE, stream
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.places.import_queries import ImportRow, import_by_id
from voorjebuurt.places.imports import ask_import, start_import
from voorjebuurt.places.rules import ImportKind
from voorjebuurt.places.tasks import run_import, sweep_imports
from voorjebuurt.places.uploads import keep_upload, uploaded_file, uploaded_files
from voorjebuurt.settings import Settings


@pytest.fixture
def runtime(fresh_database: Database, settings: Settings) -> Runtime:
    with fresh_database.writing() as session, building_in(session):
        MunicipalityFactory(code="GM7701")
    return Runtime(fresh_database, settings)


def asked(runtime: Runtime, text: str = STATLINE) -> UUID:
    with runtime.database.writing() as session:
        import_id = ask_import(
            session,
            kind=ImportKind.KWB,
            vintage=2024,
            source="CBS",
            filename="kwb.csv",
            sha256="a" * 64,
            actor=SYSTEM,
        ).id
        keep_upload(runtime.settings, import_id, stream(text))
    return import_id


def found(runtime: Runtime, import_id: UUID) -> ImportRow:
    with runtime.database.reading() as session:
        return certain(import_by_id(session, import_id))


def test_the_job_takes_the_file_and_forgets_it(runtime: Runtime) -> None:
    import_id = asked(runtime)
    assert uploaded_file(runtime.settings, import_id).parent.stat().st_mode & 0o077 == 0
    run_import(runtime, import_id=str(import_id))
    assert found(runtime, import_id).counts
    assert list(uploaded_files(runtime.settings)) == []
    run_import(runtime, import_id=str(import_id))
    assert found(runtime, import_id).status == "done"


def test_the_job_goes_on_after_a_worker_that_was_killed(runtime: Runtime) -> None:
    import_id = asked(runtime)
    with runtime.database.writing() as session:
        start_import(session, import_id=import_id)
    run_import(runtime, import_id=str(import_id))
    assert found(runtime, import_id).counts


def test_the_job_notes_why_a_file_was_refused(runtime: Runtime) -> None:
    import_id = asked(runtime, STATLINE.replace("20,8", "20;8"))
    run_import(runtime, import_id=str(import_id))
    row = found(runtime, import_id)
    assert (row.status, row.report["fault"]["code"]) == ("refused", "other_number_of_cells")
    assert list(uploaded_files(runtime.settings)) == []


def test_a_file_that_is_gone_is_an_import_that_broke_off(runtime: Runtime) -> None:
    import_id = asked(runtime)
    uploaded_file(runtime.settings, import_id).unlink()
    run_import(runtime, import_id=str(import_id))
    assert found(runtime, import_id).report["fault"]["code"] == "broke_off"


def test_the_sweep_gives_up_what_broke_off_and_throws_files_away(runtime: Runtime) -> None:
    import_id = asked(runtime)
    path = uploaded_file(runtime.settings, import_id)
    sweep_imports(runtime)
    assert found(runtime, import_id).status == "waiting"
    assert path.exists()
    later = clock.now() + timedelta(days=1, minutes=1)
    with clock.at(later):
        sweep_imports(runtime)
    assert found(runtime, import_id).report["fault"]["code"] == "broke_off"
    assert not path.exists()


def test_a_file_that_nobody_took_is_kept_as_long_as_the_settings_say(runtime: Runtime) -> None:
    retention = replace(runtime.settings.retention, import_days=3)
    patient = replace(runtime, settings=replace(runtime.settings, retention=retention))
    path = uploaded_file(runtime.settings, asked(runtime))
    for days, is_kept in ((2, True), (4, False)):
        with clock.at(clock.now() + timedelta(days=days)):
            sweep_imports(patient)
        assert path.exists() is is_kept
