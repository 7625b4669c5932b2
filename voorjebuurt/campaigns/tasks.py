"""What campaigns do on the timetable."""

from datetime import timedelta

from voorjebuurt.audit.turns import in_turn
from voorjebuurt.campaigns.drafts import untouched_drafts
from voorjebuurt.campaigns.follow import service as follows
from voorjebuurt.campaigns.gallery.queries import gallery_keys
from voorjebuurt.campaigns.idle_drafts import look_after_draft
from voorjebuurt.campaigns.queries import picture_keys
from voorjebuurt.campaigns.questions import service as questions
from voorjebuurt.campaigns.reach.made_files import sweep
from voorjebuurt.campaigns.together.invitations import forget_ended_invitations
from voorjebuurt.campaigns.updates.queries import update_pictures
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.kernel.storage import FolderStorage

_KEPT_UNUSED = timedelta(days=7)
"""A picture is uploaded before its draft is saved: it gets this long to be used."""
_KEPT_MADE = timedelta(days=30)
"""Posters and pictures for sharing are made anew when somebody still asks for them."""


@task("campaigns.sweep_pictures", cron="40 3 * * *")
def sweep_pictures(runtime: Runtime) -> None:
    """Throw away pictures that no campaign and no update uses."""
    storage = FolderStorage(runtime.settings.uploads)
    with runtime.database.reading() as session:
        keys_in_use = picture_keys(session) | gallery_keys(session) | update_pictures(session)
    for name in storage.names(before=clock.now() - _KEPT_UNUSED):
        if name.rpartition("-")[0] not in keys_in_use:
            storage.delete(name)


@task("campaigns.sweep_made_files", cron="50 3 * * *")
def sweep_made_files(runtime: Runtime) -> None:
    """Throw away what was made of campaigns a while ago; most of it shows an older amount."""
    sweep(FolderStorage(runtime.settings.made_files), before=clock.now() - _KEPT_MADE)


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


@task("campaigns.forget_follows", cron="20 3 * * *")
def forget_follows(runtime: Runtime) -> None:
    """Throw away what nobody confirmed, and what was refused by the link in a mail."""
    with runtime.database.writing() as session:
        follows.forget_unconfirmed(session)


@task("campaigns.forget_invitations", cron="28 3 * * *")
def forget_invitations(runtime: Runtime) -> None:
    """Throw away invitations that nobody answered in time."""
    with runtime.database.writing() as session:
        forget_ended_invitations(session)


@task("campaigns.forget_askers", cron="25 3 * * *")
def forget_askers(runtime: Runtime) -> None:
    """Throw away questions that nobody confirmed, and addresses that nobody needs any more."""
    with runtime.database.writing() as session:
        questions.forget_askers(session)
