"""Background work on matching.

Funds open, close and are settled in time; rules are rehearsed; live funds follow the gifts, and
matches end with their campaigns and go on once their money is here.
"""

from collections.abc import Callable
from uuid import UUID

from voorjebuurt.audit.turns import in_turn
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.jobs import RetryLaterError, Runtime, task
from voorjebuurt.matching.applications import signers
from voorjebuurt.matching.funds import schedule as fund_calendar
from voorjebuurt.matching.funds.queries import due_funds, funds_to_settle
from voorjebuurt.matching.funds.states import FundStatus
from voorjebuurt.matching.live import allocator
from voorjebuurt.matching.live.allocator import BATCH, funds_with_match_claims
from voorjebuurt.matching.live.campaign_end import (
    campaigns_to_settle,
    funds_to_finish,
    settle_campaign,
)
from voorjebuurt.matching.pots.municipal_payments import funds_in_arrears, settle_arrears
from voorjebuurt.matching.questions.service import forget_unconfirmed
from voorjebuurt.matching.rehearsal.runner import run_rehearsal

_TURNS = 5
"""A claim may come in between dealing with all and fixing the match: then once more."""


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
    in_turn(
        runtime.database,
        waiting,
        lambda session, key: fund_calendar.settle(session, fund_id=key, actor=SYSTEM),
        task="matching.sweep_settled",
    )


@task("matching.forget_questions", cron="41 3 * * *")
def forget_questions(runtime: Runtime) -> None:
    """Throw away questions about funds whose address nobody confirmed."""
    with runtime.database.writing() as session:
        forget_unconfirmed(session)


@task("matching.follow_signer")
def follow_signer(runtime: Runtime, *, campaign_id: str) -> None:
    """Another signs for a campaign: open applications of it are theirs."""
    with runtime.database.writing() as session:
        signers.follow_signer(session, campaign_id=UUID(campaign_id))


@task("matching.rehearse", max_attempts=3)
def rehearse(runtime: Runtime, *, rehearsal_id: str) -> None:
    """Run one rehearsal."""
    run_rehearsal(runtime, UUID(rehearsal_id))


@task("matching.allocate", max_attempts=40)
def allocate(runtime: Runtime, *, fund_id: str) -> None:
    """Let a live fund deal with all its claims, batch by batch."""
    _allocate(runtime, UUID(fund_id))


@task("matching.campaign_ended", max_attempts=40)
def campaign_ended(runtime: Runtime, *, campaign_id: str) -> None:
    """Fix, commit or release the matches of a campaign, once its last claims are dealt with."""
    _end(runtime, UUID(campaign_id))


@task("matching.sweep_claims", cron="* * * * *")
def sweep_match_claims(runtime: Runtime) -> None:
    """Make up for lost jobs: claims that wait, and campaigns that ended without their funds."""
    with runtime.database.reading() as session:
        waiting, ended_ids = funds_with_match_claims(session), campaigns_to_settle(session)
    for fund_id in waiting:
        _allocate(runtime, fund_id)
    for campaign_id in ended_ids:
        _end(runtime, campaign_id)


@task("matching.sweep_arrears", cron="37 * * * *")
def sweep_arrears(runtime: Runtime) -> None:
    """Let matches go on whose money is here by other ways than a municipality's payment."""
    with runtime.database.reading() as session:
        waiting = funds_in_arrears(session)
    in_turn(
        runtime.database,
        waiting,
        lambda session, key: settle_arrears(session, fund_id=key, actor=SYSTEM),
        task="matching.sweep_arrears",
    )


def _allocate(runtime: Runtime, fund_id: UUID) -> None:
    count = BATCH
    while count == BATCH:
        with runtime.database.writing() as session:
            count = allocator.allocate(session, fund_id=fund_id, limit=BATCH)


def _end(runtime: Runtime, campaign_id: UUID) -> None:
    for _ in range(_TURNS):
        with runtime.database.reading() as session:
            following = funds_to_finish(session, campaign_id)
        for fund_id in following:
            _allocate(runtime, fund_id)
        with runtime.database.writing() as session:
            if settle_campaign(session, campaign_id=campaign_id):
                return
    raise RetryLaterError("gifts keep coming in", seconds=5)


def _each(runtime: Runtime, status: FundStatus, move: Callable[..., bool]) -> None:
    with runtime.database.reading() as session:
        due = due_funds(session, status, now=clock.now())
    in_turn(
        runtime.database,
        due,
        lambda session, key: move(session, fund_id=key, actor=SYSTEM),
        task="matching.sweep_funds",
    )
