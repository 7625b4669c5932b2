"""``voorjebuurt places``: municipalities, and official files about their neighbourhoods.

Its commands speak the platform's language, or that of ``--lang``.
"""

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from voorjebuurt import settings
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.catalogues import Catalogue, catalogue, languages
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.kernel.site_address import site_environment
from voorjebuurt.kernel.site_database import working
from voorjebuurt.places.files.faults import FileFaultError, fault_text
from voorjebuurt.places.files.opening import open_file
from voorjebuurt.places.import_queries import ImportRow, import_by_id, imports
from voorjebuurt.places.imports import ask_import, roll_back_import
from voorjebuurt.places.report_texts import report_lines
from voorjebuurt.places.rules import ImportKind
from voorjebuurt.places.service import register_municipality
from voorjebuurt.places.tasks import perform_import
from voorjebuurt.schema import metadata
from voorjebuurt.settings import SettingsError

CBS = "Centraal Bureau voor de Statistiek (CBS)"
_CONTEXT = "places command"
_LANGUAGE = click.option(
    "--lang", type=click.Choice(languages()), help="Language; without it the platform's own."
)


@click.group(name="places")
def command() -> None:
    """Neighbourhoods: official files with their figures, addresses and outlines."""


@command.command()
@click.argument("code")
@click.argument("name")
@_LANGUAGE
def register(code: str, name: str, lang: str | None) -> None:
    """Open the site for the municipality CODE (GM0363), called NAME (Amsterdam).

    Its neighbourhoods come with the files of CBS: see 'voorjebuurt places import'.
    """
    with _runtime() as runtime:
        words = _words(runtime, lang)
        try:
            with runtime.database.writing() as session:
                place = register_municipality(session, code=code, name=name, actor=SYSTEM)
                names = {"name": place.name, "code": place.code}
        except DomainError as error:
            reason = words.text(_CONTEXT, error.code)
            sys.exit(words.text(_CONTEXT, "refused", reason=reason))
    click.echo(words.text(_CONTEXT, "registered", **names))


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--vintage", type=int, required=True, help="The year that the file is of.")
@click.option("--source", default=CBS, show_default=True, help="Who publishes the file.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in ImportKind]),
    help="Refuse the file if it is of another kind; its content tells the kind.",
)
@click.option("--municipality", metavar="CODE", help="Take only this municipality (GM0363).")
@_LANGUAGE
def import_file(
    file: Path,
    vintage: int,
    source: str,
    kind: str | None,
    municipality: str | None,
    lang: str | None,
) -> None:
    """Import FILE whole, or nothing of it, and report what was taken, skipped and why.

    Exits with 1 when the file is refused. The same file again changes nothing.
    """
    with _runtime() as runtime:
        words = _words(runtime, lang)
        try:
            with file.open("rb") as stream:
                actual_kind = open_file(stream, runtime.settings.places).kind
                stream.seek(0)
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            if kind is not None and actual_kind != kind:
                raise FileFaultError("other_kind", found=actual_kind.value, expected=kind)
            with runtime.database.writing() as session:
                place_import = ask_import(
                    session,
                    kind=actual_kind,
                    vintage=vintage,
                    source=source,
                    filename=file.name,
                    sha256=sha256,
                    only=municipality,
                    actor=SYSTEM,
                )
        except FileFaultError as fault:
            sys.exit(_refused(fault.as_json(), words))
        except DomainError as error:
            reason = words.text(_CONTEXT, error.code)
            if error.code == "imported_before":
                click.echo(reason)
                return
            sys.exit(words.text(_CONTEXT, "refused", reason=reason))
        row = _perform(runtime, place_import.id, file)
    _tell(row, words)


@command.command("imports")
@_LANGUAGE
def list_imports(lang: str | None) -> None:
    """The latest imports, with their ids."""
    with _runtime() as runtime, runtime.database.reading() as session:
        words = _words(runtime, lang)
        for row in imports(session):
            code = "rolled_back" if row.rolled_back_at else row.status
            click.echo(
                f"{row.id}  {row.asked_at:%Y-%m-%d %H:%M}  {row.kind:<9} {row.vintage}"
                f"  {words.text('import state', code):<13}  {row.filename}"
            )


@command.command("rollback")
@click.argument("import_id", type=click.UUID)
@click.option("--reason", required=True, help="Why it was wrong; kept in the audit trail.")
@_LANGUAGE
def roll_back(import_id: UUID, reason: str, lang: str | None) -> None:
    """Let what the import IMPORT_ID brought count no more."""
    with _runtime() as runtime:
        words = _words(runtime, lang)
        try:
            with runtime.database.writing() as session:
                roll_back_import(session, import_id=import_id, reason=reason, actor=SYSTEM)
        except DomainError as error:
            why = words.text(_CONTEXT, error.code)
            sys.exit(words.text(_CONTEXT, "refused", reason=why))
    click.echo(words.text(_CONTEXT, "rolled_back"))


def _words(runtime: Runtime, lang: str | None) -> Catalogue:
    """What the command says, in the language that was asked for."""
    return catalogue(lang or runtime.settings.default_locale)


def _perform(runtime: Runtime, import_id: UUID, file: Path) -> ImportRow:
    with click.progressbar(length=100, label="Importing", file=sys.stderr) as bar:
        perform_import(
            runtime, import_id=import_id, path=file, say=lambda at: bar.update(at - bar.pos)
        )
        bar.update(100 - bar.pos)
    with runtime.database.reading() as session:
        row = import_by_id(session, import_id)
    if row is None:
        raise SettingsError("The import is gone.")
    return row


def _tell(row: ImportRow, words: Catalogue) -> None:
    fault = row.report.get("fault")
    if fault is not None and fault["code"] == "already_imported":
        click.echo(fault_text(fault, words.language))
    elif fault is not None:
        sys.exit(_refused(fault, words))
    else:
        values = {"file": row.filename, "kind": row.kind, "year": row.vintage, "id": row.id}
        click.echo(words.text(_CONTEXT, "imported", **values))
        click.echo(f"SHA-256 {row.sha256}")
        for line in report_lines(row.report, words.language):
            click.echo(f"  {line}")


def _refused(fault: dict[str, Any], words: Catalogue) -> str:
    return words.text(_CONTEXT, "refused", reason=fault_text(fault, words.language))


@contextmanager
def _runtime() -> Iterator[Runtime]:
    with working(settings.load(site_environment(os.environ)), tables=metadata) as runtime:
        yield runtime
