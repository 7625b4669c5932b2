"""Questions about campaigns, with the address of their asker for as long as that is needed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.asking.models import StrangersQuestion
from voorjebuurt.kernel.db import Base


class CampaignQuestion(StrangersQuestion, Base):
    """One question; public from its confirmation on, unless staff hide it.

    ``name`` is how the asker wants to be called, empty for not at all. A trigger keeps question and
    answer as they were once it was answered; who asked may have all of it erased.
    """

    __tablename__ = "campaign_questions"
    __table_args__ = (
        CheckConstraint("text <> ''", name="text"),
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("answered_at IS NOT NULL OR email IS NOT NULL", name="asker"),
        CheckConstraint("answered_at IS NULL OR confirmed_at IS NOT NULL", name="confirmed"),
        CheckConstraint(
            "num_nonnulls(answered_at, answered_by) IN (0, 2)"
            " AND (answered_at IS NULL) = (answer = '')",
            name="answered",
        ),
        CheckConstraint(
            "(hidden_at IS NULL) = (hidden_reason IS NULL) AND (hidden_at IS NULL OR"
            " (confirmed_at IS NOT NULL AND hidden_reason <> ''))",
            name="hidden",
        ),
        Index("ix_campaign_questions_campaign_id", "campaign_id", "confirmed_at"),
        Index("ix_campaign_questions_email", "email"),
    )

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    name: Mapped[str] = mapped_column(server_default="", default="")
    answer: Mapped[str] = mapped_column(server_default="", default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    hidden_at: Mapped[datetime | None]
    hidden_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    hidden_reason: Mapped[str | None]
