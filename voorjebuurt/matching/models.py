"""Funds, what they keep ready, and who applied. Rules and facts are kept as text, as given."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Numeric,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.matching.arrangements import EVERYTHING_BY_COSTS

_BY_COSTS = text('\'[{"from_cents": 0, "way": "costs"}]\'::jsonb')


def _by_costs() -> list[dict[str, Any]]:
    return [dict(row) for row in EVERYTHING_BY_COSTS]


class Fund(Base):
    """Municipal money beside the residents'. ``draft_rules`` is what the next version will be.

    ``area_codes`` limits it to those buurten and wijken; empty is the whole municipality.
    ``prepaid``: the municipality has paid before; otherwise it pays what was committed.
    ``stacks``: campaigns with another fund's money may have this fund's too.
    ``edited_by`` changed details or rules last: somebody else publishes. ``lottery_source`` says
    beforehand where the seed of a lottery will come from. What was published does not change.
    """

    __tablename__ = "funds"
    __table_args__ = (
        CheckConstraint(
            "status IN ('draft','rehearsed','published','open','closed','divided','settled',"
            "'withdrawn')",
            name="status",
        ),
        CheckConstraint("decision_weeks BETWEEN 1 AND 26", name="decision_weeks"),
        CheckConstraint("closes_at > opens_at", name="period"),
        CheckConstraint(
            "status IN ('draft','rehearsed','withdrawn') OR (opens_at IS NOT NULL AND "
            "closes_at IS NOT NULL AND legal_basis <> '' AND published_at IS NOT NULL)",
            name="published",
        ),
        ForeignKeyConstraint(["team_id", "municipality_id"], ["teams.id", "teams.municipality_id"]),
        Index("ix_funds_municipality_id_status", "municipality_id", "status"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    purpose: Mapped[str] = mapped_column(server_default="", default="")
    legal_basis: Mapped[str] = mapped_column(server_default="", default="")
    sender: Mapped[str] = mapped_column(server_default="", default="")
    objection_address: Mapped[str] = mapped_column(server_default="", default="")
    scheme_reference: Mapped[str] = mapped_column(server_default="", default="")
    ceiling_reference: Mapped[str] = mapped_column(server_default="", default="")
    status: Mapped[str] = mapped_column(server_default="draft", default="draft")
    live: Mapped[bool]
    prepaid: Mapped[bool]
    stacks: Mapped[bool]
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    decision_weeks: Mapped[int] = mapped_column(server_default="8", default=8)
    area_codes: Mapped[list[str]] = mapped_column(JSONB, server_default="[]", default=list)
    groups: Mapped[list[str]] = mapped_column(JSONB, server_default="[]", default=list)
    checklist: Mapped[list[str]] = mapped_column(JSONB, server_default="[]", default=list)
    lottery_source: Mapped[str] = mapped_column(server_default="", default="")
    draft_rules: Mapped[str]
    draft_arrangements: Mapped[list[dict[str, Any]]] = mapped_column(
        JSONB, server_default=_BY_COSTS, default=_by_costs
    )
    draft_sample_percent: Mapped[int] = mapped_column(server_default="0", default=0)
    rehearsal_id: Mapped[UUID | None] = mapped_column(ForeignKey("rehearsals.id"))
    team_id: Mapped[UUID | None]
    """The team that gets new applications; it may change after publishing, for nobody outside."""
    created_at: Mapped[datetime]
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    edited_at: Mapped[datetime | None]
    edited_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    published_at: Mapped[datetime | None]
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    version: Mapped[int] = mapped_column(server_default="1", default=1)


class FundVersion(Base):
    """Rules as they were published: frozen. Later versions are for later applications only."""

    __tablename__ = "fund_versions"
    __table_args__ = (
        UniqueConstraint("fund_id", "number"),
        CheckConstraint("ruleset_sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
        CheckConstraint("ceiling_cents > 0", name="ceiling"),
        CheckConstraint("arrangements <> '[]'::jsonb", name="arrangements"),
        CheckConstraint("sample_percent BETWEEN 0 AND 100", name="sample"),
        CheckConstraint("rehearsal_id IS NOT NULL OR unrehearsed_reason <> ''", name="rehearsed"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    fund_id: Mapped[UUID] = mapped_column(ForeignKey("funds.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    number: Mapped[int]
    rules: Mapped[str]
    ruleset_sha256: Mapped[str]
    ceiling_cents: Mapped[int]
    arrangements: Mapped[list[dict[str, Any]]] = mapped_column(
        JSONB, server_default=_BY_COSTS, default=_by_costs
    )
    """How subsidies of each size are accounted for and determined (``arrangements.Band``)."""
    sample_percent: Mapped[int] = mapped_column(server_default="0", default=0)
    """Of how many in a hundred cases that are determined ex officio proof is asked, by lot."""
    change: Mapped[str] = mapped_column(server_default="", default="")
    rehearsal_id: Mapped[UUID | None] = mapped_column(ForeignKey("rehearsals.id"))
    unrehearsed_reason: Mapped[str] = mapped_column(server_default="", default="")
    published_at: Mapped[datetime]
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))


class FundPot(Base):
    """The ceiling (Awb 4:25), and what is taken of it; only the trigger on moves writes that.

    ``extra_cents`` was set apart above the ceiling by decisions on objections (4:25, third
    paragraph): the trigger lets that happen only for an approved one, for exactly its amount.
    ``filed_ceiling_cents`` is the highest ceiling of who applied before it was lowered, for whom
    that has no consequences (4:27, second paragraph); the trigger knows which of them counts.
    """

    __tablename__ = "fund_pots"
    __table_args__ = (
        CheckConstraint(
            "taken_cents >= 0 AND "
            "taken_cents <= greatest(ceiling_cents, filed_ceiling_cents) + extra_cents",
            name="ceiling",
        ),
    )

    fund_id: Mapped[UUID] = mapped_column(ForeignKey("funds.id"), primary_key=True)
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    ceiling_cents: Mapped[int]
    filed_ceiling_cents: Mapped[int] = mapped_column(server_default="0", default=0)
    taken_cents: Mapped[int] = mapped_column(server_default="0", default=0)
    extra_cents: Mapped[int] = mapped_column(server_default="0", default=0)


class PotMove(Base):
    """Money of a pot set apart for an application (positive) or let go (negative). Append-only.

    ``key`` is its idempotency. A trigger keeps the pot and the campaign's match in step.
    """

    __tablename__ = "pot_moves"
    __table_args__ = (
        CheckConstraint("cents <> 0", name="cents"),
        Index("ix_pot_moves_fund_id", "fund_id", "at"),
        Index("ix_pot_moves_application_id", "application_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(unique=True)
    fund_id: Mapped[UUID] = mapped_column(ForeignKey("funds.id"))
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    kind: Mapped[str]
    cents: Mapped[int]
    at: Mapped[datetime]


class ClawbackReturn(Base):
    """What was paid of a claim that an objection undid, and is the initiator's again (eurocents).

    ``excess_cents`` of it was too much: not what a new claim asks in the place of the old one. On
    that the municipality owes interest (Awb 4:102) until ``repaid_on``, the bank's day of the
    payout. Nothing else of a row changes.
    """

    __tablename__ = "clawback_returns"
    __table_args__ = (
        CheckConstraint("cents > 0 AND excess_cents BETWEEN 0 AND cents", name="cents"),
        Index("ix_clawback_returns_application_id", "application_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(unique=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    cents: Mapped[int]
    excess_cents: Mapped[int]
    at: Mapped[datetime]
    repaid_on: Mapped[date | None]


class Application(Base):
    """A campaign asks a fund for match money. ``received_at`` is kept to the millisecond.

    ``areas`` are shares by area code as exact text, ``{"BU…": "1"}``. ``verified_groups`` are
    those of ``groups`` that an officer saw evidence for; only these count for the factor.
    ``exclusive`` is false when the fund stacks. ``decide_by`` is the last day to decide on;
    while ``suspended_at`` is set, the last day if nothing is completed.
    """

    __tablename__ = "applications"
    __table_args__ = (
        CheckConstraint(
            "status IN ('received','incomplete','admitted','proposed','awarded','refused',"
            "'withdrawn','revoked','accounted','determined','expired')",
            name="status",
        ),
        CheckConstraint(
            "arrangement IN ('direct','ex_officio','activities','costs')", name="arrangement"
        ),
        CheckConstraint(
            "(arrangement IS NULL) = (arrangement_weeks IS NULL) AND arrangement_weeks >= 0",
            name="arrangement_weeks",
        ),
        CheckConstraint(
            "verified_groups = '[]'::jsonb OR groups_evidence <> ''", name="groups_evidence"
        ),
        Index(
            "uq_applications_fund_campaign",
            "fund_id",
            "campaign_id",
            unique=True,
            postgresql_where=text("status NOT IN ('withdrawn','refused','revoked')"),
        ),
        Index(
            "uq_applications_exclusive",
            "campaign_id",
            unique=True,
            postgresql_where=text("exclusive AND status NOT IN ('withdrawn','refused','revoked')"),
        ),
        ForeignKeyConstraint(["team_id", "municipality_id"], ["teams.id", "teams.municipality_id"]),
        Index("ix_applications_municipality_id_status", "municipality_id", "status", "decide_by"),
        Index("ix_applications_campaign_id", "campaign_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(unique=True)
    fund_id: Mapped[UUID] = mapped_column(ForeignKey("funds.id"))
    version_id: Mapped[UUID] = mapped_column(ForeignKey("fund_versions.id"))
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    applicant_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    received_at: Mapped[datetime]
    status: Mapped[str]
    exclusive: Mapped[bool]
    areas: Mapped[dict[str, str]] = mapped_column(JSONB)
    reach: Mapped[str] = mapped_column(server_default="", default="")
    groups: Mapped[list[str]] = mapped_column(JSONB, server_default="[]", default=list)
    verified_groups: Mapped[list[str]] = mapped_column(JSONB, server_default="[]", default=list)
    groups_evidence: Mapped[str] = mapped_column(server_default="", default="")
    undertaking: Mapped[bool] = mapped_column(server_default="false", default=False)
    de_minimis: Mapped[str] = mapped_column(server_default="", default="")
    first_time: Mapped[bool | None]
    score: Mapped[Decimal | None] = mapped_column(Numeric)
    score_reason: Mapped[str] = mapped_column(server_default="", default="")
    assigned_to: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    team_id: Mapped[UUID | None]
    """The team that has the case, beside or instead of an officer."""
    decide_by: Mapped[date]
    suspended_at: Mapped[datetime | None]
    admitted_at: Mapped[datetime | None]
    round_id: Mapped[UUID | None] = mapped_column(ForeignKey("fund_rounds.id"))
    arrangement: Mapped[str | None]
    """The way of accounting (``arrangements.Way``) that the last award fixed by its amount."""
    arrangement_weeks: Mapped[int | None]
    """To carry out the plan, from when the money is the applicant's."""
    live_facts: Mapped[str | None] = mapped_column(deferred=True)
    """What the rules of a live fund read besides gifts, as it was when gifts began to count."""
    live_import_ids: Mapped[list[str]] = mapped_column(JSONB, server_default="[]", default=list)


class CaseNumber(Base):
    """The last number given out in a year, per kind: numbers on letters have no gaps."""

    __tablename__ = "case_numbers"

    kind: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class MatchStep(Base):
    """What one claim did in a live fund (eurocents, negative when released). Append-only.

    ``accepted_at`` is the instant at which the allocator took it: the order of all steps.
    Just before it ``reserved_cents`` were set apart for the application, and ``left_cents`` could
    still be given (the least of pot, paid-in money, and the way to the goal where several funds
    help; 0 once the match is fixed). After officers ``decided`` nothing moves by itself. With
    that, one application's steps can be computed again without those of all others.
    """

    __tablename__ = "match_steps"
    __table_args__ = (
        UniqueConstraint("application_id", "claim_id"),
        UniqueConstraint("fund_id", "position"),
        Index("ix_match_steps_claim_id", "claim_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    fund_id: Mapped[UUID] = mapped_column(ForeignKey("funds.id"))
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    claim_id: Mapped[UUID] = mapped_column(ForeignKey("match_claims.id"))
    position: Mapped[int]
    match_cents: Mapped[int]
    reserved_cents: Mapped[int]
    left_cents: Mapped[int]
    goal_cents: Mapped[int | None]
    """The goal of a smaller plan that held; the rules read it in place of the application's."""
    decided: Mapped[bool]
    reason: Mapped[dict[str, str]] = mapped_column(JSONB, server_default="{}", default=dict)
    accepted_at: Mapped[datetime]


class FundRound(Base):
    """One division of a pot over its applications: what went in and what came out. Append-only.

    ``ceiling_cents`` is what there was to divide: the version's ceiling, or what earlier rounds
    left of it.
    """

    __tablename__ = "fund_rounds"
    __table_args__ = (
        UniqueConstraint("fund_id", "number"),
        CheckConstraint("ceiling_cents >= 0", name="ceiling"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    fund_id: Mapped[UUID] = mapped_column(ForeignKey("funds.id"))
    version_id: Mapped[UUID] = mapped_column(ForeignKey("fund_versions.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    number: Mapped[int]
    ceiling_cents: Mapped[int]
    facts: Mapped[str]
    facts_sha256: Mapped[str]
    ruleset_sha256: Mapped[str]
    outcome: Mapped[dict[str, Any]] = mapped_column(JSONB)
    import_ids: Mapped[list[str]] = mapped_column(JSONB, server_default="[]", default=list)
    ran_at: Mapped[datetime]
    ran_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))


class FundDeposit(Base):
    """Money that came in for a fund (eurocents), as two people read it on the bank statement.

    Without ``application_id`` a municipality paid; with it, its initiator paid back. One enters it
    and another books it; a mistake is taken back by a booking against it, again by two.
    ``above_ceiling`` says why more was paid beforehand than the fund can give. ``line_cents`` is
    the whole line of the statement where that is divided; a trigger of the database lets the parts
    of a line, of all funds of a municipality, never be more than the line.
    """

    __tablename__ = "fund_deposits"
    __table_args__ = (
        CheckConstraint("kind IN ('prepayment','arrears','clawback')", name="kind"),
        CheckConstraint(
            "status IN ('entered','booked','dismissed','disputed','reversed')", name="status"
        ),
        CheckConstraint("cents > 0 AND reference <> ''", name="deposit"),
        CheckConstraint("line_cents > cents", name="line"),
        CheckConstraint("(kind = 'clawback') = (application_id IS NOT NULL)", name="payer"),
        CheckConstraint("booked_by <> entered_by", name="two_people"),
        CheckConstraint("reversed_by <> disputed_by", name="two_people_reverse"),
        CheckConstraint(
            "num_nonnulls(booked_at, booked_by) IN (0, 2)"
            " AND (status IN ('booked','disputed','reversed')) = (booked_at IS NOT NULL)",
            name="booked",
        ),
        CheckConstraint(
            "num_nonnulls(dismissed_at, dismissed_by) IN (0, 2)"
            " AND (status = 'dismissed') = (dismissed_at IS NOT NULL)"
            " AND (dismissed_at IS NULL OR remark <> '')",
            name="dismissed",
        ),
        CheckConstraint(
            "num_nonnulls(disputed_at, disputed_by) IN (0, 2)"
            " AND (status NOT IN ('disputed','reversed') OR disputed_at IS NOT NULL)"
            " AND (status <> 'disputed' OR remark <> '')",
            name="disputed",
        ),
        CheckConstraint(
            "num_nonnulls(reversed_at, reversed_by) IN (0, 2)"
            " AND (status = 'reversed') = (reversed_at IS NOT NULL)",
            name="reversed",
        ),
        Index(
            "uq_fund_deposits_reference",
            "fund_id",
            text("coalesce(application_id, '00000000-0000-0000-0000-000000000000')"),
            "reference",
            unique=True,
            postgresql_where=text("status NOT IN ('dismissed','reversed')"),
        ),
        Index("ix_fund_deposits_status", "status", "entered_at"),
        Index("ix_fund_deposits_fund_id", "fund_id", "entered_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    status: Mapped[str]
    fund_id: Mapped[UUID] = mapped_column(ForeignKey("funds.id"))
    application_id: Mapped[UUID | None] = mapped_column(ForeignKey("applications.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    cents: Mapped[int]
    line_cents: Mapped[int | None]
    reference: Mapped[str]
    received_on: Mapped[date]
    above_ceiling: Mapped[str] = mapped_column(server_default="", default="")
    remark: Mapped[str] = mapped_column(server_default="", default="")
    """Why it was dismissed or is disputed."""
    entered_at: Mapped[datetime]
    entered_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    booked_at: Mapped[datetime | None]
    booked_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    dismissed_at: Mapped[datetime | None]
    dismissed_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    disputed_at: Mapped[datetime | None]
    disputed_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    reversed_at: Mapped[datetime | None]
    reversed_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))


class Rehearsal(Base):
    """Rules tried on facts, beside the rules they would replace; kept with its inputs' hashes.

    Once done it does not change any more. ``rules_name`` and ``against_name`` say whose rules they
    are: a preset's key, or a fund's or file's name. A failed one has a code in ``failure``, and
    what was refused in ``faults``: ``[{"path", "nl", …}]``.
    """

    __tablename__ = "rehearsals"
    __table_args__ = (
        CheckConstraint("status IN ('waiting','running','done','failed')", name="status"),
        CheckConstraint("source IN ('past','file')", name="source"),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
        CheckConstraint("status <> 'done' OR outcome IS NOT NULL", name="done"),
        Index("ix_rehearsals_municipality_id", "municipality_id", "asked_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    municipality_id: Mapped[UUID | None] = mapped_column(ForeignKey("municipalities.id"))
    rules: Mapped[str]
    ruleset_sha256: Mapped[str]
    against: Mapped[str | None]
    against_sha256: Mapped[str | None]
    rules_name: Mapped[str] = mapped_column(server_default="", default="")
    against_name: Mapped[str] = mapped_column(server_default="", default="")
    source: Mapped[str]
    facts_name: Mapped[str] = mapped_column(server_default="", default="")
    facts: Mapped[str | None]
    facts_sha256: Mapped[str | None]
    status: Mapped[str]
    progress: Mapped[int] = mapped_column(server_default="0", default=0)
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    failure: Mapped[str] = mapped_column(server_default="", default="")
    faults: Mapped[list[dict[str, str]]] = mapped_column(JSONB, server_default="[]", default=list)
    asked_at: Mapped[datetime]
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    finished_at: Mapped[datetime | None]
