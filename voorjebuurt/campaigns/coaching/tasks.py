"""What conversations, and funders who look along, do on the timetable."""

from voorjebuurt.audit.turns import in_turn
from voorjebuurt.campaigns.coaching.conversation import talks_to_mail
from voorjebuurt.campaigns.coaching.talk_mails import REACH, mail_waiting
from voorjebuurt.campaigns.funders.service import forget_links
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.jobs import Runtime, task


@task("campaigns.mail_talks", cron="*/5 * * * *")
def mail_talks(runtime: Runtime) -> None:
    """Mail who has not read what was said while it was too soon for another mail."""
    with runtime.database.reading() as session:
        ids = talks_to_mail(session, since=clock.now() - REACH)
    in_turn(runtime.database, ids, mail_waiting, task="campaigns.mail_talks")


@task("campaigns.forget_funders", cron="32 3 * * *")
def forget_funders(runtime: Runtime) -> None:
    """Throw away links that closed long ago, with what was remarked by them."""
    with runtime.database.writing() as session:
        forget_links(session)
