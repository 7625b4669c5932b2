"""Background work on comparisons."""

from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.pledges.comparison.service import renew_comparison


@task("pledges.renew_comparison", cron="15 4 * * *")
def renew(runtime: Runtime) -> None:
    """Compute each night how far campaigns that made it were on each of their days."""
    with runtime.database.writing() as session:
        renew_comparison(session)
