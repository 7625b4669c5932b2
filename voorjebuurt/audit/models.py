"""The audit trail and the alerts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class AuditEvent(Base):
    """One deed. Append-only: a trigger refuses UPDATE, DELETE and TRUNCATE."""

    __tablename__ = "audit_events"
    __table_args__ = (
        CheckConstraint("actor_kind IN ('person','guest','system','provider')", name="actor_kind"),
        Index("ix_audit_events_subject", "subject_kind", "subject_id", "at"),
        Index("ix_audit_events_at", "at"),
        Index("ix_audit_events_municipality_id", "municipality_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime]
    actor_kind: Mapped[str]
    actor_id: Mapped[UUID | None]
    action: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID]
    municipality_id: Mapped[UUID | None]
    reason: Mapped[str | None]
    detail: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))


class Alert(Base):
    """Something that a member of staff must look at. At most one per ``key`` is open.

    What is heard of again and again names its ``occurrence``, of which there is one alert ever.
    ``times`` it happened, ``last_at`` since the first, and the latest ``recurrences``: ``at`` (ISO)
    and ``detail`` of each.
    """

    __tablename__ = "alerts"
    __table_args__ = (
        UniqueConstraint("key", "occurrence", name="uq_alerts_key_occurrence"),
        Index(
            "uq_alerts_open_key", "key", unique=True, postgresql_where=text("resolved_at IS NULL")
        ),
        Index("ix_alerts_open", "raised_at", postgresql_where=text("resolved_at IS NULL")),
        Index(
            "ix_alerts_resolved_at",
            "resolved_at",
            postgresql_where=text("resolved_at IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str]
    occurrence: Mapped[str | None]
    kind: Mapped[str]
    detail: Mapped[dict[str, Any]]
    raised_at: Mapped[datetime]
    times: Mapped[int] = mapped_column(server_default=text("1"), default=1)
    last_at: Mapped[datetime | None]
    recurrences: Mapped[list[dict[str, Any]]] = mapped_column(
        JSONB, server_default=text("'[]'"), default=list
    )
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[UUID | None]
    resolution: Mapped[str | None]
