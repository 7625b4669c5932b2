"""Registering municipalities and neighbourhoods."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.places.models import Municipality, Neighbourhood


def add_municipality(
    session: Session, *, code: str, slug: str, name: str, actor: Actor
) -> Municipality:
    """Register a municipality by its CBS code (GM and four digits)."""
    municipality = Municipality(code=code, slug=slug, name=name)
    session.add(municipality)
    session.flush()
    audit.record(
        session,
        actor=actor,
        action="municipality.added",
        subject_kind="municipality",
        subject_id=municipality.id,
        municipality_id=municipality.id,
    )
    return municipality


def add_neighbourhood(
    session: Session,
    *,
    municipality_id: UUID,
    code: str,
    kind: str,
    parent_code: str,
    vintage: int,
    name: str,
    actor: Actor,
) -> Neighbourhood:
    """Register a wijk or buurt of one vintage (a year)."""
    neighbourhood = Neighbourhood(
        municipality_id=municipality_id,
        code=code,
        kind=kind,
        parent_code=parent_code,
        vintage=vintage,
        name=name,
    )
    session.add(neighbourhood)
    session.flush()
    audit.record(
        session,
        actor=actor,
        action="neighbourhood.added",
        subject_kind="neighbourhood",
        subject_id=neighbourhood.id,
        municipality_id=municipality_id,
    )
    return neighbourhood
