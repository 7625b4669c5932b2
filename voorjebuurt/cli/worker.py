"""``voorjebuurt worker``: the background process, in production and under the launcher."""

import os

import click

from voorjebuurt import settings
from voorjebuurt.settings import SettingsError
from voorjebuurt.worker.process import run_worker


@click.command(name="worker")
def command() -> None:
    """Do what can wait: mail, payments, deadlines, refunds, checks."""
    loaded = settings.load(os.environ)
    if loaded.database_url is None:
        raise SettingsError("Set DATABASE_URL; 'voorjebuurt run' starts a worker by itself.")
    run_worker(loaded, loaded.database_url)
