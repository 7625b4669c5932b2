"""The migrations: one line of them, from empty to the models, without the package's code."""

import ast
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from voorjebuurt import paths, schema
from voorjebuurt.kernel import migrate

FILES = sorted((paths.MIGRATIONS / "versions").glob("*.py"))

Databases = Callable[[], AbstractContextManager[str]]


def assigned(path: str, name: str) -> object:
    tree = ast.parse((paths.MIGRATIONS / "versions" / path).read_text())
    for node in tree.body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        if isinstance(target, ast.Name) and target.id == name:
            return ast.literal_eval(node.value)
    raise AssertionError(f"{path} has no {name}")


def test_each_migration_follows_the_one_before() -> None:
    names = [path.name for path in FILES]
    assert [assigned(name, "revision") for name in names] == [name[:4] for name in names]
    assert [assigned(name, "down_revision") for name in names] == [
        None,
        *(name[:4] for name in names[:-1]),
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_migrations_import_nothing_from_the_package(path: Path) -> None:
    """They must keep meaning the same when the code changes."""
    for node in ast.walk(ast.parse(path.read_text())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert not [name for name in names if name.startswith("voorjebuurt")]


def test_an_empty_database_gets_exactly_the_models_tables(empty_database_url: Databases) -> None:
    with empty_database_url() as url:
        assert len(migrate.upgrade(url)) == len(FILES)
        assert migrate.drift(url, schema.metadata) == []
        assert migrate.upgrade(url) == []


def test_pending_names_what_is_missing_in_order(empty_database_url: Databases) -> None:
    with empty_database_url() as url:
        engine = create_engine(url)
        try:
            with engine.connect() as connection:
                assert migrate.pending(connection) == [path.name[:4] for path in FILES]
            migrate.upgrade(url)
            with engine.connect() as connection:
                assert migrate.pending(connection) == []
        finally:
            engine.dispose()


def test_drift_is_noticed(empty_database_url: Databases) -> None:
    with empty_database_url() as url:
        migrate.upgrade(url)
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE audit_events ADD COLUMN surprise text"))
        engine.dispose()
        assert any("surprise" in line for line in migrate.drift(url, schema.metadata))
