"""What applicants ask to change of their award, and what was decided on it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class PlanRequest(Base):
    """A request to change an award: a later last day, other activities, or both, and why.

    What was asked never changes. ``before`` is the last day that held then; ``decide_by`` the last
    day to decide on it (Awb 4:13). ``end``: the award is gone, so that nothing is left to decide.
    """

    __tablename__ = "plan_requests"
    __table_args__ = (
        CheckConstraint("channel IN ('online','letter','phone','desk')", name="channel"),
        CheckConstraint("status IN ('open','decision','withdrawal','end')", name="status"),
        CheckConstraint("(status = 'open') = (closed_at IS NULL)", name="closed"),
        CheckConstraint(
            "reason <> '' AND (wish_on IS NOT NULL OR activities <> '')", name="content"
        ),
        CheckConstraint("received_on <= before AND wish_on > before", name="days"),
        Index(
            "uq_plan_requests_open",
            "application_id",
            unique=True,
            postgresql_where=text("status = 'open'"),
        ),
        Index("ix_plan_requests_application_id", "application_id", "asked_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    asked_at: Mapped[datetime]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    channel: Mapped[str]
    received_on: Mapped[date]
    before: Mapped[date]
    wish_on: Mapped[date | None]
    activities: Mapped[str] = mapped_column(server_default="", default="")
    reason: Mapped[str]
    decide_by: Mapped[date]
    status: Mapped[str]
    closed_at: Mapped[datetime | None]


class PlanRuling(Base):
    """What a decision says on a request: the new last day, the new activities. Append-only.

    It holds once its decision was sent, and as long as no objection took that away.
    """

    __tablename__ = "plan_rulings"
    __table_args__ = (
        CheckConstraint("outcome IN ('whole','part','refusal')", name="outcome"),
        CheckConstraint(
            "(outcome = 'refusal') = (until IS NULL AND activities = '')", name="content"
        ),
        CheckConstraint("until > before", name="until"),
        Index("ix_plan_rulings_application_id", "application_id"),
        Index("ix_plan_rulings_request_id", "request_id"),
    )

    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decisions.id"), primary_key=True)
    request_id: Mapped[UUID] = mapped_column(ForeignKey("plan_requests.id"))
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    outcome: Mapped[str]
    before: Mapped[date]
    until: Mapped[date | None]
    activities: Mapped[str] = mapped_column(server_default="", default="")
