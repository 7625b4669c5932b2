"""What the rows of the audit trail are about, by name: cases, campaigns, funds and persons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.people.queries import names_of


@dataclass(frozen=True)
class TrailNames:
    """By id: the number and title of cases, the titles of campaigns, funds, and who is named."""

    cases: Mapping[UUID, tuple[str, str]]
    campaigns: Mapping[UUID, str]
    funds: Mapping[UUID, str]
    persons: Mapping[UUID, str]


def names_in_trail(session: Session, events: Iterable[AuditEvent]) -> TrailNames:
    """The names of everything that these events are about and of who did it, in four statements."""
    ids: dict[str, set[UUID]] = {}
    for event in events:
        ids.setdefault(event.subject_kind, set()).add(event.subject_id)
        if event.actor_id is not None:
            ids.setdefault(SubjectKind.PERSON, set()).add(event.actor_id)
    cases = (
        select(Application.id, Application.number, Campaign.title)
        .join(Campaign, Campaign.id == Application.campaign_id)
        .where(Application.id.in_(ids.get(SubjectKind.APPLICATION, set())))
    )
    campaigns = select(Campaign.id, Campaign.title).where(
        Campaign.id.in_(ids.get(SubjectKind.CAMPAIGN, set()))
    )
    funds = select(Fund.id, Fund.name).where(Fund.id.in_(ids.get(SubjectKind.FUND, set())))
    return TrailNames(
        cases={row.id: (row.number, row.title) for row in session.execute(cases)},
        campaigns={row.id: row.title for row in session.execute(campaigns)},
        funds={row.id: row.name for row in session.execute(funds)},
        persons=names_of(session, ids.get(SubjectKind.PERSON, set())),
    )


def case_by_number(session: Session, number: str) -> UUID | None:
    """The application with this number, or that of the decision or objection with it."""
    text = number.strip().upper()
    for statement in (
        select(Application.id).where(Application.number == text),
        select(Decision.application_id).where(Decision.number == text),
        select(Objection.application_id).where(Objection.number == text),
    ):
        application_id = session.scalar(statement)
        if application_id is not None:
            return application_id
    return None
