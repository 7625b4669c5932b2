"""Private links to a plan, and the remarks of who has one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class FunderLink(Base):
    """A link for ``reader`` (a name as the initiator calls them), until ``ends_at``.

    ``shows_members``: who runs the plan is named, as far as they want that on its page. A trigger
    holds that at most ten are open, and that a link is revoked once.
    """

    __tablename__ = "funder_links"
    __table_args__ = (
        CheckConstraint("reader <> ''", name="reader"),
        CheckConstraint("token_hash ~ '^[0-9a-f]{64}$'", name="token_hash"),
        CheckConstraint("ends_at > made_at", name="term"),
        CheckConstraint("num_nonnulls(revoked_at, revoked_by) <> 1", name="revocation"),
        UniqueConstraint("id", "campaign_id"),
        Index("ix_funder_links_campaign_id", "campaign_id", "made_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"))
    reader: Mapped[str]
    shows_members: Mapped[bool]
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    ends_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    seen_at: Mapped[datetime | None]


class FunderRemark(Base):
    """What who has a link remarks about a plan, of one ``part`` perhaps; answered once.

    Whose words were removed has none left. A trigger refuses a remark by a link that is not open.
    """

    __tablename__ = "funder_remarks"
    __table_args__ = (
        CheckConstraint("name <> '' OR removed_at IS NOT NULL", name="name"),
        CheckConstraint("body <> '' OR removed_at IS NOT NULL", name="body"),
        CheckConstraint(
            "part IN ('title','summary','for_whom','group_name','neighbourhood','location',"
            "'budget','goal_cents','minimum_cents','deadline_on','story','worse_off','leftovers',"
            "'needs','picture_key','picture_alt')",
            name="part",
        ),
        CheckConstraint(
            "num_nonnulls(answered_at, answered_by) <> 1"
            " AND (answered_at IS NOT NULL OR answer = '')",
            name="answer",
        ),
        CheckConstraint("num_nonnulls(removed_at, removed_by) <> 1", name="removal"),
        ForeignKeyConstraint(
            ["link_id", "campaign_id"],
            ["funder_links.id", "funder_links.campaign_id"],
            name="fk_funder_remarks_link",
            ondelete="CASCADE",
        ),
        Index("ix_funder_remarks_link_id", "link_id"),
        Index("ix_funder_remarks_campaign_id", "campaign_id", "remarked_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    link_id: Mapped[UUID]
    campaign_id: Mapped[UUID]
    name: Mapped[str]
    organisation: Mapped[str] = mapped_column(server_default="", default="")
    part: Mapped[str | None]
    body: Mapped[str]
    remarked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(server_default="", default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
