"""A mail server that takes the connection and says no more: only mail waits for it."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.support.smtp_server import smtp_server
from voorjebuurt.kernel import jobs
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail import transport
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.mail.transport import MailServerError, deliver
from voorjebuurt.worker import registry
from voorjebuurt.worker.process import CONCURRENCY

PROGRAM = """
import os
from voorjebuurt import settings
from voorjebuurt.worker.process import run_worker
loaded = settings.load(os.environ)
run_worker(loaded, loaded.database_url)
"""
PATIENCE_SECONDS = 30


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def jobs_in(database: Database, task: str, status: str) -> int:
    rows = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = :task"
    statement = text(f"{rows} AND CAST(status AS text) = :status")
    with database.reading() as session:
        return session.scalar(statement.bindparams(task=task, status=status)) or 0


def queue_mails(database: Database, count: int) -> None:
    with database.writing() as session:
        for number in range(count):
            queue_mail(
                session,
                key=f"sign_in:{number}",
                template="sign_in",
                recipient=f"noor{number}@voorbeeld.example",
                locale="nl",
                path="/inloggen/x",
                minutes=30,
            )


def test_a_job_of_money_is_done_at_once_while_mail_hangs(
    fresh_database: Database, fresh_database_url: str, tmp_path: Path
) -> None:
    places = CONCURRENCY[jobs.MAIL_QUEUE]
    queue_mails(fresh_database, 3 * places)
    with smtp_server() as smtp:
        smtp.gate = threading.Event()
        environment = {
            **os.environ,
            "VJB_ENV": "test",
            "VJB_HOME": str(tmp_path),
            "DATABASE_URL": fresh_database_url,
            "SMTP_URL": smtp.url,
        }
        process = subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment)
        try:
            wait_for(lambda: jobs_in(fresh_database, "mail.send", "doing") == places)
            with fresh_database.writing() as session:
                jobs.defer(session, "pledges.close_campaigns")
            wait_for(lambda: jobs_in(fresh_database, "pledges.close_campaigns", "succeeded"))
            assert jobs_in(fresh_database, "mail.send", "doing") == places, "it hangs still"
        finally:
            process.kill()
            process.wait()
            smtp.gate.set()


def test_mail_is_sent_by_workers_of_its_own(fresh_database: Database) -> None:
    queue_mails(fresh_database, 1)
    with fresh_database.reading() as session:
        queue = session.execute(text("SELECT queue_name FROM procrastinate_jobs")).scalar()
    (task,) = (task for task in registry.all_tasks() if task.name == "mail.send")
    assert task.queue == queue == jobs.MAIL_QUEUE
    assert set(CONCURRENCY) == set(jobs.QUEUES) == {each.queue for each in registry.all_tasks()}


def test_a_server_that_never_comes_to_an_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "DELIVERY_SECONDS", 0.5)
    email = EmailMessage()
    email["From"], email["To"] = "a@voorbeeld.example", "b@voorbeeld.example"
    email.set_content("Dag")
    with smtp_server() as smtp:
        smtp.gate = threading.Event()
        before = time.monotonic()
        with pytest.raises(MailServerError):
            deliver(smtp.url, email)
        assert time.monotonic() - before < transport._TIMEOUT_SECONDS / 2
        smtp.gate.set()
