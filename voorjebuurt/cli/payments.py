"""``voorjebuurt payments``: comparing what the provider was paid with what is in the books."""

import os
import sys
from datetime import UTC, datetime, timedelta

import click

from voorjebuurt import settings
from voorjebuurt.kernel.site_address import site_environment
from voorjebuurt.kernel.site_database import working
from voorjebuurt.payments.gateway import GatewayError
from voorjebuurt.payments.providers import NEW_PAYMENTS, connect
from voorjebuurt.pledges.lost_payments import compare_payments
from voorjebuurt.schema import metadata

_MARGIN = timedelta(days=1)


@click.group(name="payments")
def command() -> None:
    """Payments, and what the provider says of them."""


@command.command()
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    help="The day of the dump that was restored: 2026-11-01.",
)
def compare(since: datetime) -> None:
    """Find what was paid since that day and is not in the books; the worker then books it.

    It may be given as often as you like. What belongs to no gift here becomes an alert.
    """
    config = settings.load(site_environment(os.environ))
    with working(config, tables=metadata) as runtime:
        try:
            comparison = compare_payments(
                runtime.database,
                connect(config, NEW_PAYMENTS),
                since=since.replace(tzinfo=UTC) - _MARGIN,
                mode=config.payment_mode,
                base_url=config.base_url,
            )
        except GatewayError as error:
            sys.exit(f"The provider can't be asked now: {error}. Nothing is lost: try again.")
    click.echo(f"{comparison}.")
