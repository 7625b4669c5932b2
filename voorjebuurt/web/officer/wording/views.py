"""What pages show of one version, and the version that their forms carry."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from flask import abort
from sqlalchemy.orm import Session

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.kernel.errors import refusal_of
from voorjebuurt.kernel.versions import Parts
from voorjebuurt.ownwords import queries, service
from voorjebuurt.ownwords.checks import Gap, gaps
from voorjebuurt.ownwords.doubts import Doubt, doubts
from voorjebuurt.ownwords.rules import LetterFamily, WordingStatus
from voorjebuurt.ownwords.wording import Difference, Wording, differences, read_wording
from voorjebuurt.people.queries import names_of
from voorjebuurt.places.queries import municipalities
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.kit.versions import PageBasis, PageVersion
from voorjebuurt.web.words.messages import text_of
from voorjebuurt.web.words.wording_labels import text_label

SLUGS = {
    LetterFamily.AWARD: "toekenning",
    LetterFamily.REFUSAL: "afwijzing",
    LetterFamily.DETERMINATION: "vaststelling",
    LetterFamily.WITHDRAWAL: "intrekking",
    LetterFamily.CLAWBACK: "terugvordering",
    LetterFamily.RULING: "beslissing-op-bezwaar",
    LetterFamily.NOTICE: "bezwaar-tussentijds",
    LetterFamily.PENALTY: "dwangsom",
}
"""Kinds of letter as addresses of pages have them."""
KINDS = {slug: kind for kind, slug in SLUGS.items()}


@dataclass(frozen=True)
class WordingView:
    """One version: its words, what differs from the approved one before it, and what is missing.

    ``obstacle`` says why the reader can't approve it; empty when they can. ``can_write``: they are
    an officer here, not the auditor, who only reads.
    """

    row: Any
    wording: Wording
    place: str
    before: int | None
    changes: tuple[Difference, ...]
    gaps: tuple[Gap, ...]
    doubts: tuple[tuple[str, Doubt], ...]
    obstacle: str
    can_write: bool
    names: dict[UUID, str]

    @property
    def is_draft(self) -> bool:
        """Whether it is being written."""
        return bool(self.row.status == WordingStatus.DRAFT)

    @property
    def waits(self) -> bool:
        """Whether it waits for a second person."""
        return bool(self.row.status == WordingStatus.PROPOSED)


def wording_view(session: Session, wording_id: UUID) -> WordingView:
    """A version; a page that does not exist when there is none."""
    row = queries.version_by_id(session, wording_id) or abort(404)
    wording = read_wording(row.words)
    before = queries.approved_version(session, row.municipality_id, below=row.number)
    people = [
        person
        for person in (row.written_by, row.proposed_by, row.approved_by, row.dropped_by)
        if person is not None
    ]
    return WordingView(
        row=row,
        wording=wording,
        place=place_name(session, row.municipality_id),
        before=before.number if before else None,
        changes=differences(read_wording(before.words) if before else Wording(), wording),
        gaps=gaps(wording),
        doubts=tuple(
            (text_label(f"{doubt.kind}.{doubt.place}"), doubt) for doubt in doubts(wording)
        ),
        obstacle=_obstacle(session, row),
        can_write=row.municipality_id in signed_in_person().municipalities,
        names=dict(names_of(session, people)),
    )


def place_name(session: Session, municipality_id: UUID) -> str:
    """The name of a municipality."""
    return next(each.name for each in municipalities(session) if each.id == municipality_id)


def wording_version(
    session: Session,
    wording_id: UUID,
    parts: Callable[[Session, UUID], Parts] = queries.wording_parts,
) -> PageVersion:
    """What a page shows of a version. Ask for it before reading what the page shows."""
    if queries.version_by_id(session, wording_id) is None:
        abort(404)
    basis = PageBasis(SubjectKind.OWN_WORDS, wording_id, service.locked_wording, parts)
    return PageVersion.of(session, basis)


def _obstacle(session: Session, row: Any) -> str:
    if row.status != WordingStatus.PROPOSED:
        return ""
    refusal = refusal_of(partial(service.refuse_approver, session, row, signed_in_person().id))
    return str(text_of(refusal)) if refusal else ""
