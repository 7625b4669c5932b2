"""Persons: added, changed, kept out; who may decide about them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.people import security_mails
from voorjebuurt.people.models import Person
from voorjebuurt.people.rules import NAME_MAX_LENGTH, Role, normal_email


def add_person(
    session: Session, *, email: str, name: str, locale: str = "nl", actor: Actor
) -> Person:
    """The person with this address, made when there is none yet.

    Somebody who is there already keeps the name they chose.
    """
    new_person_id = session.execute(
        insert(Person)
        .values(
            id=new_id(),
            email=normal_email(email),
            name=name.strip(),
            locale=locale,
            created_at=clock.now(),
        )
        .on_conflict_do_nothing(index_elements=["email"])
        .returning(Person.id)
    ).scalar()
    person = session.scalars(select(Person).where(Person.email == normal_email(email))).one()
    if new_person_id is not None:
        audit.record(
            session, actor=actor, action=Action.PERSON_ADDED, subject=person_subject(person.id)
        )
    return person


def name_new_person(session: Session, *, person_id: UUID, name: str, actor: Actor) -> bool:
    """Call somebody who has no name yet as they said themselves; whether they have one now."""
    person = locked_person(session, person_id)
    if person.name or not name.strip():
        return bool(person.name)
    change_profile(session, person_id=person_id, name=name, locale=person.locale, actor=actor)
    return True


def change_profile(
    session: Session, *, person_id: UUID, name: str, locale: str, actor: Actor
) -> None:
    """Change somebody's name and language. Raises ``DomainError`` with a field."""
    name = " ".join(name.split())
    if not name:
        raise DomainError("name_missing", field="name")
    if len(name) > NAME_MAX_LENGTH:
        raise DomainError("name_too_long", field="name", maximum=NAME_MAX_LENGTH)
    person = locked_person(session, person_id)
    person.name, person.locale = name, locale
    audit.record(
        session,
        actor=actor,
        action=Action.PERSON_PROFILE_CHANGED,
        subject=person_subject(person.id),
    )


def block_person(session: Session, *, person_id: UUID, reason: str, actor: Actor) -> None:
    """Keep somebody out, from their next request on. Blocking twice changes nothing.

    The person is mailed ``reason``.
    """
    may_manage(person_id, actor)
    person = locked_person(session, person_id)
    refuse_erased(person)
    if person.blocked_at is not None:
        return
    person.blocked_at = clock.now()
    person.session_version += 1
    audit.record(
        session,
        actor=actor,
        action=Action.PERSON_BLOCKED,
        subject=person_subject(person.id),
        reason=reason,
    )
    security_mails.blocked(session, person, reason=reason)


def unblock_person(session: Session, *, person_id: UUID, reason: str, actor: Actor) -> None:
    """Let somebody in again; the person is mailed ``reason``."""
    may_manage(person_id, actor)
    person = locked_person(session, person_id)
    if person.blocked_at is None:
        return
    person.blocked_at = None
    audit.record(
        session,
        actor=actor,
        action=Action.PERSON_UNBLOCKED,
        subject=person_subject(person.id),
        reason=reason,
    )
    security_mails.unblocked(session, person, reason=reason)


def locked_person(session: Session, person_id: UUID) -> Person:
    """The person's row, held until the commit. Raises ``NotFoundError``."""
    person = session.get(Person, person_id, with_for_update=True, populate_existing=True)
    if person is None:
        raise NotFoundError("person_not_found")
    return person


def refuse_erased(person: Person) -> None:
    """Raise ``DomainError`` for the row of who was erased: nobody gets to be them again."""
    if person.erased_at is not None:
        raise DomainError("person_erased")


def person_subject(person_id: UUID, municipality_id: UUID | None = None) -> Subject:
    """The person, for the audit trail; with the municipality where a role is concerned."""
    return Subject(SubjectKind.PERSON, person_id, municipality_id)


def may_manage(person_id: UUID, actor: Actor) -> None:
    """Raise ``ForbiddenError`` or ``DomainError`` for who may not decide about this person."""
    if actor.kind == "system":
        return
    if Role.STAFF not in actor.roles:
        raise ForbiddenError("only_staff")
    if actor.person_id == person_id:
        raise DomainError("not_on_yourself")
