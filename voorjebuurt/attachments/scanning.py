"""Files are looked through by the scanner, outside any transaction; what it says is kept."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.attachments.clamd import Finding
from voorjebuurt.attachments.models import Attachment
from voorjebuurt.attachments.rules import ScanState
from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM

SILENT_AFTER = timedelta(minutes=10)
"""A file that waits longer tells that the scanner is in trouble."""
_ALERT_KEY = "attachment_scanner_silent"


def key_to_scan(session: Session, attachment_id: UUID) -> str | None:
    """Where the bytes of a file are that waits to be scanned; None when it does not."""
    statement = select(Attachment.key).where(
        Attachment.id == attachment_id,
        Attachment.scan == ScanState.WAITING.value,
        Attachment.removed_at.is_(None),
    )
    return session.scalar(statement)


def waiting_attachments(session: Session) -> Sequence[UUID]:
    """Files that wait to be scanned, the oldest first."""
    statement = select(Attachment.id).where(
        Attachment.scan == ScanState.WAITING.value, Attachment.removed_at.is_(None)
    )
    return session.scalars(statement.order_by(Attachment.added_at)).all()


def note_finding(session: Session, *, attachment_id: UUID, finding: Finding) -> None:
    """Keep what the scanner said, once; a refused file that was sent in is somebody's task."""
    attachment = session.get(Attachment, attachment_id, with_for_update=True)
    if attachment is None or attachment.scan != ScanState.WAITING:
        return
    state = ScanState.CLEAN if finding.clean else ScanState.REFUSED
    attachment.scan, attachment.finding = state.value, finding.name
    attachment.scanned_at = clock.now()
    if state is ScanState.CLEAN:
        return
    audit.record(
        session,
        actor=SYSTEM,
        action=Action.ATTACHMENT_REFUSED,
        subject=Subject(SubjectKind.CAMPAIGN, attachment.campaign_id, None, {}),
        detail={"attachment": str(attachment.id), "finding": finding.name},
    )
    if attachment.submitted_at is not None:
        audit.raise_alert(
            session,
            key=f"attachment_refused:{attachment.id}",
            kind=AlertKind.ATTACHMENT_REFUSED,
            detail={"campaign_id": str(attachment.campaign_id), "finding": finding.name},
        )


def note_silence(session: Session, *, error: str) -> bool:
    """Ask for a person's eye when a file waits long for a scanner; returns whether one does."""
    statement = select(Attachment.added_at).where(
        Attachment.scan == ScanState.WAITING.value, Attachment.removed_at.is_(None)
    )
    oldest = session.scalar(statement.order_by(Attachment.added_at).limit(1))
    if oldest is None or clock.now() - oldest < SILENT_AFTER:
        return False
    audit.raise_alert(
        session,
        key=_ALERT_KEY,
        kind=AlertKind.SCANNER_SILENT,
        detail={"since": oldest.isoformat(), "error": error[:500]},
    )
    return True
