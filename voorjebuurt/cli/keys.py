"""``voorjebuurt keys``: the keys that secrets in the database are sealed with."""

import os

import click

from voorjebuurt import settings
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.kernel.site_address import site_environment
from voorjebuurt.kernel.site_database import working
from voorjebuurt.people.factors.service import renew_seals
from voorjebuurt.schema import metadata


@click.group(name="keys", help="The keys that secrets in the database are sealed with.")
def command() -> None:
    """Its subcommands do the work."""


@command.command(help="Seal every secret with the first of DATA_KEYS; then the others can go.")
def renew() -> None:
    """In one transaction; giving the command twice does no harm."""
    config = settings.load(site_environment(os.environ))
    with (
        working(config, tables=metadata) as runtime,
        runtime.database.writing() as session,
    ):
        number = renew_seals(session, sealer=Sealer(config.data_keys))
    click.echo(f"{number} secrets are sealed with the newest key.")
