"""Background work on numbers of visits."""

from voorjebuurt.campaigns.visits.service import add_up_visits, forget_visits
from voorjebuurt.kernel.jobs import Runtime, task

_ROUNDS = 100


@task("campaigns.add_up_visits", cron="*/5 * * * *")
def add_up(runtime: Runtime) -> None:
    """Add what processes wrote to the numbers by day, so much in a transaction."""
    for _ in range(_ROUNDS):
        with runtime.database.writing() as session:
            if not add_up_visits(session):
                return


@task("campaigns.forget_visits", cron="35 3 * * *")
def forget(runtime: Runtime) -> None:
    """Throw away numbers of days that are long gone."""
    with runtime.database.writing() as session:
        forget_visits(session, days=runtime.settings.retention.visit_days)
