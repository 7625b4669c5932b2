"""What an initiator changed about a live campaign."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base


class CampaignStop(Base):
    """Why an initiator stopped a campaign, as its page and its donors are told; kept by a trigger.

    ``hidden_at``: staff keep the words off the page, and why. Who stopped it stands in the trail.
    """

    __tablename__ = "campaign_stops"
    __table_args__ = (
        CheckConstraint("reason <> '' AND length(reason) <= 1000", name="reason"),
        CheckConstraint(
            "(hidden_at IS NULL) = (hidden_reason IS NULL) AND hidden_reason <> ''", name="hidden"
        ),
    )

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    reason: Mapped[str]
    at: Mapped[datetime]
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str | None]


class CampaignExtension(Base):
    """The one time that a last day moved, as its campaign said beforehand; kept by a trigger."""

    __tablename__ = "campaign_extensions"
    __table_args__ = (
        CheckConstraint("until_on > from_on", name="later"),
        CheckConstraint("reason <> '' AND length(reason) <= 600", name="reason"),
    )

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    from_on: Mapped[date]
    until_on: Mapped[date]
    reason: Mapped[str]
    at: Mapped[datetime]
