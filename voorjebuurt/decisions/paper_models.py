"""What came on paper, and was registered by an officer for who sent it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class PaperFiling(Base):
    """One paper about an application; append-only. Objections have their own row, with a channel.

    ``received_at`` is the moment that counts; ``has_time``: its time was known, else it is the end
    of that day. ``overtaken``: how many applications to the fund came in after it and were there
    already. Without a scan there is a reason.
    """

    __tablename__ = "paper_filings"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('application','completion','withdrawal','accounting')", name="kind"
        ),
        CheckConstraint("received_at <= registered_at", name="past"),
        CheckConstraint("signer <> ''", name="signer"),
        CheckConstraint("has_scan OR no_scan_reason <> ''", name="scan"),
        Index("ix_paper_filings_application_id", "application_id"),
        Index(
            "uq_paper_filings_once",
            "application_id",
            "kind",
            unique=True,
            postgresql_where=text("kind IN ('application','withdrawal')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    kind: Mapped[str]
    received_at: Mapped[datetime]
    has_time: Mapped[bool]
    signer: Mapped[str]
    has_scan: Mapped[bool]
    no_scan_reason: Mapped[str]
    note: Mapped[str]
    overtaken: Mapped[int]
    registered_at: Mapped[datetime]
    registered_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
