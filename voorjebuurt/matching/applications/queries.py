"""Applications in rows, for the desk of officers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.people.models import Person


@dataclass(frozen=True)
class ApplicationRow:
    """An application with what it is called by. ``decide_by`` is the last day to decide on."""

    id: UUID
    number: str
    status: str
    received_at: datetime
    decide_by: date
    municipality_id: UUID
    campaign_id: UUID
    title: str
    slug: str
    campaign_status: str
    fund_id: UUID
    fund: str
    live: bool
    applicant: str
    applicant_email: str
    assigned_to: UUID | None
    team_id: UUID | None
    deadline_on: date | None
    """The last day of its campaign."""

    @property
    def name(self) -> str:
        """Number and title: what the application is called in a trail of pages."""
        return f"{self.number} · {self.title}"


@dataclass(frozen=True)
class ApplicationFilter:
    """Which applications to show; what is empty does not narrow.

    ``search`` is part of a title, a name or a number.
    """

    municipality_ids: Collection[UUID]
    search: str = ""
    statuses: Collection[str] = ()
    campaign_id: UUID | None = None
    fund_id: UUID | None = None
    team_id: UUID | None = None


_ROWS: Select[*tuple[Any, ...]] = (
    select(
        Application.id,
        Application.number,
        Application.status,
        Application.received_at,
        Application.decide_by,
        Application.municipality_id,
        Campaign.id,
        Campaign.title,
        Campaign.slug,
        Campaign.status,
        Fund.id,
        Fund.name,
        Fund.live,
        Person.name,
        Person.email,
        Application.assigned_to,
        Application.team_id,
        Campaign.deadline_on,
    )
    .join(Campaign, Campaign.id == Application.campaign_id)
    .join(Fund, Fund.id == Application.fund_id)
    .join(Person, Person.id == Application.applicant_id)
)


def application_by_id(session: Session, application_id: UUID) -> Application | None:
    """One application whole."""
    return session.get(Application, application_id)


def application_row(session: Session, application_id: UUID) -> ApplicationRow | None:
    """One application."""
    row = session.execute(_ROWS.where(Application.id == application_id)).one_or_none()
    return ApplicationRow(*row) if row else None


def rows_of_applications(session: Session, ids: Collection[UUID]) -> Sequence[ApplicationRow]:
    """These applications, by number; ids that nobody has are left out."""
    statement = _ROWS.where(Application.id.in_(ids)).order_by(Application.number)
    return [ApplicationRow(*row) for row in session.execute(statement)]


def find_applications(
    session: Session, filters: ApplicationFilter, *, limit: int, offset: int = 0
) -> Sequence[ApplicationRow]:
    """Applications that meet the filter, the latest first."""
    statement = _ROWS.where(Application.municipality_id.in_(filters.municipality_ids))
    if filters.search:
        statement = statement.where(
            or_(
                Campaign.title.icontains(filters.search, autoescape=True),
                Person.name.icontains(filters.search, autoescape=True),
                Application.number.icontains(filters.search, autoescape=True),
            )
        )
    if filters.statuses:
        statement = statement.where(Application.status.in_(filters.statuses))
    if filters.campaign_id is not None:
        statement = statement.where(Application.campaign_id == filters.campaign_id)
    if filters.team_id is not None:
        statement = statement.where(Application.team_id == filters.team_id)
    if filters.fund_id is not None:
        statement = statement.where(Application.fund_id == filters.fund_id)
    latest = statement.order_by(Application.received_at.desc(), Application.id.desc())
    return [ApplicationRow(*row) for row in session.execute(latest.limit(limit).offset(offset))]
