"""Every feature's tasks are known to the worker, under the feature's own name."""

from croniter import croniter

from voorjebuurt import paths
from voorjebuurt.worker import registry


def test_the_worker_knows_every_module_of_tasks():
    there = {f"voorjebuurt.{path.parent.name}.tasks" for path in paths.PACKAGE.glob("*/tasks.py")}
    modules = {module.__name__ for module in registry.MODULES} - {"voorjebuurt.worker.queue_tasks"}
    assert modules == there


def test_a_task_is_called_after_its_feature():
    for task in registry.all_tasks():
        feature = task.function.__module__.split(".")[1]
        assert task.name.partition(".")[0] == ("queue" if feature == "worker" else feature)


def test_the_timetable_can_be_read():
    assert registry.sweeps()
    for task in registry.all_tasks():
        assert task.cron is None or croniter.is_valid(task.cron), task.name
