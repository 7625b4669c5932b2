"""Every task of the application: importing a feature's module registers its tasks."""

from voorjebuurt.attachments import tasks as attachments
from voorjebuurt.campaigns import tasks as campaigns
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
from voorjebuurt.worker import queue_tasks

MODULES = (
    attachments,
    *(campaigns, decisions, mail, matching, owndata, payments, payouts, people, places, pledges),
    *(choices, fallbacks, queue_tasks),
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
