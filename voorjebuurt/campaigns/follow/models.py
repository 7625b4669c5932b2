"""What addresses follow, and the links that were mailed to see and end that."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class Follow(Base):
    """One thing that an address follows: a campaign, the buurt of a code, or a theme.

    Nothing is mailed before it is confirmed. ``news_through_at``: of what happened until then a
    digest told already; there is none of a campaign, whose updates come at once.
    """

    __tablename__ = "follows"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("num_nonnulls(campaign_id, area_code, theme) = 1", name="one_thing"),
        CheckConstraint("area_code ~ '^BU[0-9A-Z]{8}$'", name="area_code"),
        CheckConstraint(
            "theme IN ('green','meeting','sport','culture','sustainable','care','youth')",
            name="theme",
        ),
        CheckConstraint(
            "(news_through_at IS NULL) = (confirmed_at IS NULL OR campaign_id IS NOT NULL)",
            name="news",
        ),
        UniqueConstraint(
            "email",
            "campaign_id",
            "area_code",
            "theme",
            name="uq_follows_email_thing",
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_follows_campaign_id", "campaign_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str]
    locale: Mapped[str]
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaigns.id"))
    area_code: Mapped[str | None]
    theme: Mapped[str | None]
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    news_through_at: Mapped[datetime | None]


class FollowLink(Base):
    """A link that was mailed to an address: who has it sees and ends what that follows."""

    __tablename__ = "follow_links"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_lower"),
        Index("ix_follow_links_email", "email"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
