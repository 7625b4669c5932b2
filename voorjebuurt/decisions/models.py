"""What officers do with applications, so that each decision stands before a judge."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class TermEvent(Base):
    """Something that stops or moves the term for deciding (Awb 4:13–4:15). Append-only.

    The term starts with ``Application.received_at``. ``until`` is the last day to complete, or to
    decide on after an extension or a reopening.
    """

    __tablename__ = "clock_events"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('completion_asked','completed','completion_expired','extended','decided',"
            "'reopened')",
            name="kind",
        ),
        Index("ix_clock_events_application_id", "application_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    kind: Mapped[str]
    at: Mapped[datetime]
    until: Mapped[date | None]
    reason: Mapped[str] = mapped_column(server_default="", default="")
    by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))


class ChecklistMark(Base):
    """An officer's finding on one item of the fund's checklist; the last one counts."""

    __tablename__ = "checklist_marks"
    __table_args__ = (Index("ix_checklist_marks_application_id", "application_id", "item"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    item: Mapped[str]
    met: Mapped[bool]
    note: Mapped[str] = mapped_column(server_default="", default="")
    at: Mapped[datetime]
    by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))


class Stake(Base):
    """Somebody has an interest of their own in a campaign, and decides nothing about it."""

    __tablename__ = "stakes"
    __table_args__ = (UniqueConstraint("person_id", "campaign_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    reason: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))


class Decision(Base):
    """One decision on an application, by two officers (eurocents).

    ``amount_cents`` is what the decision grants, determines or claws back; ``before_cents`` what
    stood before it. A change says from which day it holds, what damage is paid, and when a duty was
    not met (``ChangeTerms``); ``interest_until``: the last day of the interest that it lays down.
    ``snapshot`` is the JSON (rules, facts, outcome, texts) from which the award and the letter can
    be made again. The letter may be recalled until ``sent_at``.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('award','partial_award','refusal','withdrawal','determination',"
            "'lower_determination','clawback','award_change','determination_change','interest',"
            "'interest_owed','plan_change','plan_refusal')",
            name="kind",
        ),
        CheckConstraint(
            "status IN ('proposed','dismissed','approved','recalled','sent')", name="status"
        ),
        CheckConstraint("approved_by IS NULL OR approved_by <> proposed_by", name="four_eyes"),
        CheckConstraint(
            "status NOT IN ('approved','recalled','sent') OR (approved_by IS NOT NULL AND "
            "approved_at IS NOT NULL)",
            name="approved",
        ),
        CheckConstraint(
            "status <> 'sent' OR (letter IS NOT NULL AND sent_at IS NOT NULL AND "
            "object_until IS NOT NULL)",
            name="sent",
        ),
        CheckConstraint("amount_cents >= 0 AND before_cents >= 0", name="amounts"),
        CheckConstraint(
            "kind NOT IN ('plan_change','plan_refusal') OR "
            "(amount_cents = before_cents AND amount_cents > 0 AND grounds = '[]'::jsonb "
            "AND (kind = 'plan_change' OR reason <> ''))",
            name="plan",
        ),
        CheckConstraint(
            "kind NOT IN ('refusal','partial_award','withdrawal','lower_determination','clawback',"
            "'award_change','determination_change') OR reason <> ''",
            name="reason",
        ),
        CheckConstraint(
            "kind NOT IN ('award_change','determination_change') OR amount_cents < before_cents",
            name="change",
        ),
        CheckConstraint(
            "compensation_cents >= 0 AND (kind = 'award_change' OR "
            "(effect_on IS NULL AND compensation_cents = 0)) AND "
            "(kind = 'determination_change' OR breach_on IS NULL)",
            name="terms",
        ),
        CheckConstraint(
            "(kind IN ('interest','interest_owed')) = (interest_until IS NOT NULL) AND "
            "(kind NOT IN ('interest','interest_owed') OR amount_cents > 0)",
            name="interest",
        ),
        Index(
            "uq_decisions_open",
            "application_id",
            unique=True,
            postgresql_where=text("status IN ('proposed','approved')"),
        ),
        Index("ix_decisions_municipality_id_status", "municipality_id", "status"),
        Index("ix_decisions_application_id", "application_id", "proposed_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(unique=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    fund_id: Mapped[UUID] = mapped_column(ForeignKey("funds.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    kind: Mapped[str]
    status: Mapped[str]
    claim_cents: Mapped[int]
    amount_cents: Mapped[int]
    before_cents: Mapped[int] = mapped_column(server_default="0", default=0)
    grounds: Mapped[list[str]] = mapped_column(JSONB, server_default="[]", default=list)
    reason: Mapped[str] = mapped_column(server_default="", default="")
    effect_on: Mapped[date | None]
    compensation_cents: Mapped[int] = mapped_column(server_default="0", default=0)
    breach_on: Mapped[date | None]
    interest_until: Mapped[date | None]
    snapshot: Mapped[str] = mapped_column(deferred=True)
    snapshot_sha256: Mapped[str]
    import_ids: Mapped[list[str]] = mapped_column(JSONB, server_default="[]", default=list)
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    dismissed_at: Mapped[datetime | None]
    dismissed_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    dismissal: Mapped[str] = mapped_column(server_default="", default="")
    letter: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    letter_sha256: Mapped[str | None]
    announcement: Mapped[str] = mapped_column(server_default="", default="")
    """What the letter says beside the snapshot, known only when it was sent: days and signer."""
    send_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    object_until: Mapped[date | None]
    recalled_at: Mapped[datetime | None]
    recalled_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    recall_reason: Mapped[str] = mapped_column(server_default="", default="")


class Objection(Base):
    """An objection to a decision (Awb 6:4 and on), with a clock of its own.

    ``party`` is who objects: the applicant, or another interested party, by name and address.
    ``agent`` acts for them (2:1). ``clock_from`` is the day after which the term to decide counts,
    ``first_decide_by`` its end before anything moved it.
    """

    __tablename__ = "objections"
    __table_args__ = (
        CheckConstraint(
            "status IN ('received','upheld','partly_upheld','rejected','inadmissible','withdrawn')",
            name="status",
        ),
        CheckConstraint(
            "status IN ('received','withdrawn') OR (decided_by IS NOT NULL AND outcome <> '')",
            name="decided",
        ),
        CheckConstraint("party IN ('applicant','other')", name="party"),
        CheckConstraint("party = 'applicant' OR party_name <> ''", name="party_name"),
        Index("ix_objections_municipality_id_status", "municipality_id", "status", "decide_by"),
        Index("ix_objections_decision_id", "decision_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(unique=True)
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decisions.id"))
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    received_at: Mapped[datetime]
    received_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    channel: Mapped[str]
    party: Mapped[str] = mapped_column(server_default="applicant", default="applicant")
    party_name: Mapped[str] = mapped_column(server_default="", default="")
    party_address: Mapped[str] = mapped_column(server_default="", default="")
    agent_name: Mapped[str] = mapped_column(server_default="", default="")
    agent_address: Mapped[str] = mapped_column(server_default="", default="")
    posted_on: Mapped[date | None]
    grounds: Mapped[str]
    in_time: Mapped[bool]
    status: Mapped[str]
    clock_from: Mapped[date | None]
    first_decide_by: Mapped[date | None]
    decide_by: Mapped[date]
    extended_reason: Mapped[str] = mapped_column(server_default="", default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    outcome: Mapped[str] = mapped_column(server_default="", default="")


class Delegation(Base):
    """While an officer is away, another has their cases and tasks; never their mandate."""

    __tablename__ = "delegations"
    __table_args__ = (
        CheckConstraint("absent_id <> stand_in_id", name="persons"),
        CheckConstraint("until_on >= from_on", name="days"),
        Index("ix_delegations_municipality_id", "municipality_id", "until_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    absent_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    stand_in_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    from_on: Mapped[date]
    until_on: Mapped[date]
    reason: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    ended_at: Mapped[datetime | None]


class CaseNote(Base):
    """A private note of an officer on an application. Append-only."""

    __tablename__ = "case_notes"
    __table_args__ = (Index("ix_case_notes_application_id", "application_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    body: Mapped[str]
    at: Mapped[datetime]


class Accounting(Base):
    """How the money was spent, told by the initiator after the campaign. Append-only.

    ``lines`` are ``{"label", "cents"}``; ``receipts`` are ``{"name", "key"}`` of stored files.
    Where only activities are accounted for there are no amounts: ``spent_cents`` is None.
    ``for_donors``: who wrote the story was told that donors read it too.
    ``paper_id``: the paper that it came on, whose moment is ``at``; ``by`` is then the applicant.
    """

    __tablename__ = "accountings"
    __table_args__ = (
        CheckConstraint("spent_cents >= 0", name="spent"),
        UniqueConstraint("paper_id"),
        Index("ix_accountings_application_id", "application_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    at: Mapped[datetime]
    by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    spent_cents: Mapped[int | None]
    story: Mapped[str]
    for_donors: Mapped[bool] = mapped_column(server_default="false", default=False)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default="[]", default=list)
    receipts: Mapped[list[dict[str, str]]] = mapped_column(JSONB, server_default="[]", default=list)
    paper_id: Mapped[UUID | None] = mapped_column(ForeignKey("paper_filings.id"))
