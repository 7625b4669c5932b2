"""Objections in rows, for the desk of officers."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.objection_models import ObjectionRuling
from voorjebuurt.matching.models import Application
from voorjebuurt.people.models import Person


class ObjectionRow(NamedTuple):
    """An objection with the decision that it is against, and the case that it is in."""

    id: UUID
    number: str
    status: str
    channel: str
    received_at: datetime
    decide_by: date
    in_time: bool
    decision_id: UUID
    decision: str
    kind: str
    application_id: UUID
    title: str
    applicant: str


_ROWS: Select[*tuple[Any, ...]] = (
    select(
        Objection.id,
        Objection.number,
        Objection.status,
        Objection.channel,
        Objection.received_at,
        Objection.decide_by,
        Objection.in_time,
        Decision.id,
        Decision.number,
        Decision.kind,
        Application.id,
        Campaign.title,
        Person.name,
    )
    .join(Decision, Decision.id == Objection.decision_id)
    .join(Application, Application.id == Objection.application_id)
    .join(Campaign, Campaign.id == Application.campaign_id)
    .join(Person, Person.id == Application.applicant_id)
)


def open_objections(session: Session, municipality_ids: Collection[UUID]) -> list[ObjectionRow]:
    """Objections that wait for an outcome, the first to be decided on top."""
    waiting = (Objection.municipality_id.in_(municipality_ids), Objection.status == "received")
    statement = _ROWS.where(*waiting).order_by(Objection.decide_by, Objection.number)
    return [ObjectionRow._make(row) for row in session.execute(statement)]


def applicant_waits(session: Session, decision_id: UUID) -> bool:
    """Whether the applicant’s own objection to a decision waits for an outcome."""
    own = (Objection.decision_id == decision_id, Objection.party == "applicant")
    statement = select(Objection.id).where(*own, Objection.status == "received")
    return session.scalars(statement.limit(1)).first() is not None


def ended_objections(
    session: Session, municipality_ids: Collection[UUID], *, limit: int, offset: int = 0
) -> Sequence[ObjectionRow]:
    """Objections that were decided on or withdrawn, the latest first."""
    over = (Objection.municipality_id.in_(municipality_ids), Objection.status != "received")
    statement = _ROWS.where(*over).order_by(Objection.decided_at.desc(), Objection.id.desc())
    rows = session.execute(statement.limit(limit).offset(offset))
    return [ObjectionRow._make(row) for row in rows]


def objection_row(session: Session, objection_id: UUID) -> ObjectionRow | None:
    """One objection."""
    row = session.execute(_ROWS.where(Objection.id == objection_id)).one_or_none()
    return ObjectionRow._make(row) if row else None


def last_court(session: Session, municipality_id: UUID | None) -> str:
    """The court that was named last for a municipality; empty when none was."""
    statement = select(ObjectionRuling.court).order_by(ObjectionRuling.proposed_at.desc()).limit(1)
    if municipality_id is not None:
        statement = statement.where(ObjectionRuling.municipality_id == municipality_id)
    return session.scalar(statement) or ""
