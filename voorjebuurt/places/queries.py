"""Reading municipalities and neighbourhoods."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.places.models import Municipality, Neighbourhood


def municipality_by_slug(session: Session, slug: str) -> Municipality | None:
    """The municipality with this slug."""
    return session.scalar(select(Municipality).where(Municipality.slug == slug))


def municipalities(session: Session) -> Sequence[Municipality]:
    """All municipalities by name."""
    return session.scalars(select(Municipality).order_by(func.lower(Municipality.name))).all()


def buurten(session: Session, municipality_id: UUID | None = None) -> Sequence[Neighbourhood]:
    """The buurten of the latest vintage, by name; of one municipality, or of all."""
    latest = select(func.max(Neighbourhood.vintage)).scalar_subquery()
    statement = select(Neighbourhood).where(
        Neighbourhood.kind == "buurt", Neighbourhood.vintage == latest
    )
    if municipality_id is not None:
        statement = statement.where(Neighbourhood.municipality_id == municipality_id)
    by_name = func.unaccent(func.lower(Neighbourhood.name))
    return session.scalars(statement.order_by(by_name, Neighbourhood.code)).all()
