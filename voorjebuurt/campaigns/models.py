"""Campaigns, their budgets, and what was said and done in review."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id

_SEARCH = (
    "setweight(to_tsvector('vjb_dutch', coalesce(title, '')), 'A') || "
    "setweight(to_tsvector('vjb_dutch', coalesce(summary, '')), 'B') || "
    "setweight(to_tsvector('vjb_dutch', coalesce(for_whom, '')), 'C') || "
    "setweight(to_tsvector('vjb_dutch', coalesce(story, '')), 'D')"
)


class Campaign(Base):
    """A resident's plan. Amounts are eurocents; ``deadline_on`` is the last day in Amsterdam.

    ``closes_at`` is the midnight that ends that day. ``version`` goes up in every transaction
    that changes what the public page shows. A draft may lack almost everything; from submission
    on the constraint ``complete`` holds. ``guest_name`` is what a guest is called who began it
    with an address that they did not confirm; until then it is not the initiator's.
    ``gifts_again_at`` and ``_until``: the second turn in which a near miss asks for the rest.
    """

    __tablename__ = "campaigns"
    __table_args__ = (
        CheckConstraint(
            "status IN ('draft','submitted','returned','rejected','withdrawn','live','closing',"
            "'near_miss','succeeded','failed','cancelled','paid_out')",
            name="status",
        ),
        CheckConstraint("kind IN ('all_or_nothing','keep_what_comes')", name="kind"),
        CheckConstraint("goal_cents > 0 AND minimum_cents > 0", name="amounts"),
        CheckConstraint("minimum_cents <= goal_cents", name="minimum"),
        CheckConstraint(
            "status IN ('draft','returned','withdrawn') OR (neighbourhood_id IS NOT NULL AND "
            "goal_cents IS NOT NULL AND minimum_cents IS NOT NULL AND deadline_on IS NOT NULL AND "
            "title <> '' AND summary <> '' AND story <> '' AND theme IS NOT NULL)",
            name="complete",
        ),
        CheckConstraint(
            "status NOT IN ('live','closing','near_miss','succeeded','failed','cancelled',"
            "'paid_out') OR (opened_at IS NOT NULL AND closes_at IS NOT NULL)",
            name="opened",
        ),
        CheckConstraint(
            "num_nonnulls(gifts_again_at, gifts_again_until) <> 1"
            " AND gifts_again_until >= gifts_again_at",
            name="gifts_again",
        ),
        Index("ix_campaigns_search", "search", postgresql_using="gin"),
        Index("ix_campaigns_status_closes_at", "status", "closes_at"),
        Index("ix_campaigns_municipality_id_status", "municipality_id", "status"),
        Index("ix_campaigns_initiator_id", "initiator_id"),
        Index("ix_campaigns_neighbourhood_id", "neighbourhood_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(unique=True)
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    neighbourhood_id: Mapped[UUID | None] = mapped_column(ForeignKey("neighbourhoods.id"))
    initiator_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    guest_name: Mapped[str | None]
    group_name: Mapped[str] = mapped_column(server_default="", default="")
    kind: Mapped[str] = mapped_column(server_default="all_or_nothing", default="all_or_nothing")
    status: Mapped[str] = mapped_column(server_default="draft", default="draft")
    theme: Mapped[str | None]
    title: Mapped[str] = mapped_column(server_default="", default="")
    summary: Mapped[str] = mapped_column(server_default="", default="")
    for_whom: Mapped[str] = mapped_column(server_default="", default="")
    location: Mapped[str] = mapped_column(server_default="", default="")
    story: Mapped[str] = mapped_column(server_default="", default="")
    worse_off: Mapped[str] = mapped_column(server_default="", default="")
    leftovers: Mapped[str] = mapped_column(server_default="", default="")
    needs: Mapped[str] = mapped_column(server_default="", default="")
    goal_cents: Mapped[int | None]
    minimum_cents: Mapped[int | None]
    deadline_on: Mapped[date | None]
    closes_at: Mapped[datetime | None]
    picture_key: Mapped[str | None]
    picture_alt: Mapped[str] = mapped_column(server_default="", default="")
    version: Mapped[int] = mapped_column(server_default="1", default=1)
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    pledges_stopped_at: Mapped[datetime | None]
    gifts_again_at: Mapped[datetime | None]
    gifts_again_until: Mapped[datetime | None]
    search: Mapped[str] = mapped_column(TSVECTOR, Computed(_SEARCH, persisted=True), deferred=True)

    budget: Mapped[list["BudgetLine"]] = relationship(
        order_by="BudgetLine.position", cascade="all, delete-orphan", lazy="selectin"
    )


class BudgetLine(Base):
    """One thing the money is for (eurocents)."""

    __tablename__ = "budget_lines"
    __table_args__ = (
        UniqueConstraint("campaign_id", "position", deferrable=True, initially="DEFERRED"),
        CheckConstraint("amount_cents > 0", name="amount"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    position: Mapped[int]
    label: Mapped[str]
    amount_cents: Mapped[int]


class ReviewNote(Base):
    """Something said between coach and initiator; ``kind`` says what came of it."""

    __tablename__ = "review_notes"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('question','answer','returned','approved','rejected')", name="kind"
        ),
        Index("ix_review_notes_campaign_id", "campaign_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    kind: Mapped[str]
    body: Mapped[str]
    at: Mapped[datetime]


class PageCorrection(Base):
    """A slip in one part of a live page, as it was and as it became; the page tells of it."""

    __tablename__ = "page_corrections"
    __table_args__ = (
        CheckConstraint("part IN ('title','summary','story')", name="part"),
        CheckConstraint("before <> after", name="change"),
        Index("ix_page_corrections_campaign_id", "campaign_id", "corrected_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    part: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    corrected_at: Mapped[datetime]
    corrected_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
