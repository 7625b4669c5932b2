"""Telling people of presents on their day, and forgetting their addresses and logos."""

from voorjebuurt.kernel.batches import in_batches
from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.pledges.dedications.logos import forget_logos
from voorjebuurt.pledges.dedications.presents import forget_recipients, tell_next_presents

_AT_ONCE = 50


@task("pledges.tell_presents", cron="12 * * * *")
def tell_presents(runtime: Runtime) -> None:
    """Mail who gets a present today, so many in a transaction: each once."""
    in_batches(
        runtime.database,
        lambda session: tell_next_presents(session, limit=_AT_ONCE),
        size=_AT_ONCE,
    )


@task("pledges.forget_present_recipients", cron="40 2 * * *")
def forget_present_recipients(runtime: Runtime) -> None:
    """Throw away the addresses of who did not use the link."""
    with runtime.database.writing() as session:
        forget_recipients(session)


@task("pledges.forget_logos", cron="44 2 * * *")
def forget_old_logos(runtime: Runtime) -> None:
    """Throw away logos that are not shown any more."""
    with runtime.database.writing() as session:
        forget_logos(session)
