"""``voorjebuurt run``: everything on one machine, until Ctrl-C."""

import os

import click

from voorjebuurt import settings
from voorjebuurt.local.launcher.launch import Launcher


@click.command(name="run")
def command() -> None:
    """Serve the site, with its database, worker and payment sandbox."""
    Launcher(settings.load(os.environ), os.environ).run()
