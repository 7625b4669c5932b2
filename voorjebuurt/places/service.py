"""Registering municipalities; their neighbourhoods come with imports of official files."""

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.places.models import Municipality


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
        action=Action.MUNICIPALITY_ADDED,
        subject=Subject(SubjectKind.MUNICIPALITY, municipality.id, municipality.id),
    )
    return municipality
