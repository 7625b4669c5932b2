"""How often somebody wants mail of a kind, about what waits for them."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.mail.cadences import Cadence
from voorjebuurt.mail.models import MailChoice


def cadences_of(session: Session, person_id: UUID) -> dict[str, Cadence]:
    """What somebody chose, by kind; a kind that is not there has its default."""
    statement = select(MailChoice.kind, MailChoice.cadence)
    rows = session.execute(statement.where(MailChoice.person_id == person_id))
    return {row.kind: Cadence(row.cadence) for row in rows}


def cadences_by_person(
    session: Session, person_ids: Collection[UUID]
) -> dict[UUID, dict[str, Cadence]]:
    """What each of these chose, as ``cadences_of``; who chose nothing is not there."""
    statement = select(MailChoice.person_id, MailChoice.kind, MailChoice.cadence)
    choices: dict[UUID, dict[str, Cadence]] = {}
    for row in session.execute(statement.where(MailChoice.person_id.in_(person_ids))):
        choices.setdefault(row.person_id, {})[row.kind] = Cadence(row.cadence)
    return choices


def refuses_all(session: Session, *, person_id: UUID, kinds: Collection[str]) -> bool:
    """Whether somebody wants no mail of any of these kinds."""
    cadences = cadences_of(session, person_id)
    return bool(kinds) and all(cadences.get(kind) is Cadence.NEVER for kind in kinds)


def choose_cadences(
    session: Session, *, person_id: UUID, cadences: Mapping[str, Cadence], actor: Actor
) -> None:
    """Choose how often mail comes, by kind. What is so already changes nothing."""
    if set_cadences(session, person_id=person_id, cadences=cadences):
        audit.record(
            session,
            actor=actor,
            action=Action.PERSON_MAIL_CHOSEN,
            subject=Subject(SubjectKind.PERSON, person_id),
            detail={kind: cadence.value for kind, cadence in cadences.items()},
        )


def set_cadences(session: Session, *, person_id: UUID, cadences: Mapping[str, Cadence]) -> bool:
    """As ``choose_cadences`` without an audit event; whether something changed."""
    before = cadences_of(session, person_id)
    changes = {kind: value for kind, value in cadences.items() if before.get(kind) is not value}
    for kind, cadence in sorted(changes.items()):
        choice = {"cadence": cadence.value, "chosen_at": clock.now()}
        session.execute(
            insert(MailChoice)
            .values(person_id=person_id, kind=kind, **choice)
            .on_conflict_do_update(index_elements=["person_id", "kind"], set_=choice)
        )
    return bool(changes)
