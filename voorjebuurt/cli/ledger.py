"""``voorjebuurt ledger``: checking the books, and the trial balance."""

import os
import sys

import click

from voorjebuurt import settings
from voorjebuurt.kernel import text
from voorjebuurt.kernel.site_address import site_environment
from voorjebuurt.kernel.site_database import looking
from voorjebuurt.ledger.checks import CheckResult
from voorjebuurt.ledger.queries import trial_balance
from voorjebuurt.payouts.checks import check_books


@click.group(name="ledger")
def command() -> None:
    """The ledger: whether it is right, and what is in it."""


@command.command()
def check() -> None:
    """Compare the ledger with itself and with everything else; exit 1 when something differs."""
    config = settings.load(site_environment(os.environ))
    with looking(config) as session:
        results = check_books(session, in_flight_max_days=config.in_flight_max_days)
    for result in results:
        _show(result)
    failures = sum(not result.passed for result in results)
    click.echo(f"{len(results)} checks, {failures} with differences.")
    sys.exit(1 if failures else 0)


@command.command(name="trial-balance")
@click.option("--per-owner", is_flag=True, help="One line for each campaign's own account.")
def show_trial_balance(per_owner: bool) -> None:
    """Every account's balance; debits and credits add up to the same."""
    with looking(settings.load(site_environment(os.environ))) as session:
        lines = trial_balance(session, per_owner=per_owner)
    width = max([len(line.code) for line in lines], default=7)
    click.echo(f"{'account':<{width}}  {'kind':<9} {'debit':>16} {'credit':>16}")
    for line in lines:
        amounts = f"{_column(line.debit_cents)} {_column(line.credit_cents)}"
        click.echo(f"{line.code:<{width}}  {line.kind:<9} {amounts}")
    debits = sum(line.debit_cents for line in lines)
    credits = sum(line.credit_cents for line in lines)
    click.echo(f"{'total':<{width}}  {'':<9} {_column(debits)} {_column(credits)}")
    sys.exit(0 if debits == credits else 1)


def _show(result: CheckResult) -> None:
    mark = "ok  " if result.passed else "DIFF"
    amount = text.euro(result.total_cents, "en")
    click.echo(
        f"{mark}  {result.name.replace('_', ' '):<30} {result.compared:>8} compared  {amount}"
    )
    for line in result.differences:
        click.echo(f"      - {line}")
    for line in result.remarks:
        click.echo(f"      (remark) {line}")


def _column(cents: int) -> str:
    return f"{cents // 100:>13,}.{cents % 100:02}" if cents else " " * 16
