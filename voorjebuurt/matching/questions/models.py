"""Questions about funds, with the address of their asker until they are answered."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.asking.models import StrangersQuestion
from voorjebuurt.kernel.db import Base


class FundQuestion(StrangersQuestion, Base):
    """One question about a fund. A trigger keeps what was answered as it is.

    ``text`` is as its asker wrote it, for officers only; ``public_text`` what everybody may read of
    it, without what tells who asked, once it is ``answered`` in public. ``email`` goes when the
    answer is on its way. ``answer_by`` is the last day to answer.
    """

    __tablename__ = "fund_questions"
    __table_args__ = (
        CheckConstraint("status IN ('sent','open','answered','declined')", name="status"),
        CheckConstraint("text <> ''", name="text"),
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("(status = 'sent') = (confirmed_at IS NULL)", name="confirmed"),
        CheckConstraint("(confirmed_at IS NULL) = (answer_by IS NULL)", name="answer_by"),
        CheckConstraint("status NOT IN ('sent','open') OR email IS NOT NULL", name="asker"),
        CheckConstraint(
            "num_nonnulls(answered_at, answered_by) IN (0, 2)"
            " AND (status IN ('answered','declined')) = (answered_at IS NOT NULL)"
            " AND (answered_at IS NULL) = (answer = '')",
            name="answered",
        ),
        CheckConstraint("public_text = '' OR status = 'answered'", name="public"),
        Index("ix_fund_questions_fund_id", "fund_id", "answered_at"),
        Index("ix_fund_questions_waiting", "municipality_id", "status", "answer_by"),
    )

    fund_id: Mapped[UUID] = mapped_column(ForeignKey("funds.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    status: Mapped[str]
    answer_by: Mapped[date | None]
    public_text: Mapped[str] = mapped_column(server_default="", default="")
    answer: Mapped[str] = mapped_column(server_default="", default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
