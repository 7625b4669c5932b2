"""Campaigns, their budgets, and what was said and done in review."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, UniqueConstraint, text
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

_LIVE = text("status = 'live' AND pledges_stopped_at IS NULL")
_WON = text("status IN ('paid_out','succeeded')")


class Campaign(Base):
    """A resident's plan. Amounts are eurocents; ``deadline_on`` is the last day in Amsterdam.

    ``closes_at`` is the midnight that ends that day. ``version`` goes up in every transaction
    that changes what the public page shows. A draft may lack almost everything; from submission
    on the constraint ``complete`` holds. ``guest_name`` is what a guest is called who began it
    with an address that they did not confirm; until then it is not the initiator's.
    ``gifts_again_at`` and ``_until``: the second turn in which a near miss asks for the rest.
    ``coach_id``: who reviews the plan, since ``coach_since``; another coach may take it over.
    ``extension_…``: by how many days at most the last day may move once, and from which part of the
    minimum on; 0 days: never. A trigger keeps what people gave for.
    ``short_code`` is made by the database when a campaign goes live, and is kept for ever.
    ``initiator_id`` is who signs among those who run it (``campaigns.members``); ``orphaned_at``:
    since then nobody runs it, and ``initiator_id`` tells who did last.
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
        CheckConstraint("num_nonnulls(coach_id, coach_since) <> 1", name="coach"),
        CheckConstraint(
            "extension_days BETWEEN 0 AND 60 AND extension_percent BETWEEN 0 AND 100"
            " AND (extension_days > 0 OR extension_percent = 0)",
            name="extension_terms",
        ),
        CheckConstraint("short_code ~ '^[2-9cdfghjkmnpqrtvwxy]{4,12}$'", name="short_code"),
        CheckConstraint(
            "status NOT IN ('live','closing','near_miss','succeeded','failed','cancelled',"
            "'paid_out') OR short_code IS NOT NULL",
            name="short_address",
        ),
        CheckConstraint(
            "orphaned_at IS NULL OR status <> 'live' OR pledges_stopped_at IS NOT NULL",
            name="orphaned",
        ),
        Index("ix_campaigns_search", "search", postgresql_using="gin"),
        Index("ix_campaigns_status_closes_at", "status", "closes_at"),
        Index("ix_campaigns_municipality_id_status", "municipality_id", "status"),
        Index("ix_campaigns_initiator_id", "initiator_id"),
        Index("ix_campaigns_neighbourhood_id", "neighbourhood_id"),
        Index("ix_campaigns_newest", "opened_at", postgresql_where=_LIVE),
        Index(
            "ix_campaigns_newest_in_town", "municipality_id", "opened_at", postgresql_where=_LIVE
        ),
        Index("ix_campaigns_won", "decided_at", postgresql_where=_WON),
        Index("ix_campaigns_won_in_town", "municipality_id", "decided_at", postgresql_where=_WON),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(unique=True)
    short_code: Mapped[str | None] = mapped_column(unique=True)
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
    extension_days: Mapped[int] = mapped_column(server_default="0", default=0)
    extension_percent: Mapped[int] = mapped_column(server_default="0", default=0)
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
    coach_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    coach_since: Mapped[datetime | None]
    orphaned_at: Mapped[datetime | None]
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
    """Something said between coach and initiator; ``kind`` says what came of it.

    ``part``: which part of the plan a coach asks about, for the field where that is changed.
    """

    __tablename__ = "review_notes"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('question','answer','returned','approved','rejected','advice','nod')",
            name="kind",
        ),
        CheckConstraint(
            "part IS NULL OR kind IN ('question','returned') AND part IN ('title','summary',"
            "'for_whom','group_name','neighbourhood','location','budget','goal_cents',"
            "'minimum_cents','deadline_on','story','worse_off','leftovers','needs','picture_key',"
            "'picture_alt')",
            name="part",
        ),
        Index("ix_review_notes_campaign_id", "campaign_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    kind: Mapped[str]
    part: Mapped[str | None]
    body: Mapped[str]
    at: Mapped[datetime]


class PageCorrection(Base):
    """One part of a live page, as it was and as it became; the page tells of it.

    A trigger keeps it as it is. ``source``: whose correction it was. ``hidden_at``: staff keep
    both texts off the page; that something was changed stays there.
    """

    __tablename__ = "page_corrections"
    __table_args__ = (
        CheckConstraint(
            "part IN ('title','summary','for_whom','story','worse_off','needs','pictures','video')",
            name="part",
        ),
        CheckConstraint("source IN ('staff','initiator')", name="source"),
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
    source: Mapped[str] = mapped_column(server_default="staff", default="staff")
    hidden_at: Mapped[datetime | None]
