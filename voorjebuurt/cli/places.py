"""``voorjebuurt places``: municipalities, and official files about their neighbourhoods."""

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
_TEXTS = {
    "vintage_unlikely": "--vintage must be a year from 2000 on, and not in the future.",
    "source_missing": "--source must say who publishes the file.",
    "municipality_unknown": "--municipality is not registered here.",
    "municipality_code_wrong": "CODE is that of CBS: GM and four digits, such as GM0363.",
    "municipality_name_missing": "NAME is what its residents call it.",
    "municipality_name_too_long": "NAME is too long.",
    "municipality_registered": "A municipality with this code or name is registered already.",
    "reason_needed": "--reason must say why.",
    "import_not_found": "There is no import with this id: see 'voorjebuurt places imports'.",
    "import_rolled_back_already": "This import was rolled back already.",
    "wrong_state": "Only an import that is done can be rolled back.",
}


@click.group(name="places")
def command() -> None:
    """Neighbourhoods: official files with their figures, addresses and outlines."""


@command.command()
@click.argument("code")
@click.argument("name")
def register(code: str, name: str) -> None:
    """Open the site for the municipality CODE (GM0363), called NAME (Amsterdam).

    Its neighbourhoods come with the files of CBS: see 'voorjebuurt places import'.
    """
    with _runtime() as runtime:
        try:
            with runtime.database.writing() as session:
                place = register_municipality(session, code=code, name=name, actor=SYSTEM)
                line = f"Registered {place.name} ({place.code})."
        except DomainError as error:
            sys.exit(f"Refused. {_TEXTS[error.code]}")
    click.echo(f"{line} Now import its neighbourhoods: voorjebuurt places import FILE --vintage …")


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
def import_file(
    file: Path, vintage: int, source: str, kind: str | None, municipality: str | None
) -> None:
    """Import FILE whole, or nothing of it, and report what was taken, skipped and why.

    Exits with 1 when the file is refused. The same file again changes nothing.
    """
    with _runtime() as runtime:
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
            sys.exit(_refused(fault.as_json()))
        except DomainError as error:
            if error.code == "imported_before":
                click.echo("This file was imported already. Nothing was changed.")
                return
            sys.exit(f"Refused, nothing was changed. {_TEXTS[error.code]}")
        row = _perform(runtime, place_import.id, file)
    _tell(row)


@command.command("imports")
def list_imports() -> None:
    """The latest imports, with their ids."""
    with _runtime() as runtime, runtime.database.reading() as session:
        for row in imports(session):
            state = "rolled back" if row.rolled_back_at else row.status
            click.echo(
                f"{row.id}  {row.asked_at:%Y-%m-%d %H:%M}  {row.kind:<9} {row.vintage}"
                f"  {state:<11}  {row.filename}"
            )


@command.command("rollback")
@click.argument("import_id", type=click.UUID)
@click.option("--reason", required=True, help="Why it was wrong; kept in the audit trail.")
def roll_back(import_id: UUID, reason: str) -> None:
    """Let what the import IMPORT_ID brought count no more."""
    with _runtime() as runtime:
        try:
            with runtime.database.writing() as session:
                roll_back_import(session, import_id=import_id, reason=reason, actor=SYSTEM)
        except DomainError as error:
            sys.exit(f"Refused. {_TEXTS[error.code]}")
    click.echo("Rolled back: what this import brought counts no more.")


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


def _tell(row: ImportRow) -> None:
    fault = row.report.get("fault")
    if fault is not None and fault["code"] == "already_imported":
        click.echo(fault_text(fault, "en"))
    elif fault is not None:
        sys.exit(_refused(fault))
    else:
        click.echo(f"Imported {row.filename} as {row.kind} of {row.vintage} (id {row.id}).")
        click.echo(f"SHA-256 {row.sha256}")
        for line in report_lines(row.report, "en"):
            click.echo(f"  {line}")


def _refused(fault: dict[str, Any]) -> str:
    return f"Refused, nothing was changed. {fault_text(fault, 'en')}"


@contextmanager
def _runtime() -> Iterator[Runtime]:
    with working(settings.load(site_environment(os.environ)), tables=metadata) as runtime:
        yield runtime
