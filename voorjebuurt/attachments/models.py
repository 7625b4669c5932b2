"""Files that people add. The bytes are in a folder of their own, under names that tell nothing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class Attachment(Base):
    """One file. A draft belongs to a person and a form (``form``); once it is submitted, to the
    application or account that it went with, and it can't be changed or removed any more.

    What goes with a report of abuse (``abuse_report_id``) names nobody and ends with the report.
    ``objection_id`` names the objection that a file of the case came with. ``scan`` is what the
    scanner said (``ScanState``), ``finding`` the name of what it saw.
    """

    __tablename__ = "attachments"
    __table_args__ = (
        CheckConstraint("scan IN ('waiting','clean','refused','unscanned')", name="scan"),
        CheckConstraint("size > 0", name="size"),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
        CheckConstraint(
            "num_nonnulls(application_id, payee_id, abuse_report_id) <= 1", name="one_owner"
        ),
        CheckConstraint(
            "(submitted_at IS NULL) ="
            " (num_nonnulls(application_id, payee_id, abuse_report_id) = 0)",
            name="owner",
        ),
        CheckConstraint("(uploader_id IS NULL) = (abuse_report_id IS NOT NULL)", name="uploader"),
        CheckConstraint("objection_id IS NULL OR application_id IS NOT NULL", name="objection"),
        CheckConstraint("(removed_at IS NULL) = (removed_by IS NULL)", name="removal"),
        CheckConstraint("removed_at IS NULL OR submitted_at IS NULL", name="stays"),
        Index("ix_attachments_application_id", "application_id"),
        Index("ix_attachments_payee_id", "payee_id"),
        Index("ix_attachments_abuse_report_id", "abuse_report_id"),
        Index(
            "ix_attachments_draft",
            "form",
            "uploader_id",
            postgresql_where=text("submitted_at IS NULL"),
        ),
        Index("ix_attachments_waiting", "added_at", postgresql_where=text("scan = 'waiting'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    uploader_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    form: Mapped[str]
    application_id: Mapped[UUID | None] = mapped_column(ForeignKey("applications.id"))
    objection_id: Mapped[UUID | None] = mapped_column(ForeignKey("objections.id"))
    payee_id: Mapped[UUID | None] = mapped_column(ForeignKey("payees.id", ondelete="CASCADE"))
    abuse_report_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("abuse_reports.id", ondelete="CASCADE")
    )
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    scan: Mapped[str]
    finding: Mapped[str] = mapped_column(server_default="", default="")
    scanned_at: Mapped[datetime | None]
    added_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
