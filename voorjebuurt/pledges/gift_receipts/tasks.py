"""Background work on receipts."""

from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.pledges.gift_receipts.numbering import number_gift_receipts

_BATCH = 200


@task("pledges.number_gift_receipts", cron="25 3 * * *")
def give_numbers(runtime: Runtime) -> None:
    """Number the receipts of gifts that were booked; every night those that were missed too."""
    is_more = True
    while is_more:
        with runtime.database.writing() as session:
            is_more = number_gift_receipts(session, limit=_BATCH) == _BATCH
