"""``voorjebuurt settings check``: whether the settings can be used, before anything starts."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import click

from voorjebuurt import settings
from voorjebuurt.settings import Settings


@click.group(name="settings")
def command() -> None:
    """The settings that the environment gives."""


@command.command()
def check() -> None:
    """Exit 1 and list the faults when the settings are unsafe or wrong."""
    config = settings.load(os.environ)
    payments = "the sandbox" if config.uses_sandbox else f"Mollie ({config.payment_mode})"
    database = "DATABASE_URL" if config.database_url else f"embedded, in {config.home}"
    click.echo(f"Settings are in order: {config.environment}, {config.base_url}.")
    click.echo(f"Payments go to {payments}. Database: {database}.")
    for line in advice(config):
        click.echo(line)


def advice(config: Settings) -> Iterator[str]:
    """What is allowed and probably not meant."""
    behind_proxy = urlsplit(config.base_url).scheme == "https"
    if behind_proxy and not config.trusted_proxies:
        yield (
            "TRUSTED_PROXIES is 0, and 'voorjebuurt web' speaks plain HTTP: the proxy that ends TLS"
            " seems to need TRUSTED_PROXIES=1. Without it every visitor has the proxy's address,"
            " and all of them together one limit."
        )
    elif not behind_proxy and config.trusted_proxies:
        yield (
            f"TRUSTED_PROXIES is {config.trusted_proxies}, and BASE_URL has no https: without a"
            " proxy that sets X-Forwarded-For a visitor can choose any address."
        )
