"""Keeping the sums up to date: every minute what changed, every night everything."""

from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.pledges.sums.counting import BATCH, ask_all, count_changes, is_counted


@task("pledges.count_sums", cron="* * * * *")
def count_sums(runtime: Runtime) -> None:
    """Count what changed since the last time; the first time ever, all campaigns."""
    with runtime.database.writing() as session:
        if not is_counted(session):
            ask_all(session)
    count_until_done(runtime)


@task("pledges.count_all_sums", cron="35 3 * * *")
def count_all_sums(runtime: Runtime) -> None:
    """Count everything anew, whatever was noted or missed."""
    with runtime.database.writing() as session:
        ask_all(session)
    count_until_done(runtime)


def count_until_done(runtime: Runtime) -> None:
    """Batch after batch, each in a transaction of its own."""
    dealt_with = BATCH
    while dealt_with == BATCH:
        with runtime.database.writing() as session:
            dealt_with = count_changes(session)
