"""Tidying up after signing in."""

from voorjebuurt.kernel import counters
from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.people import address_changes, sign_ins, signin


@task("people.forget_links", cron="*/10 * * * *")
def forget_links(runtime: Runtime) -> None:
    """Throw away expired links and sign-ins, mails with links, and the counters of attempts."""
    with runtime.database.writing() as session:
        signin.forget_links(session)
        sign_ins.forget_sign_ins(session)
        address_changes.forget_secrets(session)
        counters.forget_expired(session)
