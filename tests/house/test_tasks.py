"""Every feature's tasks are known to the worker, under the feature's own name, and all are used."""

import ast
from textwrap import dedent

import pytest
from croniter import croniter

from tests.support.deferring import UnreadableNameError, deferred_names, renamed_imports
from tests.support.source import calls_of, modules
from voorjebuurt import paths
from voorjebuurt.worker import registry


def test_the_worker_knows_every_module_of_tasks() -> None:
    files = [path.relative_to(paths.PACKAGE) for path in paths.PACKAGE.rglob("tasks.py")]
    there = {".".join(["voorjebuurt", *path.with_suffix("").parts]) for path in files}
    modules = {module.__name__ for module in registry.MODULES} - {"voorjebuurt.worker.queue_tasks"}
    assert modules == there


def test_a_task_is_called_after_its_feature() -> None:
    for task in registry.all_tasks():
        feature = task.function.__module__.split(".")[1]
        assert task.name.partition(".")[0] == ("queue" if feature == "worker" else feature)


def test_the_timetable_can_be_read() -> None:
    assert registry.sweeps()
    for task in registry.all_tasks():
        assert task.cron is None or croniter.is_valid(task.cron), task.name


def test_every_job_that_is_deferred_has_a_task() -> None:
    names = deferred_names(modules())
    tasks = {task.name for task in registry.all_tasks()}
    strangers = {name: where for name, where in names.items() if name not in tasks}
    assert len(names) > 10
    assert strangers == {}


def test_every_task_is_deferred_somewhere_or_on_the_timetable() -> None:
    names = deferred_names(modules())
    waiting = {task.name for task in registry.all_tasks() if task.cron is None}
    assert waiting - names.keys() == set()


def test_jobs_are_written_by_one_function_under_one_name() -> None:
    assert {module for module, _ in calls_of("configure_task")} == {"kernel/jobs.py"}
    assert renamed_imports(modules()) == []


NAMES = """
    from voorjebuurt.kernel import jobs
    from voorjebuurt.mail import names
    from voorjebuurt.mail.names import AGAIN as ONCE_MORE, LATER

    HERE = "here.constant"

    def plain(session):
        jobs.defer(session, "here.literal", lock="not.this")
        jobs.defer(session, name="here.keyword")
        jobs.defer(session, HERE)
        jobs.defer(session, LATER)
        jobs.defer(session, ONCE_MORE)
        jobs.defer(session, names.SEND)

    def chosen(session, first):
        kind: str = "here.variable"
        kind = "here.other" if first else "here.one"
        jobs.defer(session, kind)
        for each in ("here.first", "here.second"):
            jobs.defer(session, each)

    def queue(session, task, *, more="here.default"):
        jobs.defer(session, task)
        jobs.defer(session, more)
"""
CONSTANTS = """
    SEND = "mail.send"
    LATER: str = "mail.later"
    AGAIN = "mail.again"
"""
CALLER = """
    from voorjebuurt.here import tasks

    def go(session):
        tasks.queue(session, "there.passed_on")
        tasks.queue(session, "there.passed_on", more="there.keyword")
"""


def _parsed(**sources: str) -> dict[str, ast.Module]:
    return {
        f"{name.replace('__', '/')}.py": ast.parse(dedent(source))
        for name, source in sources.items()
    }


def test_names_are_followed_through_constants_variables_and_parameters() -> None:
    names = deferred_names(_parsed(here__tasks=NAMES, mail__names=CONSTANTS, there__go=CALLER))
    here = ("literal", "keyword", "constant", "variable", "other", "one", "first", "second")
    assert names.keys() == {
        *(f"here.{name}" for name in (*here, "default")),
        *(f"mail.{name}" for name in ("send", "later", "again")),
        *("there.passed_on", "there.keyword"),
    }
    assert names["here.literal"] == "here/tasks.py:9"


@pytest.mark.parametrize(
    "call",
    [
        'jobs.defer(session, "a." + "b")',
        'jobs.defer(session, f"a.{session}")',
        "jobs.defer(session, UNKNOWN)",
        "jobs.defer(session, somewhere.NAME)",
        "jobs.defer(*everything)",
        'jobs.defer(session, **{"name": "a.b"})',
    ],
)
def test_a_name_that_can_not_be_read_is_refused(call: str) -> None:
    with pytest.raises(UnreadableNameError, match="here:3"):
        deferred_names({"here": ast.parse(f"\ndef go(session, everything):\n    {call}\n")})


def test_another_name_for_the_function_is_found() -> None:
    sources = _parsed(
        one="from voorjebuurt.kernel.jobs import defer as later",
        other="from voorjebuurt.kernel import jobs\nlater = jobs.defer",
        plain="from voorjebuurt.kernel import jobs\nlater = jobs.task",
    )
    assert renamed_imports(sources) == ["one.py:1", "other.py:2"]
