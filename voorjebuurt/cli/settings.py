"""``voorjebuurt settings check``: whether the settings can be used, before anything starts."""

import os

import click

from voorjebuurt import settings


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
