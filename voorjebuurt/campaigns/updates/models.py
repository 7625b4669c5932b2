"""Updates of campaigns, and what was corrected in them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class CampaignUpdate(Base):
    """One update; a draft until it has a ``number``, by which its page is called.

    A trigger keeps who may read it, its number and that it went out. What is corrected since is in
    ``UpdateCorrection``. ``withdrawn_at``: the initiator took it back; ``hidden_at``: staff keep it
    off the page, and why.
    """

    __tablename__ = "campaign_updates"
    __table_args__ = (
        CheckConstraint("audience IN ('everybody','donors')", name="audience"),
        CheckConstraint("num_nonnulls(number, published_at) IN (0, 2)", name="published"),
        CheckConstraint(
            "published_at IS NULL OR (number > 0 AND title <> '' AND body <> '')", name="whole"
        ),
        CheckConstraint("picture_key IS NOT NULL OR picture_alt = ''", name="picture"),
        CheckConstraint(
            "published_at IS NULL OR picture_key IS NULL OR picture_alt <> ''", name="picture_alt"
        ),
        CheckConstraint("withdrawn_at IS NULL OR published_at IS NOT NULL", name="withdrawn"),
        CheckConstraint(
            "(hidden_at IS NULL) = (hidden_reason IS NULL) AND (hidden_at IS NULL OR"
            " (published_at IS NOT NULL AND hidden_reason <> ''))",
            name="hidden",
        ),
        UniqueConstraint("campaign_id", "number", name="uq_campaign_updates_campaign_id_number"),
        Index("ix_campaign_updates_campaign_id", "campaign_id", "published_at"),
        Index("ix_campaign_updates_picture_key", "picture_key"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    number: Mapped[int | None]
    title: Mapped[str]
    body: Mapped[str]
    audience: Mapped[str]
    picture_key: Mapped[str | None]
    picture_alt: Mapped[str] = mapped_column(server_default="", default="")
    written_at: Mapped[datetime]
    written_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    hidden_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    hidden_reason: Mapped[str | None]


class UpdateCorrection(Base):
    """A part of an update that went out, as it was and as it became; its page tells of it."""

    __tablename__ = "update_corrections"
    __table_args__ = (
        CheckConstraint("part IN ('title','body','picture')", name="part"),
        CheckConstraint("before <> after", name="change"),
        Index("ix_update_corrections_update_id", "update_id", "corrected_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    update_id: Mapped[UUID] = mapped_column(ForeignKey("campaign_updates.id"))
    part: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    corrected_at: Mapped[datetime]
