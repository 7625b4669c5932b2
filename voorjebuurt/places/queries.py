"""Reading municipalities and neighbourhoods."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from voorjebuurt.places.models import Municipality, Neighbourhood, PlaceImport

_standing = select(PlaceImport.id).where(PlaceImport.rolled_back_at.is_(None))
_other = aliased(Neighbourhood)
_latest = (
    select(_other.municipality_id, func.max(_other.vintage))
    .where(_other.kind == "buurt", or_(_other.import_id.is_(None), _other.import_id.in_(_standing)))
    .group_by(_other.municipality_id)
)


def municipality_by_slug(session: Session, slug: str) -> Municipality | None:
    """The municipality with this slug."""
    return session.scalar(select(Municipality).where(Municipality.slug == slug))


def municipalities(session: Session) -> Sequence[Municipality]:
    """All municipalities by name."""
    return session.scalars(select(Municipality).order_by(func.lower(Municipality.name))).all()


def stands() -> ColumnElement[bool]:
    """A neighbourhood that was registered by hand, or by an import that was not rolled back."""
    return or_(Neighbourhood.import_id.is_(None), Neighbourhood.import_id.in_(_standing))


def current() -> ColumnElement[bool]:
    """A neighbourhood that can be chosen now: of its municipality's latest year with buurten."""
    year = tuple_(Neighbourhood.municipality_id, Neighbourhood.vintage)
    return year.in_(_latest) & stands()


def buurten(
    session: Session,
    municipality_id: UUID | None = None,
    *,
    codes: Collection[str] | None = None,
) -> Sequence[Neighbourhood]:
    """The buurten that can be chosen now, by name; of one municipality, with these codes, or all.

    Each municipality has its own latest year.
    """
    statement = select(Neighbourhood).where(Neighbourhood.kind == "buurt", current())
    if municipality_id is not None:
        statement = statement.where(Neighbourhood.municipality_id == municipality_id)
    if codes is not None:
        statement = statement.where(Neighbourhood.code.in_(codes))
    by_name = func.unaccent(func.lower(Neighbourhood.name))
    return session.scalars(statement.order_by(by_name, Neighbourhood.code)).all()
