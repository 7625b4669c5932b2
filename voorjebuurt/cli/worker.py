"""``voorjebuurt worker``: the background process, in production and under the launcher."""

import os

import click

from voorjebuurt import settings
from voorjebuurt.settings import SettingsError
from voorjebuurt.worker.process import run_worker


@click.command(name="worker")
def command() -> None:
    """Do what can wait: mail, payments, deadlines, refunds, checks."""
    config = settings.load(os.environ)
    if config.database_url is None:
        raise SettingsError("Set DATABASE_URL; 'voorjebuurt run' starts a worker by itself.")
    run_worker(config, config.database_url)
