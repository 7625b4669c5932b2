"""Reading what files there are: of a form, a case, an account, or a person."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from voorjebuurt.attachments.models import Attachment
from voorjebuurt.attachments.rules import READABLE, ScanState, may_read

RECEIPTS = "accounting"
PAYEE_CHECKS = "payee_check"
"""How the form begins that staff add proof to when they look at an account."""
KEY_STEM = 40
"""So much of a receipt's key is the beginning of its checksum."""


@dataclass(frozen=True)
class AttachmentRow:
    """A file as lists show it."""

    id: UUID
    uploader_id: UUID | None
    campaign_id: UUID
    application_id: UUID | None
    objection_id: UUID | None
    payee_id: UUID | None
    form: str
    name: str
    media_type: str
    size: int
    sha256: str
    key: str
    scan: str
    finding: str
    added_at: datetime
    submitted_at: datetime | None

    @property
    def is_of_staff(self) -> bool:
        """Whether staff added it when they looked at an account: who gave that does not see it."""
        return self.form.startswith(f"{PAYEE_CHECKS}:")

    def readable_by(self, person_id: UUID | None) -> bool:
        """Whether this person, who may see it, can save it."""
        is_own = person_id is not None and person_id == self.uploader_id
        return may_read(ScanState(self.scan), is_uploader=is_own)


def drafts(session: Session, *, form: str, person_id: UUID | None) -> list[AttachmentRow]:
    """What somebody added to a form that they did not send yet."""
    return _rows(
        session,
        Attachment.form == form,
        Attachment.uploader_id == person_id,
        Attachment.submitted_at.is_(None),
        Attachment.removed_at.is_(None),
    )


def of_application(session: Session, application_id: UUID) -> list[AttachmentRow]:
    """The files of a case, but for receipts: those stand with the account that they go with."""
    return _rows(
        session,
        Attachment.application_id == application_id,
        Attachment.form.not_like(f"{RECEIPTS}:%"),
    )


def receipts_of(session: Session, application_id: UUID) -> list[AttachmentRow]:
    """What the scanner said of the receipts of a case."""
    return _rows(
        session,
        Attachment.application_id == application_id,
        Attachment.form == receipts_form(application_id),
    )


def unclean_receipts(session: Session, application_id: UUID) -> frozenset[str]:
    """The beginnings of the keys of receipts that nobody can have (yet): not found clean.

    A receipt's key begins its checksum.
    """
    rows = receipts_of(session, application_id)
    return frozenset(row.sha256[:KEY_STEM] for row in rows if ScanState(row.scan) not in READABLE)


def receipts_form(application_id: UUID) -> str:
    """The form that receipts are added to when match money is accounted for."""
    return f"{RECEIPTS}:{application_id}"


def of_payee(session: Session, payee_id: UUID) -> list[AttachmentRow]:
    """The proof that came with an account; not what staff added when they looked at it."""
    return _rows(
        session, Attachment.payee_id == payee_id, Attachment.form.not_like(f"{PAYEE_CHECKS}:%")
    )


def of_payee_checks(session: Session, payee_id: UUID) -> list[AttachmentRow]:
    """What staff added when they looked at an account."""
    return _rows(
        session, Attachment.payee_id == payee_id, Attachment.form.like(f"{PAYEE_CHECKS}:%")
    )


def payee_check_form(payee_id: UUID, item: str) -> str:
    """The form that proof of one item of one account is added to."""
    return f"{PAYEE_CHECKS}:{payee_id}:{item}"


def of_abuse_report(session: Session, report_id: UUID) -> list[AttachmentRow]:
    """The files that came with a report of abuse."""
    return _rows(session, Attachment.abuse_report_id == report_id)


def attachment_by_id(session: Session, attachment_id: UUID) -> AttachmentRow | None:
    """One file that was not removed; none of a report of abuse."""
    rows = _rows(
        session,
        Attachment.id == attachment_id,
        Attachment.removed_at.is_(None),
        Attachment.abuse_report_id.is_(None),
    )
    return rows[0] if rows else None


def _rows(session: Session, *conditions: ColumnElement[bool]) -> list[AttachmentRow]:
    table: Any = Attachment
    columns = [getattr(table, field.name) for field in fields(AttachmentRow)]
    statement = select(*columns).where(*conditions).order_by(Attachment.added_at, Attachment.id)
    return [AttachmentRow(*row) for row in session.execute(statement)]
