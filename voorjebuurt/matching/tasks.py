"""Background work on matching: funds open, close and are settled in time; rules are rehearsed."""

from collections.abc import Callable
from uuid import UUID

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.matching import fund_calendar
from voorjebuurt.matching.fund_queries import due_funds, funds_to_settle
from voorjebuurt.matching.fund_rules import FundStatus
from voorjebuurt.matching.rehearsal.running import run_rehearsal


@task("matching.sweep_funds", cron="* * * * *")
def sweep_funds(runtime: Runtime) -> None:
    """Open and close every fund whose moment has come, each in a transaction of its own."""
    _each(runtime, FundStatus.PUBLISHED, fund_calendar.open_fund)
    _each(runtime, FundStatus.OPEN, fund_calendar.close_fund)


@task("matching.sweep_settled", cron="17 * * * *")
def sweep_settled(runtime: Runtime) -> None:
    """Settle funds in which nothing waits for a decision any more."""
    with runtime.database.reading() as session:
        waiting = funds_to_settle(session)
    for fund_id in waiting:
        with runtime.database.writing() as session:
            fund_calendar.settle(session, fund_id=fund_id, actor=SYSTEM)


@task("matching.rehearse", max_attempts=3)
def rehearse(runtime: Runtime, *, rehearsal_id: str) -> None:
    """Run one rehearsal."""
    run_rehearsal(runtime, UUID(rehearsal_id))


def _each(runtime: Runtime, status: FundStatus, move: Callable[..., bool]) -> None:
    with runtime.database.reading() as session:
        due = due_funds(session, status, now=clock.now())
    for fund_id in due:
        with runtime.database.writing() as session:
            move(session, fund_id=fund_id, actor=SYSTEM)
