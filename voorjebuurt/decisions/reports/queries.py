"""Rows behind reports and exports of decisions: what was sent, without any snapshot in memory."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, cast, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.models import Decision, Objection, TermEvent
from voorjebuurt.decisions.rules.kinds import AWARDS
from voorjebuurt.decisions.rules.objections import ObjectionStatus
from voorjebuurt.decisions.rules.terms import TermEventKind
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application, Fund, FundVersion
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import DECIDED_MATCH

_snapshot_json = cast(Decision.snapshot, JSONB)
is_maximum = or_(
    _snapshot_json["basis"]["kind"].astext == "maximum",
    func.coalesce(_snapshot_json["decision"]["at_most"].astext, "false") == "true",
)
"""Of a decision: it was made before a live fund came to an amount, so that it says one at most."""


def maximums_of(session: Session, application_id: UUID) -> frozenset[UUID]:
    """The decisions on an application whose amount is one at most."""
    statement = select(Decision.id).where(
        Decision.application_id == application_id,
        is_maximum,
        Decision.kind.in_([kind.value for kind in AWARDS]),
    )
    return frozenset(session.scalars(statement))


class SentDecision(NamedTuple):
    """A decision that was sent, with what is told about its application and campaign.

    ``is_maximum``: the award of a live fund, that says how much it is at most; by the rule it
    ``came_to_cents``, so far or when the campaign had succeeded.
    """

    number: str
    kind: str
    claim_cents: int
    amount_cents: int
    before_cents: int
    grounds: list[str]
    sent_at: datetime
    object_until: date
    decision_id: UUID
    application_id: UUID
    application: str
    received_at: datetime
    decide_by: date
    fund: str
    version: int
    campaign: str
    group: str
    theme: str | None
    goal_cents: int | None
    areas: list[dict[str, Any]]
    factor: str
    is_maximum: bool
    came_to_cents: int
    way: str | None
    """How the application is accounted for (``arrangements.Way``), once it was awarded."""

    @property
    def award_cents(self) -> int:
        """What an award is worth, before other decisions."""
        return self.came_to_cents if self.is_maximum else self.amount_cents

    @property
    def days(self) -> int:
        """Days from receipt to announcement, on the calendar of Amsterdam."""
        return (self.sent_on - clock.local(self.received_at).date()).days

    @property
    def sent_on(self) -> date:
        """The day of announcement in Amsterdam."""
        return clock.local(self.sent_at).date()


_decisions_sent = (
    select(
        Decision.number,
        Decision.kind,
        Decision.claim_cents,
        Decision.amount_cents,
        Decision.before_cents,
        Decision.grounds,
        Decision.sent_at,
        Decision.object_until,
        Decision.id,
        Application.id,
        Application.number,
        Application.received_at,
        Application.decide_by,
        Fund.name,
        FundVersion.number,
        Campaign.title,
        Campaign.group_name,
        Campaign.theme,
        Campaign.goal_cents,
        _snapshot_json["areas"],
        _snapshot_json["computed"]["factor"].astext,
        is_maximum,
        func.coalesce(CampaignMatch.fixed_cents, CampaignMatch.match_cents),
        Application.arrangement,
    )
    .join(CampaignMatch, CampaignMatch.application_id == Decision.application_id)
    .join(Application, Application.id == Decision.application_id)
    .join(Fund, Fund.id == Decision.fund_id)
    .join(FundVersion, FundVersion.id == Application.version_id)
    .join(Campaign, Campaign.id == Application.campaign_id)
    .where(Decision.status == "sent")
    .order_by(Decision.sent_at, Decision.id)
)


def sent_decisions(
    session: Session,
    *,
    municipality_id: UUID | None = None,
    fund_id: UUID | None = None,
    year: int | None = None,
) -> list[SentDecision]:
    """Decisions that were sent, in order; of one municipality or fund, and in one year."""
    statement = _decisions_sent
    if municipality_id is not None:
        statement = statement.where(Decision.municipality_id == municipality_id)
    if fund_id is not None:
        statement = statement.where(Decision.fund_id == fund_id)
    if year is not None:
        statement = statement.where(in_year(Decision.sent_at, year))
    return [SentDecision._make(row) for row in session.execute(statement)]


def in_year(column: Any, year: int) -> ColumnElement[bool]:
    """Whether a moment falls in a year in Amsterdam."""
    first = clock.end_of_day(date(year - 1, 12, 31))
    condition: ColumnElement[bool] = (column >= first) & (
        column < clock.end_of_day(date(year, 12, 31))
    )
    return condition


def objections_by_status(session: Session, fund_id: UUID, year: int | None) -> dict[str, int]:
    """How many objections came in, by how they stand now."""
    statement = (
        select(Objection.status, func.count().label("number"))
        .join(Decision, Decision.id == Objection.decision_id)
        .where(Decision.fund_id == fund_id)
        .group_by(Objection.status)
    )
    if year is not None:
        statement = statement.where(in_year(Objection.received_at, year))
    return {row.status: row.number for row in session.execute(statement)}


def received_applications(
    session: Session, fund_id: UUID, year: int | None
) -> Sequence[tuple[UUID, str]]:
    """Id and state of every application that came in."""
    statement = select(Application.id, Application.status).where(Application.fund_id == fund_id)
    if year is not None:
        statement = statement.where(in_year(Application.received_at, year))
    return [(key, status) for key, status in session.execute(statement)]


def void_since(session: Session, fund_id: UUID) -> dict[UUID, datetime]:
    """Applications that were opened again and of which nothing is awarded now, and since when.

    An award that had ended with its campaign does not revive when the application is opened again.
    """
    statement = (
        select(TermEvent.application_id, func.max(TermEvent.at).label("at"))
        .join(CampaignMatch, CampaignMatch.application_id == TermEvent.application_id)
        .where(
            CampaignMatch.fund_id == fund_id,
            CampaignMatch.status.not_in(sorted(DECIDED_MATCH)),
            TermEvent.kind == TermEventKind.REOPENED,
        )
        .group_by(TermEvent.application_id)
    )
    return {row.application_id: row.at for row in session.execute(statement)}


def application_areas(session: Session, fund_id: UUID) -> dict[UUID, dict[str, str]]:
    """By application: the shares of its areas, as exact text by code."""
    statement = select(Application.id, Application.areas).where(Application.fund_id == fund_id)
    return {key: dict(areas) for key, areas in session.execute(statement)}


def upheld_decisions(session: Session, fund_id: UUID) -> set[UUID]:
    """The decisions of a fund that did not stand after an objection."""
    statement = (
        select(Objection.decision_id)
        .join(Decision, Decision.id == Objection.decision_id)
        .where(Decision.fund_id == fund_id, Objection.status == ObjectionStatus.UPHELD)
    )
    return set(session.scalars(statement))


def published_versions(session: Session, fund_id: UUID) -> list[tuple[int, str, int, str, str]]:
    """Number, moment, ceiling, what changed, and the rules of each, in order."""
    statement = (
        select(FundVersion).where(FundVersion.fund_id == fund_id).order_by(FundVersion.number)
    )
    return [
        (
            version.number,
            version.published_at.isoformat(),
            version.ceiling_cents,
            version.change,
            version.rules,
        )
        for version in session.scalars(statement)
    ]
