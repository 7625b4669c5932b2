"""``voorjebuurt due --at 2027-01-31T12:00+01:00``: lets a moment come, in a practice site."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click
import requests

from voorjebuurt import settings
from voorjebuurt.kernel import logs
from voorjebuurt.kernel.db import JOBS, Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.kernel.site_address import site_environment
from voorjebuurt.schema import metadata
from voorjebuurt.settings import Settings, SettingsError
from voorjebuurt.worker.due import run_due

_SANDBOX_SECONDS = 10


class Moment(click.ParamType[datetime]):
    """An ISO moment with its offset from UTC."""

    name = "moment"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Read the moment; fails without an offset, because a day has two noons then."""
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value} is not a moment such as 2027-01-31T12:00+01:00", param, ctx)
        if moment.tzinfo is None:
            self.fail(f"{value} lacks its offset, for example +01:00", param, ctx)
        return moment


@click.command(name="due")
@click.option("--at", type=Moment(), required=True, help="2027-01-31T12:00+01:00")
def command(at: datetime) -> None:
    """Do what would be done by that moment; only while payments go to the sandbox."""
    config = settings.load(site_environment(os.environ))
    if not config.uses_sandbox or config.production:
        raise SettingsError("'due' moves the clock: that is only for the payment sandbox.")
    if config.database_url is None:
        raise SettingsError("No site runs here: start 'make run' first, or set DATABASE_URL.")
    logs.configure(config)
    assert metadata.sorted_tables, "every reference leads to a table"
    database = Database(config.database_url, patience=JOBS)
    try:
        with _sandbox_at(config, at):
            runs = run_due(Runtime(database, config), at)
    finally:
        database.dispose()
    for name, times in Counter(run.task for run in runs if run.error is None).items():
        click.echo(f"{times:>6} × {name}")
    failures = [run for run in runs if run.error is not None]
    for run in failures:
        click.echo(f"FAILED {run.what}: {type(run.error).__name__}: {run.error}")
    click.echo(f"{len(runs)} done by {at.isoformat()}, {len(failures)} of them failed.")
    sys.exit(1 if failures else 0)


@contextmanager
def _sandbox_at(config: Settings, at: datetime) -> Iterator[None]:
    """Let the sandbox live at that moment too, and in the present again afterwards."""
    if config.sandbox_url is None:
        yield
        return
    _set_sandbox_clock(config.sandbox_url, at.isoformat())
    try:
        yield
    finally:
        _set_sandbox_clock(config.sandbox_url, None)


def _set_sandbox_clock(url: str, now: str | None) -> None:
    try:
        answer = requests.post(f"{url}/control/clock", json={"now": now}, timeout=_SANDBOX_SECONDS)
        answer.raise_for_status()
    except requests.RequestException as error:
        raise SettingsError(f"The payment sandbox at {url} does not answer: {error}") from error
