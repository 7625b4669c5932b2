"""Background work on help that was offered: what goes by itself after a term."""

from uuid import UUID

from voorjebuurt.campaigns.needs import offers
from voorjebuurt.kernel.jobs import Runtime, task


@task("campaigns.forget_offers", cron="55 2 * * *")
def forget_offers(runtime: Runtime) -> None:
    """Throw away offers that nobody confirmed, and who helped some time ago."""
    with runtime.database.writing() as session:
        offers.forget_old_offers(session)


@task("campaigns.withdraw_erased_offer")
def withdraw_erased_offer(runtime: Runtime, *, offer_id: str) -> None:
    """Ask again for what somebody was to bring who had their data erased."""
    with runtime.database.writing() as session:
        offers.withdraw_erased_offer(session, offer_id=UUID(offer_id))
