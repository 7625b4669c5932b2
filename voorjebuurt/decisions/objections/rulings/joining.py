"""Objections to the same decision that are decided on together, each with a letter of its own.

Nobody's objection is decided on before the law allows it (Awb 6:6, 7:2, 7:13), also not because
another one was ready; and nobody reads the grounds, the name or the hearing of somebody else.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objection_models import JoinedLetter, ObjectionRuling
from voorjebuurt.decisions.objections.papers import Words, ruling_snapshot
from voorjebuurt.decisions.objections.proceedings.steps import refuse_closed
from voorjebuurt.decisions.objections.rows import course
from voorjebuurt.decisions.objections.rulings.checks import Verdict, refuse_unready
from voorjebuurt.decisions.proof.schema import Snapshot, sha256
from voorjebuurt.decisions.rules.objections import FOUNDED, ObjectionStatus
from voorjebuurt.kernel.errors import DomainError, refusal_of


def joined_objections(
    session: Session, objection: Objection, ids: Sequence[UUID]
) -> Sequence[Objection]:
    """Other open objections to the same decision. Raises ``DomainError`` at ``joined``."""
    rows = _open_beside(session, objection)
    choice = [each for each in rows if each.id in set(ids)]
    if len(choice) != len(set(ids)):
        raise DomainError("joined_wrong", field="joined")
    return choice


def refuse_joined(
    session: Session, verdict: Verdict, others: Iterable[Objection], *, follows: bool
) -> None:
    """Each could be decided on like this by itself. Raises ``DomainError`` at ``joined``."""
    for each in others:
        obstacle = refusal_of(partial(_refuse_alone, session, verdict, each, follows=follows))
        if obstacle is not None:
            raise DomainError("joined_not_ready", field="joined", number=each.number)


def _refuse_alone(
    session: Session, verdict: Verdict, objection: Objection, *, follows: bool
) -> None:
    refuse_closed(session, objection)
    refuse_unready(verdict, course(session, objection), in_time=objection.in_time, follows=follows)


def refuse_left_out(
    session: Session, objection: Objection, outcome: ObjectionStatus, joined_ids: Iterable[UUID]
) -> None:
    """A decision is not revoked while others still object to it.

    Raises ``DomainError`` at ``joined``. What would be left of theirs is an objection to a decision
    that does not hold any more; so they are decided on in the same deed (Awb 6:19, 7:11).
    """
    if outcome not in FOUNDED:
        return
    others = [each for each in _open_beside(session, objection) if each.id not in set(joined_ids)]
    if others:
        numbers = ", ".join(each.number for each in others)
        raise DomainError("objections_left_out", field="joined", numbers=numbers)


def add_letters(
    session: Session,
    ruling: ObjectionRuling,
    words: Words,
    everybody: Sequence[Objection],
    *,
    replacement: Snapshot | None,
) -> None:
    """What each of the joined is written, as it is now. The first of ``everybody`` leads."""
    for each in everybody[1:]:
        others = [other.number for other in everybody if other.id != each.id]
        paper = ruling_snapshot(
            session,
            each,
            own_words(session, each, words),
            others=others,
            replacement=replacement,
        )
        session.add(
            JoinedLetter(
                ruling_id=ruling.id,
                objection_id=each.id,
                application_id=each.application_id,
                municipality_id=each.municipality_id,
                snapshot=paper.text,
                snapshot_sha256=sha256(paper.text),
            )
        )


def own_words(session: Session, objection: Objection, words: Words) -> Words:
    """With a payment of professional help only for who asked for it (Awb 7:15)."""
    if course(session, objection).costs_asked:
        return words
    return words._replace(costs_cents=0)


def letters_of(session: Session, ruling_id: UUID) -> Sequence[JoinedLetter]:
    """The letters beside that of the objection that leads."""
    statement = select(JoinedLetter).where(JoinedLetter.ruling_id == ruling_id)
    return session.scalars(
        statement.order_by(JoinedLetter.id).options(undefer(JoinedLetter.letter))
    ).all()


def _open_beside(session: Session, objection: Objection) -> Sequence[Objection]:
    statement = select(Objection).where(
        Objection.id != objection.id,
        Objection.decision_id == objection.decision_id,
        Objection.status == ObjectionStatus.RECEIVED,
    )
    return session.scalars(statement.order_by(Objection.number)).all()
