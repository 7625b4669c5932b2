"""Two imports at the same moment."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from tests.support.at_once import at_once
from tests.support.certain import certain
from tests.support.factories.base import building_in
from tests.support.factories.places import MunicipalityFactory
from tests.support.place_files import STATLINE
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.db import Base, Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.places.import_queries import import_by_id
from voorjebuurt.places.imports import ask_import, roll_back_import
from voorjebuurt.places.models import AreaFigure, Neighbourhood
from voorjebuurt.places.rules import ImportKind
from voorjebuurt.places.tasks import perform_import
from voorjebuurt.settings import Settings


@pytest.fixture
def runtime(fresh_database: Database, settings: Settings) -> Runtime:
    with fresh_database.writing() as session, building_in(session):
        MunicipalityFactory(code="GM7701")
    return Runtime(fresh_database, settings)


def asked(
    runtime: Runtime, tmp_path: Path, text: str, vintage: int = 2024
) -> tuple[UUID, Callable[[], None]]:
    """An import that waits, and the deed that carries it out."""
    path = tmp_path / f"{hashlib.sha256(text.encode()).hexdigest()}.csv"
    path.write_text(text)
    with runtime.database.writing() as session:
        import_id = ask_import(
            session,
            kind=ImportKind.KWB,
            vintage=vintage,
            source="CBS",
            filename=path.name,
            sha256=path.stem,
            actor=SYSTEM,
        ).id
    return import_id, lambda: perform_import(runtime, import_id=import_id, path=path)


def counted(runtime: Runtime, table: type[Base]) -> int | None:
    with runtime.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def states(runtime: Runtime, *ids: UUID) -> list[str]:
    with runtime.database.reading() as session:
        return sorted(certain(import_by_id(session, import_id)).status for import_id in ids)


@pytest.mark.parametrize("_again", range(2))
def test_of_the_same_file_twice_at_once_one_is_taken(
    runtime: Runtime, tmp_path: Path, _again: int
) -> None:
    (first, run), (second, other) = (asked(runtime, tmp_path, STATLINE) for _ in range(2))
    assert at_once(run, other) == [None, None]
    assert states(runtime, first, second) == ["done", "refused"]
    assert counted(runtime, AreaFigure) == 8
    assert counted(runtime, Neighbourhood) == 3


def test_two_files_that_register_the_same_neighbourhoods_at_once_are_both_taken(
    runtime: Runtime, tmp_path: Path
) -> None:
    files = (STATLINE, STATLINE.replace("20,8", "21,8"))
    (first, run), (second, other) = (asked(runtime, tmp_path, text) for text in files)
    assert at_once(run, other) == [None, None]
    assert states(runtime, first, second) == ["done", "done"]
    assert counted(runtime, AreaFigure) == 16
    assert counted(runtime, Neighbourhood) == 3


def test_one_import_by_two_workers_at_once_is_taken_once(runtime: Runtime, tmp_path: Path) -> None:
    import_id, deed = asked(runtime, tmp_path, STATLINE)
    at_once(deed, deed)
    assert states(runtime, import_id) == ["done"]
    assert counted(runtime, AreaFigure) == 8


def test_of_two_people_who_roll_back_at_once_one_is_told_that_it_was_done(
    runtime: Runtime, tmp_path: Path
) -> None:
    import_id, deed = asked(runtime, tmp_path, STATLINE)
    deed()

    def roll_back() -> None:
        with runtime.database.writing() as session:
            roll_back_import(session, import_id=import_id, reason="Fout", actor=SYSTEM)

    results = at_once(roll_back, roll_back)
    assert results.count(None) == 1
    (refusal,) = (result for result in results if result is not None)
    assert isinstance(refusal, DomainError)
    assert refusal.code == "import_rolled_back_already"
