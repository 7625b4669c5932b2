"""Reading reports: the queue of staff, one of them, and one by its link. Never an address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import Session

from voorjebuurt.abuse.models import AbuseReport
from voorjebuurt.abuse.rules import AbuseReason
from voorjebuurt.campaigns.members.acting import campaigns_with_part
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.ids import token_hash
from voorjebuurt.kernel.versions import Parts
from voorjebuurt.people.models import Person


@dataclass(frozen=True)
class ReportRow:
    """A report with its campaign; ``is_reachable``: who reported confirmed an address."""

    id: UUID
    campaign_id: UUID
    title: str
    slug: str
    pledges_stopped_at: datetime | None
    thing: str
    thing_id: UUID
    reason: str
    text: str
    shown: str
    reported_at: datetime
    confirmed_at: datetime | None
    is_reachable: bool
    taken_at: datetime | None
    taken_by: UUID | None
    question: str
    asked_at: datetime | None
    reply: str
    replied_at: datetime | None
    outcome: str | None
    measure: str | None
    in_bad_faith: bool
    answer: str
    statement: str
    decided_at: datetime | None
    decided_by: UUID | None


def waiting_reports(
    session: Session,
    *,
    reader_id: UUID | None,
    taken_by: UUID | None = None,
    reason: str = "",
    limit: int,
    offset: int = 0,
) -> Sequence[ReportRow]:
    """What nobody decided on yet: danger first, then the longest waiting."""
    statement = _rows().where(AbuseReport.outcome.is_(None), _not_own(reader_id))
    if taken_by is not None:
        statement = statement.where(AbuseReport.taken_by == taken_by)
    if reason:
        statement = statement.where(AbuseReport.reason == reason)
    statement = statement.order_by(
        AbuseReport.reason != AbuseReason.DANGER.value, AbuseReport.reported_at, AbuseReport.id
    )
    return _of(session, statement.limit(limit).offset(offset))


def decided_reports(
    session: Session, *, reader_id: UUID | None, limit: int, offset: int = 0
) -> Sequence[ReportRow]:
    """What was decided on, the latest first."""
    statement = (
        _rows()
        .where(AbuseReport.outcome.is_not(None), _not_own(reader_id))
        .order_by(AbuseReport.decided_at.desc(), AbuseReport.id.desc())
    )
    return _of(session, statement.limit(limit).offset(offset))


def waiting_report_count(session: Session) -> int:
    """How many reports nobody decided on yet."""
    statement = select(func.count(AbuseReport.id)).where(AbuseReport.outcome.is_(None))
    return session.scalar(statement) or 0


def other_reports(session: Session, report: ReportRow) -> int:
    """How many others wait that are about the same thing."""
    statement = select(func.count(AbuseReport.id)).where(
        AbuseReport.thing == report.thing,
        AbuseReport.thing_id == report.thing_id,
        AbuseReport.id != report.id,
        AbuseReport.outcome.is_(None),
    )
    return session.scalar(statement) or 0


def report_by_id(session: Session, report_id: UUID, *, reader_id: UUID | None) -> ReportRow | None:
    """One report; None for one about the reader's own campaign."""
    rows = _of(session, _rows().where(AbuseReport.id == report_id, _not_own(reader_id)))
    return rows[0] if rows else None


def report_of_link(session: Session, token: str) -> ReportRow | None:
    """The report whose secret this is."""
    link = token_hash(token)
    is_it = or_(AbuseReport.token_hash == link, AbuseReport.asked_hash == link)
    rows = _of(session, _rows().where(is_it))
    return rows[0] if rows else None


def triage_parts(session: Session, report_id: UUID) -> Parts:
    """What who decides sees of a report that others may change meanwhile."""
    report = session.get(AbuseReport, report_id)
    if report is None:
        return {"is_there": False}
    return {
        "assigned_to": session.scalar(select(Person.name).where(Person.id == report.taken_by)),
        "talk": report.reply,
        "state": report.outcome,
    }


def lock_report(session: Session, report_id: UUID) -> None:
    """Hold a report's campaign, which whatever changes the report takes first."""
    of_report = select(AbuseReport.campaign_id).where(AbuseReport.id == report_id)
    statement = select(Campaign.id).where(Campaign.id == of_report.scalar_subquery())
    session.execute(statement.with_for_update())


def _not_own(reader_id: UUID | None) -> ColumnElement[bool]:
    if reader_id is None:
        return true()
    return Campaign.id.not_in(campaigns_with_part(reader_id))


def _of(session: Session, statement: Select[*tuple[Any, ...]]) -> Sequence[ReportRow]:
    return [ReportRow(*row) for row in session.execute(statement)]


def _rows() -> Select[*tuple[Any, ...]]:
    return select(
        AbuseReport.id,
        AbuseReport.campaign_id,
        Campaign.title,
        Campaign.slug,
        Campaign.pledges_stopped_at,
        AbuseReport.thing,
        AbuseReport.thing_id,
        AbuseReport.reason,
        AbuseReport.text,
        AbuseReport.shown,
        AbuseReport.reported_at,
        AbuseReport.confirmed_at,
        AbuseReport.email.is_not(None) & AbuseReport.confirmed_at.is_not(None),
        AbuseReport.taken_at,
        AbuseReport.taken_by,
        AbuseReport.question,
        AbuseReport.asked_at,
        AbuseReport.reply,
        AbuseReport.replied_at,
        AbuseReport.outcome,
        AbuseReport.measure,
        AbuseReport.in_bad_faith,
        AbuseReport.answer,
        AbuseReport.statement,
        AbuseReport.decided_at,
        AbuseReport.decided_by,
    ).join(Campaign, Campaign.id == AbuseReport.campaign_id)
