"""``voorjebuurt migrate``: brings the database of DATABASE_URL up to date."""

import os

import click

from voorjebuurt import settings
from voorjebuurt.kernel import migrate, preflight
from voorjebuurt.settings import SettingsError


@click.command(name="migrate")
def command() -> None:
    """Apply the pending migrations to DATABASE_URL (the release step)."""
    url = settings.load(os.environ).database_url
    if url is None:
        raise SettingsError("Set DATABASE_URL; 'voorjebuurt run' migrates the embedded database.")
    preflight.check_database(url)
    revisions = migrate.upgrade(url)
    click.echo(f"Applied: {', '.join(revisions)}." if revisions else "Nothing to apply.")
