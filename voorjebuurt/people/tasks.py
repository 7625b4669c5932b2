"""Tidying up after signing in."""

from datetime import timedelta
from functools import partial

from voorjebuurt.kernel import clock, counters
from voorjebuurt.kernel.batches import BATCH, in_batches
from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.people import address_changes, sign_ins, signin


@task("people.forget_links", cron="*/10 * * * *")
def forget_links(runtime: Runtime) -> None:
    """Throw away expired links, mails with links, and the counters of attempts."""
    with runtime.database.writing() as session:
        signin.forget_links(session)
        address_changes.forget_secrets(session)
        counters.forget_expired(session)


@task("people.forget_sign_ins", cron="5 3 * * *")
def forget_sign_ins(runtime: Runtime) -> None:
    """Throw away where people were signed in, after the term of the settings."""
    before = clock.now() - timedelta(days=runtime.settings.retention.sign_in_days)
    in_batches(runtime.database, partial(sign_ins.forget_sign_ins, before=before, limit=BATCH))
