"""Looking at a success again when something of it was taken away."""

from uuid import UUID

from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.payouts.fallback import falling_back
from voorjebuurt.pledges.near_miss.rules import NearMissCause


@task("payouts.fall_back", max_attempts=40)
def fall_back(runtime: Runtime, *, campaign_id: str, cause: str) -> None:
    """Begin a near miss if the campaign has less than its minimum now."""
    with runtime.database.writing() as session:
        falling_back.fall_back(
            session,
            campaign_id=UUID(campaign_id),
            cause=NearMissCause(cause),
            terms=runtime.settings.near_miss,
        )
