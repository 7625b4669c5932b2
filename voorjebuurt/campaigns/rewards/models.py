"""Rewards."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class Reward(Base):
    """What a donor may choose for a gift from ``min_cents`` (eurocents) on.

    ``taken`` is how many are held or given; a trigger on the choices of donors counts it, and no
    more can be taken than there are. What is promised never changes: another trigger keeps it.
    """

    __tablename__ = "rewards"
    __table_args__ = (
        CheckConstraint("taken >= 0 AND (stock IS NULL OR taken <= stock)", name="stock"),
        CheckConstraint("min_cents > 0 AND stock > 0", name="amounts"),
        CheckConstraint("delivery IN ('pickup','post')", name="delivery"),
        CheckConstraint("title <> '' AND (delivery = 'pickup') = (place <> '')", name="place"),
        CheckConstraint("stopped_by IS NULL OR stopped_at IS NOT NULL", name="stopped"),
        Index("ix_rewards_campaign_id", "campaign_id", "min_cents"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    title: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="", default="")
    min_cents: Mapped[int]
    stock: Mapped[int | None]
    taken: Mapped[int] = mapped_column(server_default="0", default=0)
    delivery: Mapped[str]
    place: Mapped[str] = mapped_column(server_default="", default="")
    deliver_by: Mapped[date]
    added_at: Mapped[datetime]
    added_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    stopped_at: Mapped[datetime | None]
    stopped_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))

    @property
    def left(self) -> int | None:
        """How many can still be taken; None without a limit."""
        return None if self.stock is None else self.stock - self.taken
