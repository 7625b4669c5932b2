"""Thanks that were sent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class Thanks(Base):
    """One letter of thanks: to all donors, or for one gift. A hidden one is sent no further."""

    __tablename__ = "thanks"
    __table_args__ = (
        CheckConstraint("body <> ''", name="body"),
        CheckConstraint(
            "(hidden_at IS NULL) = (hidden_reason IS NULL) AND hidden_reason <> ''", name="hidden"
        ),
        Index("ix_thanks_campaign_id", "campaign_id", "sent_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    pledge_id: Mapped[UUID | None] = mapped_column(ForeignKey("pledges.id"), unique=True)
    body: Mapped[str]
    sent_at: Mapped[datetime]
    sent_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    hidden_at: Mapped[datetime | None]
    hidden_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    hidden_reason: Mapped[str | None]
