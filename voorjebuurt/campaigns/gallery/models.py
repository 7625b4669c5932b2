"""More pictures of a campaign, and its video."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class CampaignPicture(Base):
    """A picture beside the cover (``Campaign.picture_key``); one for each of eight places."""

    __tablename__ = "campaign_pictures"
    __table_args__ = (
        CheckConstraint("position BETWEEN 1 AND 8", name="position"),
        CheckConstraint("alt <> '' AND length(alt) <= 200", name="alt"),
        UniqueConstraint("campaign_id", "position", deferrable=True, initially="DEFERRED"),
        Index("ix_campaign_pictures_picture_key", "picture_key"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    position: Mapped[int]
    picture_key: Mapped[str]
    alt: Mapped[str]


class CampaignVideo(Base):
    """A video elsewhere, to which the page links; nothing of it is loaded by the page."""

    __tablename__ = "campaign_videos"
    __table_args__ = (
        CheckConstraint("url ~ '^https://[^ ]+$' AND length(url) <= 300", name="url"),
        CheckConstraint("title <> '' AND length(title) <= 80", name="title"),
    )

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    url: Mapped[str]
    title: Mapped[str]
