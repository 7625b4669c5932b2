"""Reading a municipality's own words: what counts now, what is being written, and what was."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.kernel.versions import Parts
from voorjebuurt.ownwords.models import OwnWords
from voorjebuurt.ownwords.rules import OPEN, PLACES, WordingStatus
from voorjebuurt.ownwords.wording import Wording, read_wording


class InForce(NamedTuple):
    """The words that letters are made with, and the number of their version."""

    number: int
    wording: Wording


def wording_in_force(session: Session, municipality_id: UUID) -> InForce | None:
    """The latest version that was approved; None where the usual words are used."""
    row = approved_version(session, municipality_id)
    return InForce(row.number, read_wording(row.words)) if row is not None else None


def approved_version(
    session: Session, municipality_id: UUID, *, below: int | None = None
) -> OwnWords | None:
    """The latest approved version; with ``below`` the latest that had a lower number."""
    statement = select(OwnWords).where(
        OwnWords.municipality_id == municipality_id, OwnWords.status == WordingStatus.APPROVED
    )
    if below is not None:
        statement = statement.where(OwnWords.number < below)
    return session.scalar(statement.order_by(OwnWords.number.desc()).limit(1))


def open_version(session: Session, municipality_id: UUID) -> OwnWords | None:
    """The version that is being written, or waits for a colleague."""
    return session.scalar(
        select(OwnWords).where(
            OwnWords.municipality_id == municipality_id, OwnWords.status.in_(OPEN)
        )
    )


def versions(session: Session, municipality_id: UUID) -> Sequence[OwnWords]:
    """Every version, the newest first."""
    statement = select(OwnWords).where(OwnWords.municipality_id == municipality_id)
    return session.scalars(statement.order_by(OwnWords.number.desc())).all()


def version_by_id(session: Session, wording_id: UUID) -> OwnWords | None:
    """One version."""
    return session.get(OwnWords, wording_id)


def municipality_of_wording(session: Session, wording_id: UUID) -> UUID | None:
    """The municipality whose words these are."""
    return session.scalar(select(OwnWords.municipality_id).where(OwnWords.id == wording_id))


def wording_parts(session: Session, wording_id: UUID) -> Parts:
    """What the page of a version shows, to be held against later."""
    row = session.get_one(OwnWords, wording_id)
    return {"own_words": row.words_sha256, "status": row.status}


def section_parts(
    session: Session, wording_id: UUID, *, names: Sequence[str] = (), kind: str | None = None
) -> Parts:
    """What the form of one section shows: these texts, or the free parts of a kind of letter."""
    row = session.get_one(OwnWords, wording_id)
    words = read_wording(row.words)
    texts = [words.part(kind, place) for place in PLACES] if kind else []
    return {
        "own_words": [*texts, *(getattr(words, name) for name in names)],
        "status": row.status,
    }
