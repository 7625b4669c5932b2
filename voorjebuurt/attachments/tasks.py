"""Looking through files that people added, and tidying up what they did not send."""

from uuid import UUID

from voorjebuurt.attachments import scanning, service
from voorjebuurt.attachments.clamd import Scanner, ScannerError
from voorjebuurt.kernel.jobs import RetryLaterError, Runtime, task
from voorjebuurt.kernel.storage import FolderStorage

AGAIN_SECONDS = 60


@task(service.SCAN_TASK)
def scan(runtime: Runtime, attachment_id: str) -> None:
    """Let the scanner look at one file; again later when it does not answer."""
    try:
        _scan(runtime, UUID(attachment_id))
    except ScannerError as error:
        with runtime.database.writing() as session:
            scanning.note_silence(session, error=str(error))
        raise RetryLaterError(str(error), seconds=AGAIN_SECONDS) from error


@task("attachments.scan_waiting", cron="*/5 * * * *")
def scan_waiting(runtime: Runtime) -> None:
    """Let the scanner look at what waits, until it does not answer."""
    with runtime.database.reading() as session:
        waiting = scanning.waiting_attachments(session)
    for attachment_id in waiting:
        try:
            _scan(runtime, attachment_id)
        except ScannerError as error:
            with runtime.database.writing() as session:
                scanning.note_silence(session, error=str(error))
            return


@task("attachments.forget_drafts", cron="35 3 * * *")
def forget_drafts(runtime: Runtime) -> None:
    """Erase files that were added to forms that nobody sent."""
    with runtime.database.writing() as session:
        service.forget_drafts(
            session,
            storage=FolderStorage(runtime.settings.attached),
            days=runtime.settings.retention.unsent_file_days,
        )


def _scan(runtime: Runtime, attachment_id: UUID) -> None:
    with runtime.database.reading() as session:
        key = scanning.key_to_scan(session, attachment_id)
    if key is None:
        return
    settings = runtime.settings.attachments
    if not settings.clamd:
        raise ScannerError("no scanner is set (attachments.clamd)")
    data = FolderStorage(runtime.settings.attached).get(key)
    if data is None:
        raise ScannerError(f"the file {key} is gone")
    finding = Scanner(settings.clamd, settings.scan_seconds).look(data)
    with runtime.database.writing() as session:
        scanning.note_finding(session, attachment_id=attachment_id, finding=finding)
