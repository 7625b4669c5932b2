"""``voorjebuurt keys``: what secrets and account numbers in the database are sealed with."""

import os

import click

from voorjebuurt import settings
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.kernel.site_address import site_environment
from voorjebuurt.kernel.site_database import working
from voorjebuurt.payouts.seals import renew_everything, seal_everything_plain
from voorjebuurt.people.factors.service import renew_seals
from voorjebuurt.schema import metadata


@click.group(name="keys", help="The keys that secrets in the database are sealed with.")
def command() -> None:
    """Its subcommands do the work."""


@command.command(help="Seal everything with the first of DATA_KEYS; then the others can go.")
def renew() -> None:
    """In batches, each a transaction; giving the command twice, or after a kill, does no harm."""
    config = settings.load(site_environment(os.environ))
    sealer = Sealer(config.data_keys)
    with working(config, tables=metadata) as runtime:
        with runtime.database.writing() as session:
            secrets = renew_seals(session, sealer=sealer)
        plain = seal_everything_plain(runtime.database, sealer=sealer)
        accounts, files = renew_everything(runtime.database, sealer=sealer)
    if plain:
        click.echo(f"Accounts and bank files that were not sealed before: {plain}.")
    click.echo(
        f"Sealed with the newest key: secrets {secrets}, accounts {accounts}, bank files {files}."
    )
