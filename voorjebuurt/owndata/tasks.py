"""Tidying up after who saw their own data, and finishing what was erased."""

from functools import partial

from voorjebuurt.kernel.batches import BATCH, in_batches
from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.owndata import erasing, mailed_access


@task("owndata.forget_links", cron="25 * * * *")
def forget_links(runtime: Runtime) -> None:
    """Throw away links that don't work any more."""
    with runtime.database.writing() as session:
        mailed_access.forget_links(session)


@task("owndata.finish_erasing", cron="55 * * * *")
def finish_erasing(runtime: Runtime) -> None:
    """Erase the addresses of erased donors that were kept for something that is over now."""
    in_batches(runtime.database, partial(erasing.finish, limit=BATCH))
