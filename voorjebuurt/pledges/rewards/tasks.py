"""Background work on rewards: letting go what was kept too long, forgetting addresses."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit.turns import in_turn
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.pledges.rewards.deliveries import forget_addresses
from voorjebuurt.pledges.rewards.stock import campaigns_with_old_holds, let_go_of_campaign


@task("pledges.let_go_rewards", cron="* * * * *")
def let_go_rewards(runtime: Runtime) -> None:
    """Let go what was kept for donors who did not pay in time, so that the page offers it."""
    with runtime.database.reading() as session:
        campaign_ids = campaigns_with_old_holds(session)
    in_turn(runtime.database, campaign_ids, let_go, task="pledges.let_go_rewards")


def let_go(session: Session, campaign_id: UUID) -> None:
    """Let go what was kept too long of one campaign."""
    locked_campaign(session, campaign_id)
    let_go_of_campaign(session, campaign_id)


@task("pledges.forget_reward_addresses", cron="50 2 * * *")
def forget_reward_addresses(runtime: Runtime) -> None:
    """Take away the addresses of rewards that were sent some time ago."""
    with runtime.database.writing() as session:
        forget_addresses(session)
