"""Tidying up after signing in."""

from voorjebuurt.kernel import counters
from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.people import address_changes, signin


@task("people.forget_links", cron="*/10 * * * *")
def forget_links(runtime: Runtime) -> None:
    """Throw away expired sign-in links, their mails, and the counters of attempts."""
    with runtime.database.writing() as session:
        signin.forget_links(session)
        address_changes.forget_secrets(session)
        counters.forget_expired(session)
