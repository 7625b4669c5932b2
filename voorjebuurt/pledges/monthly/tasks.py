"""Background work on monthly gifts: looking after each, collecting, letting mandates go."""

from uuid import UUID

from voorjebuurt.audit.turns import in_turn
from voorjebuurt.kernel import jobs
from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.payments.providers import NEW_PAYMENTS, connect
from voorjebuurt.payments.tasks import retrying
from voorjebuurt.pledges.monthly import collecting, provider
from voorjebuurt.pledges.monthly.due import due_gifts


@task("pledges.follow_monthly")
def follow_monthly(runtime: Runtime, *, pledge_id: str) -> None:
    """News of a gift that is a part of a monthly one."""
    with runtime.database.writing() as session:
        monthly_id = collecting.monthly_of_pledge(session, UUID(pledge_id))
        if monthly_id is not None:
            collecting.advance(session, monthly_id)


@task("pledges.mind_monthly", cron="*/10 * * * *")
def mind_monthly(runtime: Runtime) -> None:
    """Look after monthly gifts that are due, one at a time, and have the provider do its part."""
    with runtime.database.reading() as session:
        monthly_ids = due_gifts(session)
    in_turn(runtime.database, monthly_ids, collecting.advance, task="pledges.mind_monthly")
    with runtime.database.writing() as session:
        for monthly_id, collection_id in collecting.due_collections(session):
            key = f"monthly:{monthly_id}"
            jobs.defer(
                session,
                "pledges.collect_monthly",
                lock=key,
                queueing_lock=key,
                collection_id=str(collection_id),
            )
        for monthly_id in collecting.to_release(session):
            key = f"monthly:{monthly_id}"
            jobs.defer(
                session,
                "pledges.release_mandate",
                lock=key,
                queueing_lock=key,
                monthly_id=str(monthly_id),
            )


@task("pledges.collect_monthly", max_attempts=40)
def collect_monthly(runtime: Runtime, *, collection_id: str) -> None:
    """Have one month collected."""
    with retrying(runtime):
        gateway = connect(runtime.settings, NEW_PAYMENTS)
        provider.collect(
            runtime.database, gateway, runtime.settings, collection_id=UUID(collection_id)
        )


@task("pledges.release_mandate", max_attempts=40)
def release_mandate(runtime: Runtime, *, monthly_id: str) -> None:
    """Have the mandate of a monthly gift revoked that is over."""
    with retrying(runtime):
        gateway = connect(runtime.settings, NEW_PAYMENTS)
        provider.release(runtime.database, gateway, monthly_id=UUID(monthly_id))
