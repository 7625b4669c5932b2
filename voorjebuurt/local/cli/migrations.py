"""``voorjebuurt migrations check``: whether the models and the migrations agree."""

import sys
import tempfile
from pathlib import Path

import click

from voorjebuurt import schema
from voorjebuurt.kernel import migrate
from voorjebuurt.local.embedded.server import EmbeddedServer


@click.group(name="migrations")
def command() -> None:
    """The migrations, for developers."""


@command.command()
def check() -> None:
    """Migrate an empty database, and exit 1 when it differs from the models."""
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedServer(Path(folder), durable=False)
        try:
            url = server.start()
            revisions = migrate.upgrade(url)
            differences = migrate.drift(url, schema.metadata)
        finally:
            server.stop()
    if differences:
        sys.exit("\n".join(differences))
    click.echo(f"{len(revisions)} migrations give the tables of the models.")
