"""Tidying up after who saw their own data."""

from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.owndata import mailed_access


@task("owndata.forget_links", cron="25 * * * *")
def forget_links(runtime: Runtime) -> None:
    """Throw away links that don't work any more."""
    with runtime.database.writing() as session:
        mailed_access.forget_links(session)
