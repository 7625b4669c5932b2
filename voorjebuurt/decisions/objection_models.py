"""What comes after an objection: its steps, the decision on it, the court, and a penalty."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id

_APPROVED = "status NOT IN ('approved','recalled','sent') OR "


class ObjectionStep(Base):
    """Something that happened on the way to the decision on an objection. Append-only.

    ``on`` is the day it happened; ``until`` the day that it names: the last day to answer, the day
    of the hearing. ``detail`` is a code or a name, by kind (docs/decisions.md).
    """

    __tablename__ = "objection_steps"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('question','completion','lapse','committee','advice','invitation','waiver',"
            "'hearing','extension','consent','excuse','costs')",
            name="kind",
        ),
        CheckConstraint(
            "kind NOT IN ('question','invitation','consent') OR until IS NOT NULL", name="until"
        ),
        Index("ix_objection_steps_objection_id", "objection_id", "at"),
        Index(
            "uq_objection_steps_extension",
            "objection_id",
            unique=True,
            postgresql_where=text("kind = 'extension'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    objection_id: Mapped[UUID] = mapped_column(ForeignKey("objections.id"))
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    kind: Mapped[str]
    on: Mapped[date]
    until: Mapped[date | None]
    detail: Mapped[str] = mapped_column(server_default="", default="")
    place: Mapped[str] = mapped_column(server_default="", default="")
    body: Mapped[str] = mapped_column(server_default="", default="")
    at: Mapped[datetime]
    by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))


class ObjectionRuling(Base):
    """The decision on an objection (Awb 7:11, 7:12), by two officers who did not decide before.

    ``replacement`` is the snapshot of the decision that comes in the place of the one objected to:
    it was shown when this was proposed and approved, and becomes ``replacement_id`` when this is
    sent. ``reason`` is for who objected; ``public_reason`` is all that others may read of it.
    ``joined`` are other objections to the same decision, by id, that it decides on as well.
    """

    __tablename__ = "objection_rulings"
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('upheld','partly_upheld','rejected','inadmissible')", name="outcome"
        ),
        CheckConstraint(
            "status IN ('proposed','dismissed','approved','recalled','sent')", name="status"
        ),
        CheckConstraint("approved_by IS NULL OR approved_by <> proposed_by", name="four_eyes"),
        CheckConstraint(
            f"{_APPROVED}(approved_by IS NOT NULL AND approved_at IS NOT NULL)", name="approved"
        ),
        CheckConstraint(
            "status <> 'sent' OR (letter IS NOT NULL AND sent_at IS NOT NULL AND "
            "appeal_until IS NOT NULL)",
            name="sent",
        ),
        CheckConstraint("reason <> '' AND court <> ''", name="reason"),
        CheckConstraint(
            "outcome IN ('upheld','partly_upheld') OR (replacement = '' AND extra_cents = 0)",
            name="replacement",
        ),
        CheckConstraint(
            "extra_cents >= 0 AND (extra_cents = 0 OR extra_reason <> '')", name="extra"
        ),
        CheckConstraint("costs_cents >= 0", name="costs"),
        Index(
            "uq_objection_rulings_open",
            "objection_id",
            unique=True,
            postgresql_where=text("status IN ('proposed','approved')"),
        ),
        Index("ix_objection_rulings_application_id", "application_id", "proposed_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(unique=True)
    objection_id: Mapped[UUID] = mapped_column(ForeignKey("objections.id"))
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decisions.id"))
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    joined: Mapped[list[str]] = mapped_column(JSONB, server_default="[]", default=list)
    outcome: Mapped[str]
    status: Mapped[str]
    reason: Mapped[str]
    public_reason: Mapped[str] = mapped_column(server_default="", default="")
    deviation: Mapped[str] = mapped_column(server_default="", default="")
    court: Mapped[str]
    costs_cents: Mapped[int] = mapped_column(server_default="0", default=0)
    extra_cents: Mapped[int] = mapped_column(server_default="0", default=0)
    extra_reason: Mapped[str] = mapped_column(server_default="", default="")
    stake_cents: Mapped[int]
    replacement: Mapped[str] = mapped_column(server_default="", default="")
    replacement_id: Mapped[UUID | None] = mapped_column(ForeignKey("decisions.id"))
    snapshot: Mapped[str]
    snapshot_sha256: Mapped[str]
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    returned_at: Mapped[datetime | None]
    returned_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    return_reason: Mapped[str] = mapped_column(server_default="", default="")
    send_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    appeal_until: Mapped[date | None]
    letter: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    letter_sha256: Mapped[str | None]
    announcement: Mapped[str] = mapped_column(server_default="", default="")


class JoinedLetter(Base):
    """What is written to who made an objection that is decided on together with another one.

    Everybody who objected gets a letter of their own, about their own grounds and hearing (Awb
    7:12). Its snapshot is there from the proposal on; its letter is made when the decision is sent.
    """

    __tablename__ = "joined_letters"
    __table_args__ = (
        UniqueConstraint("ruling_id", "objection_id"),
        CheckConstraint(
            "num_nonnulls(letter, letter_sha256) IN (0, 2) AND "
            "(letter IS NULL) = (announcement = '')",
            name="letter",
        ),
        Index("ix_joined_letters_application_id", "application_id"),
        Index("ix_joined_letters_objection_id", "objection_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    ruling_id: Mapped[UUID] = mapped_column(ForeignKey("objection_rulings.id"))
    objection_id: Mapped[UUID] = mapped_column(ForeignKey("objections.id"))
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    snapshot: Mapped[str]
    snapshot_sha256: Mapped[str]
    letter: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    letter_sha256: Mapped[str | None]
    announcement: Mapped[str] = mapped_column(server_default="", default="")


class Appeal(Base):
    """Somebody went to the court about the decision on an objection (Awb 8:1).

    ``outcome`` is of ``JudgmentOutcome``; ``decide_by`` the day by which the court wants a new
    decision.
    """

    __tablename__ = "appeals"
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('unfounded','inadmissible','annulment','effects','retraction')",
            name="outcome",
        ),
        CheckConstraint(
            "num_nonnulls(outcome, judged_on, judged_at, judged_by) IN (0, 4)", name="judgment"
        ),
        CheckConstraint("decide_by IS NULL OR outcome = 'annulment'", name="decide_by"),
        Index(
            "uq_appeals_open",
            "ruling_id",
            "objection_id",
            unique=True,
            postgresql_where=text("outcome IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    ruling_id: Mapped[UUID] = mapped_column(ForeignKey("objection_rulings.id"))
    objection_id: Mapped[UUID] = mapped_column(ForeignKey("objections.id"))
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    court: Mapped[str]
    case_number: Mapped[str]
    lodged_on: Mapped[date]
    registered_at: Mapped[datetime]
    registered_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    outcome: Mapped[str | None]
    judged_on: Mapped[date | None]
    judgment: Mapped[str] = mapped_column(server_default="", default="")
    decide_by: Mapped[date | None]
    judged_at: Mapped[datetime | None]
    judged_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))


class DefaultNotice(Base):
    """A notice of default: the decision did not come in time (Awb 4:17), and the penalty (4:18).

    Who applied and everybody who objected have a notice and a penalty of their own, one for each
    term that was let pass. ``due_on`` was the last day to decide. The penalty is determined by
    two officers (eurocents) and paid by the municipality itself: no money of it is on this site.
    """

    __tablename__ = "default_notices"
    __table_args__ = (
        CheckConstraint(
            "status IN ('received','proposed','sent')",
            name="status",
        ),
        CheckConstraint("approved_by IS NULL OR approved_by <> proposed_by", name="four_eyes"),
        CheckConstraint("days BETWEEN 0 AND 42 AND penalty_cents >= 0", name="penalty"),
        CheckConstraint(
            "status <> 'sent' OR (letter IS NOT NULL AND sent_at IS NOT NULL AND "
            "approved_by IS NOT NULL)",
            name="sent",
        ),
        CheckConstraint("paid_on IS NULL OR status = 'sent'", name="paid"),
        Index(
            "uq_default_notices_open_of_each",
            "application_id",
            "objection_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("status <> 'sent'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(unique=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    objection_id: Mapped[UUID | None] = mapped_column(ForeignKey("objections.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    status: Mapped[str]
    due_on: Mapped[date]
    received_on: Mapped[date]
    registered_at: Mapped[datetime]
    registered_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    decided_on: Mapped[date | None]
    days: Mapped[int] = mapped_column(server_default="0", default=0)
    penalty_cents: Mapped[int] = mapped_column(server_default="0", default=0)
    ground: Mapped[str] = mapped_column(server_default="", default="")
    reason: Mapped[str] = mapped_column(server_default="", default="")
    snapshot: Mapped[str] = mapped_column(server_default="", default="")
    proposed_at: Mapped[datetime | None]
    proposed_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    sent_at: Mapped[datetime | None]
    letter: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    letter_sha256: Mapped[str | None]
    paid_on: Mapped[date | None]
    paid_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
