"""Files are kept as a draft of a form until it is sent; then they are part of what it asked for."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from voorjebuurt.attachments import queries
from voorjebuurt.attachments.content import FIELD, media_type
from voorjebuurt.attachments.models import Attachment
from voorjebuurt.attachments.rules import NAMES, Limits, MediaType, ScanState, shown_name
from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.kernel.jobs import defer
from voorjebuurt.kernel.storage import Storage

SCAN_TASK = "attachments.scan"


@dataclass(frozen=True)
class Place:
    """The form that files are added to (``payee:<campaign>``), and the campaign it is about."""

    form: str
    campaign_id: UUID


@dataclass(frozen=True)
class Owner:
    """What files go with once their form is sent: a case (and its objection), or an account."""

    application_id: UUID | None = None
    payee_id: UUID | None = None
    objection_id: UUID | None = None


def keep_draft(
    session: Session,
    *,
    place: Place,
    data: bytes,
    filename: str,
    storage: Storage,
    limits: Limits,
    has_scanner: bool,
    actor: Actor,
) -> UUID:
    """Keep a file with a form that is not sent yet; the same file again is the same draft.

    Raises ``DomainError`` (field ``attachments``) for one that is not taken, or one too many, and
    ``ForbiddenError`` for who is not signed in.
    """
    kind = media_type(data, limits)
    return keep_known(
        session,
        place=place,
        data=data,
        filename=filename,
        kind=kind,
        storage=storage,
        max_files=limits.max_files,
        has_scanner=has_scanner,
        actor=actor,
    )


def keep_known(
    session: Session,
    *,
    place: Place,
    data: bytes,
    filename: str,
    kind: MediaType,
    storage: Storage,
    max_files: int,
    has_scanner: bool,
    actor: Actor,
) -> UUID:
    """The same for a file of which it was told already what it is."""
    if actor.person_id is None:
        raise ForbiddenError("not_your_campaign")
    before = queries.drafts(session, form=place.form, person_id=actor.person_id)
    checksum = hashlib.sha256(data).hexdigest()
    same = next((row for row in before if row.sha256 == checksum), None)
    if same is not None:
        return same.id
    if len(before) >= max_files:
        raise DomainError("attachments_too_many", field=FIELD, maximum=max_files)
    attachment = Attachment(
        uploader_id=actor.person_id,
        campaign_id=place.campaign_id,
        form=place.form,
        name=shown_name(filename, kind),
        media_type=NAMES[kind],
        size=len(data),
        sha256=checksum,
        key=f"{secrets.token_hex(20)}.bin",
        scan=(ScanState.WAITING if has_scanner else ScanState.UNSCANNED).value,
        added_at=clock.now(),
    )
    storage.put(attachment.key, data)
    session.add(attachment)
    session.flush()
    if has_scanner:
        defer(session, SCAN_TASK, attachment_id=str(attachment.id))
    return attachment.id


def remove_draft(session: Session, *, attachment_id: UUID, place: Place, actor: Actor) -> bool:
    """Take a file back before its form is sent; returns whether there was one.

    Its bytes go at the next tidying up.
    """
    statement = (
        update(Attachment)
        .where(
            Attachment.id == attachment_id,
            Attachment.form == place.form,
            Attachment.uploader_id == actor.person_id,
            Attachment.submitted_at.is_(None),
            Attachment.removed_at.is_(None),
        )
        .values(removed_at=clock.now(), removed_by=actor.person_id)
        .returning(Attachment.id)
    )
    return session.scalar(statement) is not None


def submit_drafts(
    session: Session,
    *,
    form: str,
    owner: Owner,
    subject: Subject,
    actor: Actor,
    field: str = FIELD,
) -> int:
    """Make the drafts of a form part of what it asked for, for good; returns how many there were.

    Raises ``DomainError`` (at ``field``) while one of them was refused by the scanner.
    """
    rows = queries.drafts(session, form=form, person_id=actor.person_id)
    refuse_unsafe(rows, field)
    if not rows:
        return 0
    ids = [row.id for row in rows]
    statement = (
        update(Attachment)
        .where(
            Attachment.id.in_(ids),
            Attachment.submitted_at.is_(None),
            Attachment.removed_at.is_(None),
            Attachment.scan != ScanState.REFUSED.value,
        )
        .values(
            submitted_at=clock.now(),
            application_id=owner.application_id,
            payee_id=owner.payee_id,
            objection_id=owner.objection_id,
        )
        .returning(Attachment.id)
    )
    if len(session.scalars(statement).all()) < len(ids):  # one went, or was refused, just now
        raise DomainError("attachments_changed", field=field)
    audit.record(
        session,
        actor=actor,
        action=Action.ATTACHMENT_SUBMITTED,
        subject=subject,
        detail={"attachments": [{"id": str(row.id), "sha256": row.sha256} for row in rows]},
    )
    return len(rows)


def refuse_unsafe(rows: list[queries.AttachmentRow], field: str = FIELD) -> None:
    """Raises ``DomainError`` (at ``field``) when the scanner refused one of these files."""
    unsafe = next((row for row in rows if row.scan == ScanState.REFUSED), None)
    if unsafe is not None:
        raise DomainError("attachment_unsafe", field=field, name=unsafe.name)


def forget_drafts(session: Session, *, storage: Storage, days: int) -> int:
    """Erase drafts that were removed, or not sent for so many days; returns how many.

    Files that no row names any more, because what kept them was undone, go too.
    """
    oldest = clock.now() - timedelta(days=days)
    statement = (
        delete(Attachment)
        .where(
            Attachment.submitted_at.is_(None),
            or_(Attachment.removed_at.is_not(None), Attachment.added_at < oldest),
        )
        .returning(Attachment.key)
    )
    keys = session.scalars(statement).all()
    session.flush()
    current_keys = set(session.scalars(select(Attachment.key)))
    for name in storage.names(before=clock.now() - timedelta(days=1)):
        if name not in current_keys:
            storage.delete(name)
    return len(keys)
