"""Campaigns in rows, in whatever state, for the desks of staff and officers."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import Municipality, Neighbourhood


@dataclass(frozen=True)
class OverviewRow:
    """A campaign with whose and where it is (eurocents)."""

    id: UUID
    slug: str
    title: str
    status: str
    kind: str
    municipality: str
    neighbourhood: str | None
    initiator: str
    initiator_email: str
    group_name: str
    goal_cents: int | None
    minimum_cents: int | None
    created_at: datetime
    opened_at: datetime | None
    deadline_on: date | None
    decided_at: datetime | None
    pledges_stopped_at: datetime | None
    orphaned_at: datetime | None


_ROWS: Select[*tuple[Any, ...]] = (
    select(
        Campaign.id,
        Campaign.slug,
        Campaign.title,
        Campaign.status,
        Campaign.kind,
        Municipality.name,
        Neighbourhood.name,
        Person.name,
        Person.email,
        Campaign.group_name,
        Campaign.goal_cents,
        Campaign.minimum_cents,
        Campaign.created_at,
        Campaign.opened_at,
        Campaign.deadline_on,
        Campaign.decided_at,
        Campaign.pledges_stopped_at,
        Campaign.orphaned_at,
    )
    .join(Municipality, Municipality.id == Campaign.municipality_id)
    .outerjoin(Neighbourhood, Neighbourhood.id == Campaign.neighbourhood_id)
    .join(Person, Person.id == Campaign.initiator_id)
)


def campaigns_overview(
    session: Session,
    *,
    search: str = "",
    statuses: Collection[str] = (),
    municipality_ids: Collection[UUID] | None = None,
    limit: int,
    offset: int = 0,
) -> list[OverviewRow]:
    """Campaigns, the latest first; ``search`` is part of a title, a name or an address."""
    statement = _narrowed(_ROWS, search, statuses, municipality_ids)
    latest = statement.order_by(Campaign.created_at.desc(), Campaign.id.desc())
    return [OverviewRow(*row) for row in session.execute(latest.limit(limit).offset(offset))]


def campaign_overview(session: Session, campaign_id: UUID) -> OverviewRow | None:
    """One campaign."""
    row = session.execute(_ROWS.where(Campaign.id == campaign_id)).one_or_none()
    return OverviewRow(*row) if row else None


def titles_of(session: Session, campaign_ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """What these campaigns are called; one without a title yet is left out."""
    ids = set(campaign_ids)
    if not ids:
        return {}
    statement = select(Campaign.id, Campaign.title).where(
        Campaign.id.in_(ids), Campaign.title != ""
    )
    return {row.id: row.title for row in session.execute(statement)}


def _narrowed(
    statement: Select[*tuple[Any, ...]],
    search: str,
    statuses: Collection[str],
    municipality_ids: Collection[UUID] | None,
) -> Select[*tuple[Any, ...]]:
    if search:
        statement = statement.where(
            or_(
                Campaign.title.icontains(search, autoescape=True),
                Person.name.icontains(search, autoescape=True),
                Person.email.icontains(search, autoescape=True),
            )
        )
    if statuses:
        statement = statement.where(Campaign.status.in_(statuses))
    if municipality_ids is not None:
        statement = statement.where(Campaign.municipality_id.in_(municipality_ids))
    return statement
