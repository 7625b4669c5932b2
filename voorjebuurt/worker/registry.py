"""Every task of the application: importing a feature's module registers its tasks."""

from voorjebuurt.abuse import tasks as abuse
from voorjebuurt.attachments import tasks as attachments
from voorjebuurt.campaigns import tasks as campaigns
from voorjebuurt.campaigns.coaching import tasks as talks
from voorjebuurt.campaigns.needs import tasks as needs
from voorjebuurt.campaigns.visits import tasks as visits
from voorjebuurt.decisions import tasks as decisions
from voorjebuurt.kernel.jobs import TASKS, Task
from voorjebuurt.mail import tasks as mail
from voorjebuurt.matching import tasks as matching
from voorjebuurt.owndata import tasks as owndata
from voorjebuurt.payments import tasks as payments
from voorjebuurt.payouts import tasks as payouts
from voorjebuurt.payouts.fallback import tasks as fallbacks
from voorjebuurt.people import tasks as people
from voorjebuurt.places import tasks as places
from voorjebuurt.pledges import tasks as pledges
from voorjebuurt.pledges.choices import tasks as choices
from voorjebuurt.pledges.comparison import tasks as comparison
from voorjebuurt.pledges.corrections import tasks as corrections
from voorjebuurt.pledges.dedications import tasks as dedications
from voorjebuurt.pledges.desk import tasks as gifts_by_hand
from voorjebuurt.pledges.gift_receipts import tasks as gift_receipts
from voorjebuurt.pledges.live import tasks as live
from voorjebuurt.pledges.monthly import tasks as monthly
from voorjebuurt.pledges.news import tasks as news
from voorjebuurt.pledges.rewards import tasks as rewards
from voorjebuurt.pledges.sums import tasks as sums
from voorjebuurt.pledges.thanks import tasks as thanks
from voorjebuurt.pledges.tins import tasks as tins
from voorjebuurt.worker import queue_tasks

MODULES = (
    abuse,
    attachments,
    *(campaigns, decisions, mail, matching, owndata, payments, payouts, people, places, pledges),
    *(choices, comparison, corrections, dedications, fallbacks, gifts_by_hand, gift_receipts, live),
    *(monthly, needs, news, queue_tasks, rewards, sums, talks, thanks, tins, visits),
)


def all_tasks() -> list[Task]:
    """All tasks by name."""
    return [TASKS[name] for name in sorted(TASKS)]


def sweeps() -> list[Task]:
    """The tasks on the timetable that look for what is due; not the queue's own queue_tasks."""
    return [
        task
        for task in all_tasks()
        if task.cron is not None and not queue_tasks.is_queue_task(task.name)
    ]
