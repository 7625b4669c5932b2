"""Background work on desks: addresses go when nobody there is to be told anything any more."""

from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.pledges.desk.forgetting import forget_desk_donors as forget


@task("pledges.forget_desk_donors", cron="40 2 * * *")
def forget_desk_donors(runtime: Runtime) -> None:
    """Throw away where letters went, a year after the end of their campaign."""
    with runtime.database.writing() as session:
        forget(session)
