"""Background work on cash: names of givers go when nothing can be owed to them any more."""

from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.pledges.tins.forgetting import forget_names


@task("pledges.forget_cash_names", cron="35 2 * * *")
def forget_cash_names(runtime: Runtime) -> None:
    """Throw away names of who gave in cash, a year after the end of their campaign."""
    with runtime.database.writing() as session:
        forget_names(session)
