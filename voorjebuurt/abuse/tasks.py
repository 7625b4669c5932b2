"""What reports of abuse do on the timetable."""

from voorjebuurt.abuse.reporting import forget_reporters as forget
from voorjebuurt.kernel.jobs import Runtime, task


@task("abuse.forget_reporters", cron="35 3 * * *")
def forget_reporters(runtime: Runtime) -> None:
    """Forget addresses that nobody confirmed, and reports that were decided long ago."""
    with runtime.database.writing() as session:
        forget(session)
