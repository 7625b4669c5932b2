"""What is kept of campaigns and municipalities, so that no page adds up all gifts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base

_NEVER_LESS = (
    "crowd_cents >= 0 AND match_cents >= 0 AND gifts >= 0 AND hands >= 0 AND hours >= 0"
    " AND goods >= 0"
)


class CampaignChange(Base):
    """A campaign whose sums are to be counted anew.

    Triggers write one in the transaction of the fact: a gift, match, an offer, an update, a state.
    They wait for nobody and refuse nothing, so that no money ever waits for a figure.
    """

    __tablename__ = "campaign_changes"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    campaign_id: Mapped[UUID]


class CampaignSum(Base):
    """A public campaign as counted last (eurocents).

    ``reached`` is crowd and shown match in ten-thousandths of the goal. ``match_cents`` is what
    officers awarded, net. ``story_at``: when it told last, for everybody, what came of it since
    it succeeded.
    """

    __tablename__ = "campaign_sums"
    __table_args__ = (
        CheckConstraint(_NEVER_LESS + " AND reached >= 0", name="numbers"),
        CheckConstraint("NOT (running AND won)", name="state"),
        Index("ix_campaign_sums_municipality_id", "municipality_id"),
        Index("ix_campaign_sums_reached", "reached", postgresql_where=text("running")),
        Index(
            "ix_campaign_sums_reached_in_town",
            "municipality_id",
            "reached",
            postgresql_where=text("running"),
        ),
        Index(
            "ix_campaign_sums_story_at", "story_at", postgresql_where=text("story_at IS NOT NULL")
        ),
        Index(
            "ix_campaign_sums_story_in_town",
            "municipality_id",
            "story_at",
            postgresql_where=text("story_at IS NOT NULL"),
        ),
    )

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    running: Mapped[bool]
    won: Mapped[bool]
    reached: Mapped[int]
    crowd_cents: Mapped[int]
    match_cents: Mapped[int]
    gifts: Mapped[int]
    hands: Mapped[int]
    hours: Mapped[int]
    goods: Mapped[int]
    story_at: Mapped[datetime | None]


class TownSum(Base):
    """What was given in a municipality, as counted last (eurocents).

    ``crowd_cents`` and ``match_cents`` are of campaigns that succeeded; ``open_cents`` is what
    neighbours gave to those that still run. What went back is in neither.
    """

    __tablename__ = "town_sums"
    __table_args__ = (
        CheckConstraint(
            _NEVER_LESS + " AND open_cents >= 0 AND open_campaigns >= 0 AND won_campaigns >= 0",
            name="numbers",
        ),
    )

    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"), primary_key=True)
    open_campaigns: Mapped[int]
    won_campaigns: Mapped[int]
    crowd_cents: Mapped[int]
    match_cents: Mapped[int]
    open_cents: Mapped[int]
    gifts: Mapped[int]
    hands: Mapped[int]
    hours: Mapped[int]
    goods: Mapped[int]
    counted_at: Mapped[datetime]
