"""Pledges."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class Pledge(Base):
    """A donor's promise (eurocents). ``token`` is the unguessable link to the gift's own page.

    ``email`` is null once the donor's data were erased; the bookkeeping stays.
    """

    __tablename__ = "pledges"
    __table_args__ = (
        CheckConstraint(
            "status IN ('open','booked','refunding','refunded','unclaimed','charged_back')",
            name="status",
        ),
        CheckConstraint("amount_cents > 0 AND tip_cents >= 0", name="amounts"),
        CheckConstraint("status = 'open' OR booked_at IS NOT NULL", name="booked_at"),
        Index("ix_pledges_campaign_id_status", "campaign_id", "status", "booked_at"),
        Index("ix_pledges_email", "email"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token: Mapped[str] = mapped_column(unique=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    neighbourhood_id: Mapped[UUID | None] = mapped_column(ForeignKey("neighbourhoods.id"))
    donor_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    email: Mapped[str | None]
    name: Mapped[str]
    name_public: Mapped[bool]
    message: Mapped[str] = mapped_column(server_default="", default="")
    postcode: Mapped[str | None]
    locale: Mapped[str]
    amount_cents: Mapped[int]
    tip_cents: Mapped[int]
    status: Mapped[str]
    created_at: Mapped[datetime]
    booked_at: Mapped[datetime | None]
    refund_asked_at: Mapped[datetime | None]
    refund_reason: Mapped[str | None]
    refunded_at: Mapped[datetime | None]
