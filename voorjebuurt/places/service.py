"""Registering municipalities; their neighbourhoods come with imports of official files."""

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.cleaning import clean_line
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.slugs import slug_of
from voorjebuurt.places.models import Municipality
from voorjebuurt.places.rules import is_area_code, kind_of

_ONE_AT_A_TIME = text("LOCK TABLE municipalities IN SHARE ROW EXCLUSIVE MODE")


NAME_MAX_LENGTH = 60


def register_municipality(session: Session, *, code: str, name: str, actor: Actor) -> Municipality:
    """Open the site for a municipality, by its CBS code and the name that residents know.

    Raises ``DomainError`` at ``code`` or ``name``.
    """
    code, name = clean_line(code).upper(), clean_line(name)
    if not is_area_code(code) or kind_of(code) != "gemeente":
        raise DomainError("municipality_code_wrong", field="code")
    if not name:
        raise DomainError("municipality_name_missing", field="name")
    if len(name) > NAME_MAX_LENGTH:
        raise DomainError("municipality_name_too_long", field="name", maximum=NAME_MAX_LENGTH)
    slug = slug_of(name)
    is_taken = (Municipality.code == code) | (Municipality.slug == slug)
    session.execute(_ONE_AT_A_TIME)
    if session.scalar(select(Municipality.id).where(is_taken).limit(1)) is not None:
        raise DomainError("municipality_registered", field="code")
    return add_municipality(session, code=code, slug=slug, name=name, actor=actor)


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
