"""Reports of abuse. Who reported is an address of mail, or nobody; it is never shown to others."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class AbuseReport(Base):
    """One report, and what became of it.

    ``shown`` is what the thing said when it was reported. ``token_hash`` is of the link in the mail
    that confirms the address, ``asked_hash`` of the link in the mail that asks for more. ``answer``
    is for who reported, ``statement`` for whose words or campaign it is. A trigger keeps what was
    reported, and what was decided, as they were.
    """

    __tablename__ = "abuse_reports"
    __table_args__ = (
        CheckConstraint(
            "thing IN ('campaign','update','question','gift_message','funder_remark')",
            name="thing",
        ),
        CheckConstraint(
            "reason IN ('danger','fraud','hate','privacy','copy','advertising','other')",
            name="reason",
        ),
        CheckConstraint("text <> ''", name="text"),
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("num_nonnulls(taken_at, taken_by) <> 1", name="taken"),
        CheckConstraint(
            "num_nonnulls(asked_at, asked_by) <> 1 AND (asked_at IS NULL) = (question = '')",
            name="asked",
        ),
        CheckConstraint(
            "(replied_at IS NULL) = (reply = '') AND (replied_at IS NULL OR asked_at IS NOT NULL)",
            name="replied",
        ),
        CheckConstraint(
            "num_nonnulls(outcome, decided_at, decided_by) IN (0, 3)"
            " AND (outcome IS NULL) = (answer = '')",
            name="decided",
        ),
        CheckConstraint("outcome IN ('dismissal','measure')", name="outcome"),
        CheckConstraint("measure IN ('hide','pause','stop')", name="measure"),
        CheckConstraint(
            "(measure IS NOT NULL) = (outcome IS NOT DISTINCT FROM 'measure')"
            " AND (measure IS NULL) = (statement = '')"
            " AND (measure <> 'hide' OR thing <> 'campaign')",
            name="measure_fits",
        ),
        CheckConstraint(
            "NOT in_bad_faith OR outcome IS NOT DISTINCT FROM 'dismissal'", name="bad_faith"
        ),
        Index("ix_abuse_reports_waiting", "reported_at", postgresql_where=text("outcome IS NULL")),
        Index("ix_abuse_reports_campaign_id", "campaign_id", "reported_at"),
        Index("ix_abuse_reports_email", "email"),
        Index("ix_abuse_reports_decided_at", "decided_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"))
    thing: Mapped[str]
    thing_id: Mapped[UUID]
    reason: Mapped[str]
    text: Mapped[str]
    shown: Mapped[str]
    reported_at: Mapped[datetime]
    email: Mapped[str | None]
    locale: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    confirmed_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
    taken_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    question: Mapped[str] = mapped_column(server_default="", default="")
    asked_at: Mapped[datetime | None]
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    asked_hash: Mapped[str | None] = mapped_column(unique=True)
    reply: Mapped[str] = mapped_column(server_default="", default="")
    replied_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    measure: Mapped[str | None]
    in_bad_faith: Mapped[bool] = mapped_column(server_default="false", default=False)
    answer: Mapped[str] = mapped_column(server_default="", default="")
    statement: Mapped[str] = mapped_column(server_default="", default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
