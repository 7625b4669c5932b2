"""Monthly gifts and their collections. What a donor agreed to is held by triggers."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class MonthlyGift(Base):
    """What a donor agreed to (eurocents): how much, on which day of the month, how often at most.

    It knows nobody: who gives stands on the pledges. ``token`` is the unguessable link to its own
    page. ``most`` counts the first payment; it and ``until_on`` stay when the campaign is extended.
    ``released_at``: since when the provider has no mandate any more.
    """

    __tablename__ = "monthly_gifts"
    __table_args__ = (
        CheckConstraint("status IN ('first','run','pause','stop','end','break')", name="status"),
        CheckConstraint("amount_cents > 0 AND tip_cents >= 0", name="amounts"),
        CheckConstraint("day BETWEEN 1 AND 31", name="day"),
        CheckConstraint("most BETWEEN 2 AND 60", name="most"),
        CheckConstraint(
            "status NOT IN ('run','pause') OR num_nonnulls(customer_id, mandate_id) = 2",
            name="mandate",
        ),
        CheckConstraint(
            "(status IN ('stop','end','break')) = (over_at IS NOT NULL)"
            " AND (over_at IS NULL) = (reason IS NULL)",
            name="over",
        ),
        CheckConstraint("released_at IS NULL OR over_at IS NOT NULL", name="released"),
        Index(
            "uq_monthly_gifts_first_pledge_id",
            "first_pledge_id",
            unique=True,
            postgresql_where=text("over_at IS NULL"),
        ),
        Index("ix_monthly_gifts_campaign_id", "campaign_id"),
        Index("ix_monthly_gifts_busy", "status", postgresql_where=text("released_at IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token: Mapped[str] = mapped_column(unique=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    first_pledge_id: Mapped[UUID] = mapped_column(ForeignKey("pledges.id"))
    amount_cents: Mapped[int]
    tip_cents: Mapped[int]
    day: Mapped[int]
    most: Mapped[int]
    until_on: Mapped[date]
    status: Mapped[str]
    reason: Mapped[str | None]
    customer_key: Mapped[str]
    customer_id: Mapped[str | None] = mapped_column(unique=True)
    mandate_id: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default="1", default=1)
    created_at: Mapped[datetime]
    over_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]


class MonthlyCollection(Base):
    """One month of a monthly gift (eurocents). Its ``pledge_id`` comes when it is collected.

    ``notice_at``: when the donor was told of day and amount. The first payment is the first one.
    """

    __tablename__ = "monthly_collections"
    __table_args__ = (
        CheckConstraint("state IN ('plan','way','arrival','failure','skip')", name="state"),
        CheckConstraint("amount_cents > 0 AND tip_cents >= 0", name="amounts"),
        CheckConstraint("(state IN ('plan','skip')) = (pledge_id IS NULL)", name="pledge"),
        CheckConstraint("month = date_trunc('month', month::timestamp)::date", name="month"),
        UniqueConstraint(
            "monthly_gift_id", "month", name="uq_monthly_collections_monthly_gift_id_month"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    monthly_gift_id: Mapped[UUID] = mapped_column(ForeignKey("monthly_gifts.id"))
    month: Mapped[date]
    due_on: Mapped[date]
    amount_cents: Mapped[int]
    tip_cents: Mapped[int]
    state: Mapped[str]
    pledge_id: Mapped[UUID | None] = mapped_column(ForeignKey("pledges.id"), unique=True)
    notice_at: Mapped[datetime | None]
