"""``voorjebuurt demo``: invented municipalities, people and campaigns, to look around in."""

import os
import sys

import click

from voorjebuurt import settings
from voorjebuurt.kernel import logs
from voorjebuurt.kernel.db import JOBS, Database
from voorjebuurt.kernel.jobs import TRAVELLING_QUEUE, Runtime
from voorjebuurt.kernel.site_address import site_environment
from voorjebuurt.local.demo.load import SEED, demo_state, load_demo
from voorjebuurt.local.demo.people import demo_people
from voorjebuurt.local.demo.stage import DemoError
from voorjebuurt.local.demo.stories import data
from voorjebuurt.schema import metadata
from voorjebuurt.settings import SettingsError
from voorjebuurt.worker.run_waiting import run_waiting_jobs
from voorjebuurt.worker.stalled_jobs import rescue_jobs

_SILENT_SECONDS = 15
"""Who was silent for so long at their job was killed: a load that broke off, perhaps."""


@click.group(name="demo")
def command() -> None:
    """Demo data, for a site whose payments go to the sandbox."""


@command.command()
@click.option("--if-empty", is_flag=True, help="Do nothing when there are campaigns already.")
@click.option("--seed", default=SEED, show_default=True, help="The same seed, the same demo.")
def load(if_empty: bool, seed: int) -> None:
    """Load the demo, or complete one that broke off, and print who can sign in."""
    config = settings.load(site_environment(os.environ))
    if config.database_url is None:
        raise SettingsError("Set DATABASE_URL; 'voorjebuurt run' loads the demo by itself.")
    logs.configure(config)
    assert metadata.sorted_tables, "every reference leads to a table"
    database = Database(config.database_url, durable=False, pings=False, patience=JOBS)
    try:
        with database.reading() as session:
            state = demo_state(session)
        if if_empty and not state.may_load:
            click.echo(sign_ins() if state.loaded else "", nl=state.loaded)
            return
        runtime = Runtime(database, config)
        if state.started:
            rescue_jobs(runtime, silent_seconds=_SILENT_SECONDS)
        load_demo(runtime, lambda: run_travelling_jobs(runtime), seed=seed, say=_progress)
    except DemoError as error:
        sys.exit(str(error))
    finally:
        database.dispose()
    click.echo(sign_ins())


@command.command("accounts")
def show_people() -> None:
    """Print who can sign in to the demo."""
    click.echo(sign_ins())


def run_travelling_jobs(runtime: Runtime) -> None:
    """Run the jobs that the demo's own doings leave behind; a failure ends the load."""
    for run in run_waiting_jobs(runtime, queue=TRAVELLING_QUEUE):
        if run.error is not None:
            raise DemoError(f"{run.what} failed: {run.error!r}") from run.error


def sign_ins() -> str:
    """Everybody's address and what there is to see as them, and the password."""
    lines = [f"Sign in to the demo with the password {data('people')['password']}"]
    lines += [f"  {person.email:<36} {person.does}" for person in demo_people()]
    return "\n".join(lines)


def _progress(line: str) -> None:
    click.echo(line, err=True)
