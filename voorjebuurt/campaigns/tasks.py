"""What campaigns do on the timetable."""

from datetime import timedelta

from voorjebuurt.audit.turns import in_turn
from voorjebuurt.campaigns.drafts import untouched_drafts
from voorjebuurt.campaigns.idle_drafts import look_after_draft
from voorjebuurt.campaigns.queries import picture_keys
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.kernel.storage import FolderStorage

_KEPT_UNUSED = timedelta(days=7)
"""A picture is uploaded before its draft is saved: it gets this long to be used."""


@task("campaigns.sweep_pictures", cron="40 3 * * *")
def sweep_pictures(runtime: Runtime) -> None:
    """Throw away pictures that no campaign uses."""
    storage = FolderStorage(runtime.settings.uploads)
    with runtime.database.reading() as session:
        keys_in_use = picture_keys(session)
    for name in storage.names(before=clock.now() - _KEPT_UNUSED):
        if name.rpartition("-")[0] not in keys_in_use:
            storage.delete(name)


@task("campaigns.look_after_drafts", cron="10 3 * * *")
def look_after_drafts(runtime: Runtime) -> None:
    """Remind, warn, and erase what nobody changes; before the sweep that takes its pictures."""
    terms = runtime.settings.campaigns
    with runtime.database.reading() as session:
        draft_ids = untouched_drafts(session, days=terms.draft_remind_days)
    in_turn(
        runtime.database,
        draft_ids,
        lambda session, key: look_after_draft(session, campaign_id=key, terms=terms),
        task="campaigns.look_after_drafts",
    )
