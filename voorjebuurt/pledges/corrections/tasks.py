"""Tidying up after who began to change the address of a gift."""

from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.pledges.corrections.addresses import forget_addresses


@task("pledges.forget_addresses", cron="35 * * * *")
def forget_unused_addresses(runtime: Runtime) -> None:
    """Throw away changes that can't be confirmed any more."""
    with runtime.database.writing() as session:
        forget_addresses(session)
