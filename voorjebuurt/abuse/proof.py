"""Files that go with a report of abuse: added by who sent it, opened by who looks at it."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.abuse.models import AbuseReport
from voorjebuurt.abuse.reporting import write_trail
from voorjebuurt.abuse.rules import MOST_BYTES, MOST_FILES, PROOF_HOURS
from voorjebuurt.attachments.content import FIELD, media_type
from voorjebuurt.attachments.models import Attachment
from voorjebuurt.attachments.queries import AttachmentRow, of_abuse_report
from voorjebuurt.attachments.rules import NAMES, Limits, ScanState, shown_name
from voorjebuurt.attachments.service import SCAN_TASK
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.members.acting import has_part
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError
from voorjebuurt.kernel.ids import derived_token
from voorjebuurt.kernel.jobs import defer
from voorjebuurt.kernel.storage import Storage
from voorjebuurt.people.rules import Role

PURPOSE = "abuse proof"


def proof_token(secret_key: str, report_id: UUID) -> str:
    """The secret by which who just reported adds files; it tells and changes nothing else."""
    return derived_token(secret_key, PURPOSE, str(report_id))


def is_proof_token(secret_key: str, report_id: UUID, token: str) -> bool:
    """Whether this is that secret."""
    return hmac.compare_digest(proof_token(secret_key, report_id), token)


def takes_proof(session: Session, report_id: UUID) -> int:
    """How many more files a report takes; 0 when it was decided on, or was sent too long ago."""
    report = session.get(AbuseReport, report_id)
    if report is None or not _is_open(report):
        return 0
    return max(0, MOST_FILES - _files(session, report_id))


def add_proof(
    session: Session,
    *,
    report_id: UUID,
    data: bytes,
    filename: str,
    storage: Storage,
    limits: Limits,
    has_scanner: bool,
) -> UUID:
    """Keep a file with a report; the same file again is the same one. Nothing tells who sent it.

    Raises ``DomainError`` at ``attachments`` for one that is not taken, or one too many.
    """
    kind = media_type(data, limits)
    report = session.get(AbuseReport, report_id, with_for_update=True, populate_existing=True)
    if report is None:
        raise NotFoundError("abuse_report_not_found")
    checksum = hashlib.sha256(data).hexdigest()
    rows = of_abuse_report(session, report_id)
    same = next((row for row in rows if row.sha256 == checksum), None)
    if same is not None:
        return same.id
    if not _is_open(report):
        raise DomainError("abuse_proof_late", field=FIELD)
    if _files(session, report_id) >= MOST_FILES:
        raise DomainError("attachments_too_many", field=FIELD, maximum=MOST_FILES)
    if sum(row.size for row in rows) + len(data) > MOST_BYTES:
        megabytes = MOST_BYTES // 1_000_000
        raise DomainError("abuse_proof_too_large", field=FIELD, max_megabytes=megabytes)
    now = clock.now()
    attachment = Attachment(
        campaign_id=report.campaign_id,
        abuse_report_id=report.id,
        form=f"abuse:{report.id}",
        name=shown_name(filename, kind),
        media_type=NAMES[kind],
        size=len(data),
        sha256=checksum,
        key=f"{secrets.token_hex(20)}.bin",
        scan=(ScanState.WAITING if has_scanner else ScanState.UNSCANNED).value,
        added_at=now,
        submitted_at=now,
    )
    storage.put(attachment.key, data)
    session.add(attachment)
    session.flush()
    if has_scanner:
        defer(session, SCAN_TASK, attachment_id=str(attachment.id))
    write_trail(session, report, Action.ABUSE_REPORT_PROOF_ADDED, GUEST)
    return attachment.id


def open_proof(
    session: Session, *, report_id: UUID, attachment_id: UUID, actor: Actor
) -> AttachmentRow:
    """A file for who looks at the report; that they opened it is written down.

    Raises ``NotFoundError``, and ``ForbiddenError`` for who did not take the report, or may not
    judge it.
    """
    report = session.get(AbuseReport, report_id)
    rows = of_abuse_report(session, report_id)
    row = next((each for each in rows if each.id == attachment_id), None)
    if report is None or row is None:
        raise NotFoundError("abuse_report_not_found")
    lookers = (report.taken_by, report.decided_by)
    is_theirs = Role.STAFF in actor.roles and actor.person_id in lookers
    if not is_theirs or has_part(session, report.campaign_id, actor.person_id):
        raise ForbiddenError("abuse_proof_not_yours")
    write_trail(session, report, Action.ABUSE_REPORT_PROOF_OPENED, actor)
    return row


def _is_open(report: AbuseReport) -> bool:
    is_recent = report.reported_at > clock.now() - timedelta(hours=PROOF_HOURS)
    return report.outcome is None and is_recent


def _files(session: Session, report_id: UUID) -> int:
    statement = select(func.count(Attachment.id)).where(Attachment.abuse_report_id == report_id)
    return session.scalar(statement) or 0
