"""Near misses, their changed plans, and the answers of donors."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class NearMiss(Base):
    """A campaign's second chance (eurocents); at most one of a campaign is not over.

    ``begun_…``: what there was when it began; ``asked_match_cents``: the match of the changed plan
    when donors were asked. ``budget_cents`` is what the changed plan costs and
    ``minimum_cents`` what it needs at least; ``left_out`` says in words what is not done. Donors
    are asked from ``asked_at`` to ``ends_at``, or until all of them answered (``closed_at``).
    """

    __tablename__ = "near_misses"
    __table_args__ = (
        CheckConstraint("cause IN ('deadline','match','gift')", name="cause"),
        CheckConstraint("state IN ('planning','review','asking','closing','over')", name="state"),
        CheckConstraint("outcome IN ('success','failure','stop')", name="outcome"),
        CheckConstraint(
            "begun_crowd_cents >= 0 AND begun_match_cents >= 0 AND old_minimum_cents > 0",
            name="amounts",
        ),
        CheckConstraint(
            "minimum_cents > 0 AND minimum_cents <= old_minimum_cents"
            " AND minimum_cents >= least(budget_cents, old_minimum_cents)",
            name="minimum",
        ),
        CheckConstraint(
            "state IN ('planning','over') OR num_nulls(minimum_cents, budget_cents, sent_at) = 0",
            name="plan",
        ),
        CheckConstraint("(sent_at IS NULL) = (sent_by IS NULL)", name="sent"),
        CheckConstraint("(reviewed_at IS NULL) = (reviewed_by IS NULL)", name="review"),
        CheckConstraint("reviewed_by <> sent_by", name="two_people"),
        CheckConstraint("state NOT IN ('asking','closing') OR asked_at IS NOT NULL", name="asked"),
        CheckConstraint("asked_match_cents >= 0", name="asked_match"),
        CheckConstraint(
            "plan_due_at <= review_due_at AND review_due_at < ends_at"
            " AND ends_at <= begun_at + interval '14 days 1 hour'",
            name="term",
        ),
        CheckConstraint(
            "(state = 'over') = (outcome IS NOT NULL) AND (outcome IS NULL) = (decided_at IS NULL)",
            name="over",
        ),
        Index(
            "uq_near_misses_open",
            "campaign_id",
            unique=True,
            postgresql_where=text("state <> 'over'"),
        ),
        Index("ix_near_misses_campaign_id", "campaign_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    cause: Mapped[str]
    state: Mapped[str]
    begun_at: Mapped[datetime]
    plan_due_at: Mapped[datetime]
    review_due_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    begun_crowd_cents: Mapped[int]
    begun_match_cents: Mapped[int]
    old_minimum_cents: Mapped[int]
    left_out: Mapped[str] = mapped_column(server_default="", default="")
    budget_cents: Mapped[int | None]
    minimum_cents: Mapped[int | None]
    asks_rest: Mapped[bool] = mapped_column(server_default="false", default=False)
    sent_at: Mapped[datetime | None]
    sent_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    reviewed_at: Mapped[datetime | None]
    reviewed_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    note: Mapped[str] = mapped_column(server_default="", default="")
    """What the coach said last."""
    asked_at: Mapped[datetime | None]
    asked_match_cents: Mapped[int | None]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decided_crowd_cents: Mapped[int | None]
    decided_match_cents: Mapped[int | None]

    lines: Mapped[list["NearMissLine"]] = relationship(
        order_by="NearMissLine.position", cascade="all, delete-orphan", lazy="selectin"
    )


class NearMissLine(Base):
    """One line of the budget as it was and as it becomes (eurocents); 0: left out."""

    __tablename__ = "near_miss_lines"
    __table_args__ = (CheckConstraint("new_cents >= 0 AND new_cents <= old_cents", name="lower"),)

    near_miss_id: Mapped[UUID] = mapped_column(ForeignKey("near_misses.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str]
    old_cents: Mapped[int]
    new_cents: Mapped[int]


class NearMissAnswer(Base):
    """What a donor chose for one gift; its history is in the trail of the gift.

    A trigger of the database refuses to change what was taken back.
    """

    __tablename__ = "near_miss_answers"
    __table_args__ = (
        CheckConstraint("answer IN ('keep','more','back')", name="answer"),
        Index("ix_near_miss_answers_pledge_id", "pledge_id"),
    )

    near_miss_id: Mapped[UUID] = mapped_column(ForeignKey("near_misses.id"), primary_key=True)
    pledge_id: Mapped[UUID] = mapped_column(ForeignKey("pledges.id"), primary_key=True)
    answer: Mapped[str]
    answered_at: Mapped[datetime]
