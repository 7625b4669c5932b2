"""Mailing thanks, in batches."""

from uuid import UUID

from voorjebuurt.kernel.batches import in_batches
from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.pledges.thanks.mails import mail_next_thanks

_READERS_AT_ONCE = 200


@task("pledges.tell_thanks")
def tell_thanks(runtime: Runtime, *, thanks_id: str) -> None:
    """Mail thanks to all whom they are for, so many in a transaction: resumable, each once."""
    in_batches(
        runtime.database,
        lambda session: mail_next_thanks(
            session, thanks_id=UUID(thanks_id), limit=_READERS_AT_ONCE
        ),
        size=_READERS_AT_ONCE,
    )
