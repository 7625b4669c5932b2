"""What was found of campaigns that made it, computed anew each night."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base


class ComparisonPoint(Base):
    """How much of their goal (permille) half of these campaigns had from neighbours on a day.

    ``day`` counts from 1, the day on which a campaign went live. ``size`` and ``municipality_id``
    are null where campaigns of each size, and of all municipalities, are taken together.
    """

    __tablename__ = "comparison_points"
    __table_args__ = (
        CheckConstraint("kind IN ('all_or_nothing','keep_what_comes')", name="kind"),
        CheckConstraint("size IN ('small','middle','large')", name="size"),
        CheckConstraint("day > 0", name="day"),
        CheckConstraint("campaigns > 0 AND permille >= 0", name="figures"),
        Index(
            "uq_comparison_points",
            *("kind", "day", "size", "municipality_id"),
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    kind: Mapped[str]
    size: Mapped[str | None]
    municipality_id: Mapped[UUID | None] = mapped_column(ForeignKey("municipalities.id"))
    day: Mapped[int]
    campaigns: Mapped[int]
    permille: Mapped[int]
    computed_at: Mapped[datetime]
