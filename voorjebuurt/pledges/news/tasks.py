"""Mailing what was told, in batches."""

from uuid import UUID

from voorjebuurt.audit.turns import in_turn
from voorjebuurt.kernel.batches import in_batches
from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.pledges.news.digest import due_readers, mail_digest
from voorjebuurt.pledges.news.update_mails import mail_next_readers

_READERS_AT_ONCE = 200


@task("pledges.tell_of_update")
def tell_of_update(runtime: Runtime, *, update_id: str) -> None:
    """Mail all who may read an update, so many in a transaction: resumable, each once."""
    in_batches(
        runtime.database,
        lambda session: mail_next_readers(
            session, update_id=UUID(update_id), limit=_READERS_AT_ONCE
        ),
        size=_READERS_AT_ONCE,
    )


@task("pledges.mail_follow_digests", cron="30 8 * * 4")
def mail_follow_digests(runtime: Runtime) -> None:
    """Tell what is new in neighbourhoods and themes, once a week, each reader in turn."""
    with runtime.database.reading() as session:
        reader_ids = due_readers(session)
    in_turn(
        runtime.database,
        reader_ids,
        lambda session, key: mail_digest(session, follow_id=key),
        task="pledges.mail_follow_digests",
    )
